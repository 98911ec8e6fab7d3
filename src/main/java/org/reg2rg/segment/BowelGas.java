package org.reg2rg.segment;

import org.reg2rg.ct.morphology.VoxelSet;

/** Tells the gas of stomach and bowel from the air of lungs. */
final class BowelGas {
    private static final double LUNG_HU = -400;
    /** Gas of stomach and bowel, averaged over some voxels, is at least this dark. */
    private static final double PURE_GAS_HU = -925;

    private static final double PUREST_GAS_HU = -970;
    private static final double GAS_CORE_MM = 5;
    private static final double GAS_ML = 2;
    /** The density of a lung in full breath, where this patient's own cannot be measured. */
    private static final double TYPICAL_HU = -855;
    /** Bowel is surrounded by tissue, a bulla by lung. */
    private static final double SOFT_SHELL = 0.4;
    /** A stomach that slid up into the chest has a wall all around; beyond it is lung. */
    private static final double SOFT_WALL = 0.6;

    private static final double WALL_FROM_MM = 3;
    private static final double WALL_TO_MM = 6;
    /** From the pure inside of a bubble to its wall. */
    private static final double GAS_RIM_MM = 8;
    /** Smaller details of a lung's outline are left out where its density is measured. */
    private static final double NOTCH_MM = 9;

    private BowelGas() {}

    /**
     * Takes gas of stomach and bowel away, also where only a thin diaphragm parts it from the lung: hollows in the lower
     * half that are purer air than the lungs of this patient.
     *
     * @param wholeMl so much air is lungs, whose density can be measured
     */
    static VoxelSet without(WorkVolume ct, VoxelSet air, double wholeMl) {
        WorkVolume smooth = ct.smoothed();
        VoxelSet lungs = air.largest(2);
        boolean whole = lungs.millilitres() > wholeMl;
        double typical = whole ? mean(smooth, lungs.erode(NOTCH_MM)) : TYPICAL_HU;
        double limit = Math.clamp(typical - 45, PUREST_GAS_HU, PURE_GAS_HU);
        VoxelSet cores = air.and(smooth.between(-2000, limit)).open(GAS_CORE_MM).atLeast(GAS_ML);
        VoxelSet gas = cores.minus(withinLung(ct, cores));
        return air.minus(gas.dilate(GAS_RIM_MM));
    }

    /** Dark places that lung surrounds: emphysema, not bowel. */
    private static VoxelSet withinLung(WorkVolume ct, VoxelSet cores) {
        VoxelSet lung = VoxelSet.empty(cores.size(), cores.mm());
        for (VoxelSet core : cores.parts()) {
            VoxelSet shell = core.dilate(GAS_RIM_MM + 3).minus(core.dilate(GAS_RIM_MM));
            VoxelSet wall = core.dilate(WALL_TO_MM).minus(core.dilate(WALL_FROM_MM));
            if (soft(ct, shell) < SOFT_SHELL && soft(ct, wall) < SOFT_WALL) {
                lung = lung.or(core);
            }
        }
        return lung;
    }

    private static double soft(WorkVolume ct, VoxelSet shell) {
        return shell.filter(n -> ct.hu()[n] > LUNG_HU).count() / (double) Math.max(1, shell.count());
    }

    private static double mean(WorkVolume ct, VoxelSet set) {
        double sum = 0;
        int n = 0;
        for (int at = set.bits().nextSet(0); at >= 0; at = set.bits().nextSet(at + 1)) {
            sum += ct.hu()[at];
            n++;
        }
        return n == 0 ? TYPICAL_HU : sum / n;
    }
}
