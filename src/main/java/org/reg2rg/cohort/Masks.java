package org.reg2rg.cohort;

import java.util.LinkedHashMap;
import java.util.Map;
import org.reg2rg.ct.Bits;
import org.reg2rg.ct.Region;
import org.reg2rg.ct.RegionMask;
import org.reg2rg.ct.RegionMasks;

/** The ten region masks, read off the tissues as RadGenome composes its regions. */
final class Masks {
    private static final double SHELL_MM = 2.6;

    private Masks() {}

    static RegionMasks of(Canvas canvas) {
        var masks = new LinkedHashMap<Region, RegionMask>();
        for (Region region : Region.values()) {
            Bits bits = region == Region.PLEURA ? pleura(canvas) : collect(canvas, tissues(region));
            masks.put(region, new RegionMask.Binary(canvas.grid, bits));
        }
        return new RegionMasks(masks, Map.of());
    }

    /** Bits of the tissues that make up a region. */
    static int tissues(Region region) {
        return switch (region) {
            case ABDOMEN -> Tissue.ABDOMEN.bit;
            case BONE -> Tissue.BONE.bit;
            case BREAST -> Tissue.BREAST.bit;
            case ESOPHAGUS -> Tissue.OESOPHAGUS.bit;
            case HEART -> Tissue.HEART.bit;
            case LUNG -> Tissue.IN_LUNG;
            case MEDIASTINUM ->
                Tissue.MEDIASTINUM.bit | Tissue.GREAT_VESSEL.bit | Tissue.AIRWAY.bit | Tissue.OESOPHAGUS.bit;
            case PLEURA -> Tissue.IN_LUNG | Tissue.PLEURAL_FLUID.bit;
            case THYROID -> Tissue.THYROID.bit;
            case TRACHEA_AND_BRONCHI -> Tissue.AIRWAY.bit | Tissue.LUNG_AIRWAY.bit;
        };
    }

    private static Bits collect(Canvas canvas, int tissues) {
        Bits bits = canvas.bits();
        for (int n = 0; n < canvas.tissue.length; n++) {
            if ((tissues >>> canvas.tissue[n] & 1) != 0) {
                bits.set(n);
            }
        }
        return bits;
    }

    /** Lungs, fluid around them and the thin layer of chest wall that the pleura lies on. */
    private static Bits pleura(Canvas canvas) {
        Bits grown = collect(canvas, tissues(Region.PLEURA));
        int steps = (int) Math.max(1, Math.round(SHELL_MM / canvas.dx));
        for (int step = 0; step < steps; step++) {
            Bits from = grown.copy();
            for (int n = from.nextSet(0); n >= 0; n = from.nextSet(n + 1)) {
                int i = n % canvas.nx;
                int j = n / canvas.nx % canvas.ny;
                take(canvas, grown, i > 0 ? n - 1 : n);
                take(canvas, grown, i < canvas.nx - 1 ? n + 1 : n);
                take(canvas, grown, j > 0 ? n - canvas.nx : n);
                take(canvas, grown, j < canvas.ny - 1 ? n + canvas.nx : n);
            }
        }
        return grown;
    }

    private static void take(Canvas canvas, Bits bits, int n) {
        if (((Tissue.WALL.bit | Tissue.BONE.bit) >>> canvas.tissue[n] & 1) != 0) {
            bits.set(n);
        }
    }
}
