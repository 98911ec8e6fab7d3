package org.reg2rg.cohort;

import org.jspecify.annotations.Nullable;
import org.reg2rg.ct.Bits;

/**
 * What a shape does to the voxels that it covers.
 *
 * @param value HU to mix in, or to add
 * @param adds whether {@code value} is added instead of mixed in
 * @param tissue what covered voxels become, if they change
 * @param over bits of the tissues that may be drawn over
 * @param trace takes every voxel that is at least half covered, if anything is traced
 */
record Brush(
        float value,
        boolean adds,
        @Nullable Tissue tissue,
        int over,
        @Nullable Bits trace) {
    static Brush fill(double hu, Tissue tissue) {
        return new Brush((float) hu, false, tissue, Tissue.IN_BODY, null);
    }

    /** Changes values, leaves the tissue. */
    static Brush tint(double hu) {
        return new Brush((float) hu, false, null, Tissue.IN_BODY, null);
    }

    /** Adds to the values, leaves the tissue. */
    static Brush add(double hu) {
        return new Brush((float) hu, true, null, Tissue.IN_BODY, null);
    }

    Brush over(int tissues) {
        return new Brush(value, adds, tissue, tissues, trace);
    }

    Brush traced(Bits bits) {
        return new Brush(value, adds, tissue, over, bits);
    }
}
