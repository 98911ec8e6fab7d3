package org.reg2rg.report;

import java.util.ArrayList;
import java.util.List;
import org.reg2rg.ct.MaskStatistics;
import org.reg2rg.ct.Region;
import org.reg2rg.ct.UsualVolume;

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
        if (!UsualVolume.of(region).holds(mask.volumeMl())) {
            flags.add(Flag.IMPLAUSIBLE_VOLUME);
        }
        return flags;
    }
}
