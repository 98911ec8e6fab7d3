package org.reg2rg.label.split;

import java.util.List;
import java.util.Optional;
import org.reg2rg.ct.Region;

/**
 * The placed sentences of one report.
 *
 * @param sentences in the order of the report
 * @param by who placed them: "rules", "model", "cache" (an earlier answer of the model)
 * @param problem why the model's answer was not taken; empty where it was or where none was asked
 */
public record PlacedReport(List<PlacedSentence> sentences, String by, String problem) {
    public static final String RULES = "rules";
    public static final String MODEL = "model";
    public static final String CACHE = "cache";

    public PlacedReport {
        sentences = List.copyOf(sentences);
    }

    /** The text of a region: its sentences joined by blanks; empty where it has none. */
    public String text(Optional<Region> region) {
        return String.join(
                " ",
                sentences.stream()
                        .filter(sentence -> sentence.region().equals(region))
                        .map(PlacedSentence::text)
                        .toList());
    }
}
