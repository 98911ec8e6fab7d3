package org.reg2rg.segment;

import java.util.Collections;
import java.util.EnumMap;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.reg2rg.ct.Region;
import org.reg2rg.ct.RegionMask;
import org.reg2rg.ct.RegionMasks;

/**
 * The ten regions of a CT as far as it shows them.
 *
 * @param masks the regions that were found, on the CT's own grid
 * @param findings for each of the ten regions, how it was found and how sure that is
 * @param seconds how long it took
 */
public record Segmentation(RegionMasks masks, Map<Region, Finding> findings, double seconds) {
    public Segmentation {
        findings = Collections.unmodifiableMap(new EnumMap<>(findings));
    }

    /** How a region was found; every region has an answer. */
    public Finding finding(Region region) {
        return Objects.requireNonNull(findings.get(region));
    }

    /** The mask of a region, if it was found. */
    public Optional<RegionMask> mask(Region region) {
        return Optional.ofNullable(masks.masks().get(region));
    }

    /** How one region was found. */
    public sealed interface Finding {
        /** In words, for the reader of the report. */
        String reason();
    }

    /**
     * There is a mask.
     *
     * @param confidence from 0 to 1: 1 where the image shows the borders and size and place are usual
     * @param millilitres its volume
     */
    public record Found(double confidence, double millilitres, String reason) implements Finding {}

    /** There is no mask, because the scan does not show the region or it could not be told from its surroundings. */
    public record Missing(String reason) implements Finding {}
}
