package org.reg2rg.segment;

import org.reg2rg.ct.morphology.VoxelSet;

/**
 * The first part of a great artery: a rod that leaves the heart. Within the heart nothing but contrast medium would show
 * it, above the heart fat does; so the rod is fitted to the flesh in fat there and goes on straight to its valve.
 *
 * @param upper end above the heart, in mm on the axes right, front, head from the corner of the work grid
 * @param lower end at the valve
 * @param radius in mm
 */
@SuppressWarnings("ArrayRecordComponent")
record GreatRoot(double[] upper, double[] lower, double radius) {
    /** Flesh is whiter than this. */
    private static final double FLESH_HU = -25;
    /** What surrounds a vessel, and how much flesh there counts against flesh inside. */
    private static final double RIM_MM = 4;

    private static final double RIM_WEIGHT = 0.7;

    private static final double PLACE_SPREAD_MM = 7;
    private static final double TILT_SPREAD_MM = 3.5;
    private static final double SIZE_SPREAD = 0.1;
    /** How large a share of flesh one deviation is worth. */
    private static final double PRIOR_WEIGHT = 0.015;

    /**
     * Where a book draws an artery, in mm to the right of the middle of the heart, before it, and above it.
     *
     * @param upper where it turns
     * @param lower its valve
     */
    record Usual(double[] upper, double[] lower, double radius) {}

    /** The ascending aorta, from the height of the right pulmonary artery to its valve in the middle of the heart. */
    static final Usual AORTA = new Usual(new double[] {31, 2, 52}, new double[] {15, -2, 18}, 14.5);
    /** The pulmonary trunk, from its fork to its valve, before the aorta's and to the left. */
    static final Usual PULMONARY = new Usual(new double[] {-3, 2, 50}, new double[] {1, 17, 22}, 13);

    /** The rod that agrees best with the scan and departs least from the usual one. */
    static GreatRoot fit(Chest chest, HeartShape heart, Usual usual) {
        double[] found = Climb.best(
                new double[] {6, 6, 4, 4, 0.1},
                p -> moved(usual, heart.centre(), p).score(chest) - PRIOR_WEIGHT * departs(p));
        return moved(usual, heart.centre(), found);
    }

    private static double departs(double[] p) {
        double sum = Math.pow(p[4] / SIZE_SPREAD, 2);
        for (int n = 0; n < 4; n++) {
            sum += Math.pow(p[n] / (n < 2 ? PLACE_SPREAD_MM : TILT_SPREAD_MM), 2);
        }
        return sum;
    }

    private static GreatRoot moved(Usual usual, double[] middle, double[] p) {
        double[] upper = new double[3];
        double[] lower = new double[3];
        for (int axis = 0; axis < 3; axis++) {
            upper[axis] = middle[axis] + usual.upper()[axis] + (axis < 2 ? p[axis] : 0);
            lower[axis] = middle[axis] + usual.lower()[axis] + (axis < 2 ? p[axis] + p[2 + axis] : 0);
        }
        return new GreatRoot(upper, lower, usual.radius() * Math.exp(p[4]));
    }

    /** Distance of a place from the surface in mm; negative inside. */
    private double outside(double x, double y, double z) {
        double[] d = {x - upper[0], y - upper[1], z - upper[2]};
        double along = 0;
        double length = 0;
        for (int axis = 0; axis < 3; axis++) {
            double way = lower[axis] - upper[axis];
            along += d[axis] * way;
            length += way * way;
        }
        double t = Math.clamp(along / length, 0, 1);
        double sum = 0;
        for (int axis = 0; axis < 3; axis++) {
            sum += Math.pow(d[axis] - t * (lower[axis] - upper[axis]), 2);
        }
        return Math.sqrt(sum) - radius;
    }

    /** How much of it is flesh, less how much of what surrounds it is. */
    private double score(Chest chest) {
        double mm = chest.mm();
        int[] from = new int[3];
        int[] to = new int[3];
        int[] size = {chest.size().x(), chest.size().y(), chest.size().z()};
        for (int axis = 0; axis < 3; axis++) {
            double reach = axis < 2 ? radius + RIM_MM : 0;
            from[axis] = Math.clamp((int) ((Math.min(upper[axis], lower[axis]) - reach) / mm), 0, size[axis] - 1);
            to[axis] = Math.clamp((int) ((Math.max(upper[axis], lower[axis]) + reach) / mm), 0, size[axis] - 1);
        }
        int[] inside = new int[2];
        int[] around = new int[2];
        for (int k = from[2]; k <= to[2]; k++) {
            for (int j = from[1]; j <= to[1]; j++) {
                for (int i = from[0]; i <= to[0]; i++) {
                    double away = outside(i * mm, j * mm, k * mm);
                    if (away < RIM_MM) {
                        boolean flesh = chest.smooth().hu()[chest.size().index(i, j, k)] > FLESH_HU;
                        (away < 0 ? inside : around)[flesh ? 1 : 0]++;
                    }
                }
            }
        }
        return share(inside) - RIM_WEIGHT * share(around);
    }

    private static double share(int[] count) {
        return count[1] / (double) Math.max(1, count[0] + count[1]);
    }

    /** Its voxels. */
    VoxelSet in(Chest chest) {
        double mm = chest.mm();
        return VoxelSet.where(
                chest.size(),
                chest.ct().spacing(),
                n -> outside(chest.i(n) * mm, chest.j(n) * mm, chest.k(n) * mm) <= 0);
    }
}
