package org.reg2rg.segment;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.reg2rg.ct.Region;

/**
 * Something about the masks that a reader should know.
 *
 * @param kind what was found
 * @param severity how much it matters
 * @param regions the regions concerned; empty if it concerns them all
 * @param words one sentence for the reader
 * @param repair what would mend it
 */
public record MaskCheck(Kind kind, Severity severity, List<Region> regions, String words, Repair repair) {
    public MaskCheck {
        regions = List.copyOf(regions);
    }

    /** What can be wrong with masks. */
    public enum Kind {
        EMPTY,
        FRAGMENTS,
        HOLES,
        OUTSIDE_BODY,
        CUT_AT_BORDER,
        VOLUME,
        PLACE,
        LUNG_IS_PLEURA,
        OVERLAP,
        FLIPPED,
        SHIFTED,
        SWAPPED,
        INTENSITY,
        INCOMPLETE,
        LEAK,
        OTHER_PATIENT,
        UNSUPPORTED
    }

    /** How much a finding matters. */
    public enum Severity {
        /** Worth knowing. */
        NOTE,
        /** The report on this region may be wrong. */
        WARNING,
        /** The mask does not show what its name says. */
        ERROR
    }

    /** For JSON: kind, severity, regions, words, repair. */
    public Map<String, Object> json() {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("kind", kind.name().toLowerCase(java.util.Locale.ROOT));
        json.put("severity", severity.name().toLowerCase(java.util.Locale.ROOT));
        json.put("regions", regions.stream().map(Region::datasetName).toList());
        json.put("words", words);
        if (!(repair instanceof Repair.None)) {
            json.put("repair", repair.words());
        }
        return json;
    }
}
