package org.reg2rg.segment;

import org.reg2rg.ct.morphology.Box;
import org.reg2rg.ct.morphology.VoxelSet;

/**
 * A piece of stomach that slid up behind the heart. Its gas gives it away: on a patient's back the gas is the front cap
 * of a round sac whose rest is fluid, so the cap's width and height say how large the sac is.
 */
final class Hernia {
    private static final double GAS_HU = -600;
    private static final double LEAST_ML = 1.5;
    /** Below the carina, before the spine and near the midline. */
    private static final double BELOW_MM = 35;

    private static final double BESIDE_MM = 45;
    private static final double BEFORE_MM = 95;
    /** A gullet may hold gas, too. */
    private static final double GULLET_MM = 9;

    /** Further to the side or to the front lies the stomach under its dome. */
    private static final double MIDDLE_MM = 28;

    private static final double BEHIND_HEART_MM = 62;
    private static final double WALL_MM = 4;
    private static final double LARGEST_MM = 55;

    private Hernia() {}

    /** The sac with its wall; empty in most people. */
    static VoxelSet find(Chest chest, VoxelSet between) {
        VoxelSet gas = between.minus(chest.airways().dilate(chest.mm()))
                .filter(n -> chest.ct().hu()[n] < GAS_HU
                        && chest.aboveCarina(n) < -BELOW_MM
                        && chest.beforeSpine(n) > 0
                        && chest.beforeSpine(n) < BEFORE_MM
                        && Math.abs(chest.besideSpine(n)) < BESIDE_MM)
                .open(chest.mm())
                .atLeast(LEAST_ML);
        VoxelSet sac = chest.ct().none();
        for (VoxelSet bubble : gas.parts()) {
            sac = sac.or(around(chest, bubble));
        }
        return sac;
    }

    private static VoxelSet around(Chest chest, VoxelSet gas) {
        double mm = chest.mm();
        Box box = Box.of(gas);
        double[] half = new double[3];
        for (int axis = 0; axis < 3; axis++) {
            half[axis] = (box.to()[axis] - box.from()[axis]) * mm / 2;
        }
        double wide = (half[0] + half[2]) / 2;
        double high = 2 * half[1];
        double radius = high >= wide ? Math.max(wide, high / 2) : (wide * wide + high * high) / (2 * high);
        double[] centre = gas.centre();
        int at = chest.size().index((int) centre[0], (int) centre[1], (int) centre[2]);
        boolean stomach = Math.abs(chest.besideSpine(at)) > MIDDLE_MM || chest.beforeSpine(at) > BEHIND_HEART_MM;
        if (stomach || wide < GULLET_MM || radius > LARGEST_MM) {
            return chest.ct().none();
        }
        double i = (box.from()[0] + box.to()[0] - 1) / 2.0;
        double j = box.to()[1] - 0.5 - radius / mm;
        double k = (box.from()[2] + box.to()[2] - 1) / 2.0;
        double reach = (radius + WALL_MM) / mm;
        return VoxelSet.where(chest.size(), chest.ct().spacing(), n -> {
            double dx = chest.i(n) - i;
            double dy = chest.j(n) - j;
            double dz = chest.k(n) - k;
            return dx * dx + dy * dy + dz * dz <= reach * reach
                    && chest.beforeSpine(n) > 0
                    && !chest.bone().contains(n)
                    && !chest.lungs().left().contains(n)
                    && !chest.lungs().right().contains(n);
        });
    }
}
