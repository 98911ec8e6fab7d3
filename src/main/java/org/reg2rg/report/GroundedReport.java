package org.reg2rg.report;

import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import org.reg2rg.ct.MaskStatistics;
import org.reg2rg.ct.Region;
import org.reg2rg.report.SentenceSplitter.Sentence;

/**
 * A report in which every sentence belongs to a region slot of the prompt, and through the slot to a mask.
 *
 * @param text the model's raw answer
 * @param regions one entry a slot, in slot order
 * @param sections text that belongs to no supplied slot: before the first header, a slot that nobody asked for, CTRG's
 *     "other report"
 * @param skipped regions that were asked for and did not reach the model, with the reason
 */
public record GroundedReport(String text, List<RegionReport> regions, List<Section> sections, List<Skipped> skipped) {
    public GroundedReport {
        regions = List.copyOf(regions);
        sections = List.copyOf(sections);
        skipped = List.copyOf(skipped);
    }

    /**
     * What the model said of one slot.
     *
     * @param slot number of the region in the prompt
     * @param supplied the region whose mask was put there
     * @param recognised the region that the model named; empty where it named none or no known one
     * @param named what it wrote as the name, empty where the slot was not answered
     * @param sentences offsets are code points of {@link GroundedReport#text()}
     * @param mask on the CT's own grid
     * @param meanLogProbability mean over the tokens of this slot, header included
     */
    public record RegionReport(
            int slot,
            Region supplied,
            Optional<Region> recognised,
            String named,
            List<Sentence> sentences,
            MaskStatistics mask,
            List<Flag> flags,
            OptionalDouble meanLogProbability) {
        public RegionReport {
            sentences = List.copyOf(sentences);
            flags = List.copyOf(flags);
        }

        /** Whether the model recognised the region that it was given. */
        public boolean agrees() {
            return recognised.filter(r -> r == supplied).isPresent();
        }

        /** What a reader must know besides what the model named the region, in words. */
        public List<String> remarks() {
            return flags.stream()
                    .filter(flag -> flag != Flag.REGION_DISAGREES && flag != Flag.REGION_NOT_RECOGNISED)
                    .map(Flag::words)
                    .toList();
        }

        /** The region's text. */
        public String joined() {
            return String.join(" ", sentences.stream().map(Sentence::text).toList());
        }
    }

    /** Text without a region. */
    public record Section(String title, List<Sentence> sentences) {
        public Section {
            sentences = List.copyOf(sentences);
        }
    }

    /** A region that did not reach the model. */
    public record Skipped(Region region, String reason) {}

    /** Slots whose region the model named rightly. */
    public long agreeing() {
        return regions.stream().filter(RegionReport::agrees).count();
    }
}
