package org.reg2rg.ct;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.SequencedMap;

/**
 * The masks of one study, all on one grid, in the order in which they were given.
 *
 * @param masks region → mask; a region without a mask has no entry, an empty mask has one
 * @param sources region → the files that it came from and their SHA-256, for provenance
 */
public record RegionMasks(SequencedMap<Region, RegionMask> masks, Map<Region, Map<String, String>> sources) {
    public RegionMasks {
        masks = Collections.unmodifiableSequencedMap(new LinkedHashMap<>(masks));
        sources = Collections.unmodifiableMap(new LinkedHashMap<>(sources));
    }
}
