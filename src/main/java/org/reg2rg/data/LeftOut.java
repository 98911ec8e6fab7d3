package org.reg2rg.data;

import java.util.Optional;
import org.reg2rg.ct.Region;

/**
 * What of a data set is not used, and why.
 *
 * @param study the study's name, or the file that is at fault
 * @param region the region, where the rest of the study is used
 */
public record LeftOut(String study, Optional<Region> region, String reason) {
    static LeftOut study(String study, String reason) {
        return new LeftOut(study, Optional.empty(), reason);
    }

    static LeftOut region(String study, Region region, String reason) {
        return new LeftOut(study, Optional.of(region), reason);
    }

    @Override
    public String toString() {
        return study + region.map(r -> ", " + r.datasetName()).orElse("") + ": " + reason;
    }
}
