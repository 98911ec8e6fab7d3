package org.reg2rg.segment;

import org.reg2rg.ct.morphology.VoxelSet;

/** Where the sternum lies: the middle of the front of a chest, which a turned body carries away from the spine. */
final class Sternum {
    private static final double REACH_MM = 32;
    private static final double BELOW_CARINA_MM = 90;
    private static final double LEAST_ML = 3;

    private Sternum() {}

    /**
     * Millimetres to the right of the spine's midline; 0 where no sternum is seen.
     *
     * @param front index on axis 1 from which on bone is of the front wall
     */
    static double besideSpine(Chest chest, double front) {
        VoxelSet sternum = chest.bone()
                .filter(n -> chest.j(n) > front
                        && Math.abs(chest.besideSpine(n)) < REACH_MM
                        && chest.aboveCarina(n) < 0
                        && chest.aboveCarina(n) > -BELOW_CARINA_MM);
        double sum = 0;
        for (int n = sternum.bits().nextSet(0); n >= 0; n = sternum.bits().nextSet(n + 1)) {
            sum += chest.besideSpine(n);
        }
        return sternum.millilitres() < LEAST_ML ? 0 : sum / sternum.count();
    }
}
