package org.reg2rg.segment;

import org.reg2rg.ct.GridSize;
import org.reg2rg.ct.morphology.VoxelSet;

/**
 * How little each place looks like the inside of a tube, and how wide a tube may be.
 *
 * @param cost per voxel: 0 for what the tube is made of, more for fat and other organs
 * @param share how much of each voxel is the tube's flesh, 0 to 1; 0 in other organs
 * @param radii in mm, the usual one first
 */
@SuppressWarnings("ArrayRecordComponent")
record TubeTissue(Chest chest, float[] cost, float[] share, double[] radii) {
    private static final double DISC_MM = 6;
    /** What surrounds a tube is fat or another organ, but not the same flesh. */
    private static final double RIM_MM = 4;

    private static final double RIM_WEIGHT = 0.8;
    /** So much better a wider tube must fit, per mm. */
    private static final double WIDER = 0.02;
    /** How far one slice may be off the cheapest path. */
    private static final double OFF_MM = 5;

    /** Mean cost over a disc as wide as the gullet. */
    double around(int i, int j, int k) {
        GridSize size = chest.size();
        int reach = (int) Math.floor(DISC_MM / chest.mm());
        double sum = 0;
        int count = 0;
        for (int dj = -reach; dj <= reach; dj++) {
            for (int di = -reach; di <= reach; di++) {
                if (Math.hypot(di, dj) * chest.mm() <= DISC_MM) {
                    int x = Math.clamp(i + di, 0, size.x() - 1);
                    int y = Math.clamp(j + dj, 0, size.y() - 1);
                    sum += cost[size.index(x, y, k)];
                    count++;
                }
            }
        }
        return sum / count;
    }

    /** The middle of the tube near a place of slice k and its radius: {i, j, mm}. */
    double[] middle(double[] at, int k) {
        double[] best = at;
        double most = Double.NEGATIVE_INFINITY;
        for (double radius : radii) {
            double[] p = Climb.best(new double[] {1, 1}, d -> fit(at, d, k, radius));
            double fit = fit(at, p, k, radius) - WIDER * (radius - radii[0]);
            if (fit > most) {
                most = fit;
                best = new double[] {at[0] + p[0], at[1] + p[1], radius};
            }
        }
        return best;
    }

    /** How much of a disc is flesh, less how much of the ring around it is. */
    private double fit(double[] at, double[] moved, int k, double radius) {
        double mm = chest.mm();
        double x = at[0] + moved[0];
        double y = at[1] + moved[1];
        if (Math.hypot(moved[0], moved[1]) * mm > OFF_MM) {
            return -1;
        }
        GridSize size = chest.size();
        int reach = (int) Math.ceil((radius + RIM_MM) / mm) + 1;
        double[] sum = new double[4];
        for (int j = (int) y - reach; j <= y + reach; j++) {
            for (int i = (int) x - reach; i <= x + reach; i++) {
                if (i >= 0 && j >= 0 && i < size.x() && j < size.y()) {
                    double away = Math.hypot(i - x, j - y) * mm;
                    double inside = Math.clamp((radius - away) / mm + 0.5, 0, 1);
                    double rim = Math.clamp((radius + RIM_MM - away) / mm + 0.5, 0, 1) - inside;
                    float flesh = share[size.index(i, j, k)];
                    sum[0] += inside * flesh;
                    sum[1] += inside;
                    sum[2] += rim * flesh;
                    sum[3] += rim;
                }
            }
        }
        return sum[0] / Math.max(1, sum[1]) - RIM_WEIGHT * sum[2] / Math.max(1, sum[3]);
    }

    /** The discs of a path, slice by slice. */
    static VoxelSet discs(Chest chest, double[][] path, int bottom) {
        return VoxelSet.where(chest.size(), chest.ct().spacing(), n -> {
            int s = chest.k(n) - bottom;
            return s >= 0
                    && s < path.length
                    && Math.hypot(chest.i(n) - path[s][0], chest.j(n) - path[s][1]) * chest.mm() <= path[s][2];
        });
    }
}
