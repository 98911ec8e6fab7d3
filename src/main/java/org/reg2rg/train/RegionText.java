package org.reg2rg.train;

import java.util.List;
import java.util.stream.Collectors;
import org.reg2rg.ct.Region;

/**
 * What training lets the model say of a region.
 *
 * @param region which
 * @param sentences its report, one after the other; may be empty
 */
public record RegionText(Region region, List<Sentence> sentences) {
    public RegionText {
        sentences = List.copyOf(sentences);
    }

    /**
     * A part of a report.
     *
     * @param weight of its tokens in the loss; 1 as published
     */
    public record Sentence(String text, float weight) {
        public Sentence {
            if (!(weight > 0)) {
                throw new IllegalArgumentException("the weight of a sentence must be above 0, got " + weight);
            }
        }
    }

    /** A text that weighs as published. */
    public RegionText(Region region, String text) {
        this(region, List.of(new Sentence(text, 1)));
    }

    /** The whole report. */
    public String text() {
        return sentences.stream().map(Sentence::text).collect(Collectors.joining(" "));
    }
}
