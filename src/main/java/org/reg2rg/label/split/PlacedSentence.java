package org.reg2rg.label.split;

import java.util.Optional;
import org.reg2rg.ct.Region;

/**
 * A sentence of a report and the region it speaks of.
 *
 * @param text the sentence as it stands in the report
 * @param region empty where it speaks of no region ("other")
 */
public record PlacedSentence(String text, Optional<Region> region) {
    /** How sentences without a region are written in files. */
    public static final String OTHER = "other";

    /** The region's name as the data set spells it, or "other". */
    public String regionName() {
        return region.map(Region::datasetName).orElse(OTHER);
    }
}
