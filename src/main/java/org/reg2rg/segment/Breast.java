package org.reg2rg.segment;

import org.reg2rg.ct.morphology.Box;
import org.reg2rg.ct.morphology.VoxelSet;

/**
 * The breasts: fat and gland under the skin of the front chest wall, before the muscle, beside the sternum, from a
 * hand's breadth around the height of the heart.
 */
final class Breast {
    private static final double MUSCLE_LOW = 0;
    /** Height of the middle of the breast. */
    private static final double BELOW_CARINA_MM = 54;

    private static final double HALF_HEIGHT_MM = 56;
    /** Ribs and muscles of the chest wall; soft tissue further out is gland. */
    private static final double MUSCLE_DEPTH_MM = 32;

    private static final double THIN_MM = 4;

    private Breast() {}

    static VoxelSet find(Chest chest, VoxelSet cavity) {
        Box box = Box.of(cavity);
        double front = (box.from()[1] + 0.55 * (box.to()[1] - box.from()[1]));
        double half = (box.to()[0] - box.from()[0]) / 2.0 * chest.mm();
        VoxelSet wall = chest.body().minus(cavity.dilate(5)).filter(n -> {
            double beside = Math.abs(chest.besideSpine(n));
            double x = (beside - 0.53 * half) / (0.45 * half);
            double z = (chest.aboveCarina(n) + BELOW_CARINA_MM) / HALF_HEIGHT_MM;
            return chest.j(n) > front && x * x + z * z < 1;
        });
        VoxelSet muscle = wall.filter(n -> chest.smooth().hu()[n] > MUSCLE_LOW && depth(chest, n))
                .open(THIN_MM);
        VoxelSet before = wall.minus(muscle).minus(chest.bone().dilate(3));
        return before.open(THIN_MM).atLeast(15);
    }

    /** Whether the ray to the front meets more wall: skin itself is no muscle. */
    private static boolean depth(Chest chest, int n) {
        int at = n;
        for (double d = 0; d < 8; d += chest.mm()) {
            at += chest.size().x();
            if (at >= chest.size().voxels() || !chest.body().contains(at)) {
                return false;
            }
        }
        return true;
    }
}
