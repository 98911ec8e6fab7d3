package org.reg2rg.report;

import java.util.ArrayList;
import java.util.List;
import org.reg2rg.ct.MaskStatistics;
import org.reg2rg.ct.Region;

/** What is said about the mask of a region in a report, and which of it gives rise to a flag. */
final class MaskFacts {
    private MaskFacts() {}

    /** Flags that follow from size and place of a mask on the CT's own grid. */
    static List<Flag> flags(Region region, MaskStatistics mask) {
        var flags = new ArrayList<Flag>();
        if (mask.voxels() == 0) {
            flags.add(Flag.EMPTY_MASK);
            return flags;
        }
        if (mask.touchesBorder()) {
            flags.add(Flag.MASK_TOUCHES_BORDER);
        }
        Range usual = plausibleMillilitres(region);
        if (mask.volumeMl() < usual.least || mask.volumeMl() > usual.most) {
            flags.add(Flag.IMPLAUSIBLE_VOLUME);
        }
        return flags;
    }

    private record Range(double least, double most) {}

    /**
     * Generous limits for the part of a region that a chest CT of an adult shows, in ml. They catch a wrong unit, a wrong
     * grid or a leak, not a disease.
     */
    private static Range plausibleMillilitres(Region region) {
        return switch (region) {
            case ABDOMEN -> new Range(100, 20_000);
            case BONE -> new Range(150, 6_000);
            case BREAST -> new Range(20, 6_000);
            case ESOPHAGUS -> new Range(3, 150);
            case HEART -> new Range(150, 2_500);
            case LUNG -> new Range(700, 11_000);
            case MEDIASTINUM -> new Range(50, 4_000);
            case PLEURA -> new Range(50, 11_000);
            case THYROID -> new Range(2, 250);
            case TRACHEA_AND_BRONCHI -> new Range(8, 400);
        };
    }
}
