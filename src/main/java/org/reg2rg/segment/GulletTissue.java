package org.reg2rg.segment;

import org.reg2rg.ct.GridSize;
import org.reg2rg.ct.morphology.VoxelSet;

/**
 * How little each place looks like oesophagus.
 *
 * @param thick aorta, heart and nodes: flesh near the spine that is thicker than a gullet
 * @param cost per voxel: 0 for muscle or gas of a gullet, more for fat, blood with contrast and other organs
 */
@SuppressWarnings("ArrayRecordComponent")
record GulletTissue(Chest chest, VoxelSet thick, float[] cost) {
    private static final double DISC_MM = 6;
    /** Half of what is too thick for a gullet. */
    private static final double THICK_MM = 8.5;

    private static final float THICK_COST = 6;
    private static final float OTHER_COST = 12;
    private static final float GAS_COST = 0.5f;
    private static final float MOST_COST = 9;
    /** Cheaper is flesh, not fat. */
    private static final double FLESH_COST = 2.5;

    private static final double NEAR_MM = 60;
    private static final double BEHIND_MM = 10;
    private static final double FLESH_HU = 0;
    private static final double GAS_HU = -300;
    private static final double MUSCLE_HU = 40;
    private static final double HU_SIGMA = 45;

    /** The tissue of some slices. */
    static GulletTissue of(Chest chest, int bottom, int top) {
        VoxelSet thick = thick(chest);
        float[] cost = new float[chest.size().voxels()];
        int slice = chest.size().x() * chest.size().y();
        for (int n = bottom * slice; n < (top + 1) * slice; n++) {
            cost[n] = cost(chest, thick, n);
        }
        return new GulletTissue(chest, thick, cost);
    }

    private static VoxelSet thick(Chest chest) {
        VoxelSet flesh = VoxelSet.where(
                chest.size(),
                chest.ct().spacing(),
                n -> Math.abs(chest.besideSpine(n)) < NEAR_MM
                        && chest.beforeSpine(n) > -BEHIND_MM
                        && chest.beforeSpine(n) < NEAR_MM
                        && chest.smooth().hu()[n] > FLESH_HU);
        return flesh.minus(chest.bone()).minus(chest.airways()).open(THICK_MM);
    }

    private static float cost(Chest chest, VoxelSet thick, int n) {
        if (thick.contains(n)) {
            return THICK_COST;
        }
        boolean elsewhere = chest.airways().contains(n)
                || chest.bone().contains(n)
                || chest.lungs().left().contains(n)
                || chest.lungs().right().contains(n);
        double z = (chest.smooth().hu()[n] - MUSCLE_HU) / HU_SIGMA;
        return elsewhere ? OTHER_COST : chest.ct().hu()[n] < GAS_HU ? GAS_COST : (float) Math.min(MOST_COST, z * z);
    }

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

    /** The middle of the flesh within a radius of a place of slice k: {i, j}; the place itself if there is none. */
    double[] middle(double[] at, int k, double radius) {
        int reach = (int) Math.ceil(radius / chest.mm());
        double x = 0;
        double y = 0;
        int count = 0;
        for (int dj = -reach; dj <= reach; dj++) {
            for (int di = -reach; di <= reach; di++) {
                int i = (int) Math.round(at[0]) + di;
                int j = (int) Math.round(at[1]) + dj;
                boolean near = Math.hypot(i - at[0], j - at[1]) * chest.mm() <= radius;
                if (near && chest.body().get(i, j, k) && cost[chest.size().index(i, j, k)] < FLESH_COST) {
                    x += i;
                    y += j;
                    count++;
                }
            }
        }
        return count == 0 ? at : new double[] {x / count, y / count};
    }
}
