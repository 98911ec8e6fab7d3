package org.reg2rg.segment;

import org.reg2rg.ct.morphology.VoxelSet;

/**
 * What the oesophagus can be told from by its looks.
 *
 * @param thick aorta, heart and nodes: flesh near the spine that is thicker than a gullet
 * @param tissue muscle, gas or a feeding tube costs nothing; fat, blood with contrast and other organs do
 */
record GulletTissue(VoxelSet thick, TubeTissue tissue) {
    /** Half of what is too thick for a gullet. */
    private static final double THICK_MM = 8.5;
    /** Nearer to where the gullet is expected thick flesh is its wall. */
    private static final double OWN_MM = 9;

    /** The egg of the heart may hold the gullet that lies on it. */
    private static final double HEART_WALL_MM = 6;

    private static final float THICK_COST = 6;
    private static final float OTHER_COST = 12;
    private static final float SURE_COST = 0.5f;
    private static final float MOST_COST = 9;

    private static final double NEAR_MM = 60;
    private static final double BEHIND_MM = 22;
    private static final double FLESH_HU = 0;
    private static final double GAS_HU = -300;
    private static final double MUSCLE_HU = 40;
    private static final double HU_SIGMA = 45;
    private static final double FAT_HU = -90;
    /** Brighter than contrast medium in a vessel; what is bright around a feeding tube is its blur. */
    private static final double FEEDING_TUBE_HU = 300;

    private static final double BLUR_MM = 5;
    private static final double PLAQUE_MM = 4;

    private static final double[] GULLET_MM = {7, 9, 11, 13};
    private static final double[] AORTA_MM = {12, 10, 14, 16};

    /** The tissue of some slices. */
    static GulletTissue of(Chest chest, VoxelSet heart, double[][] expected, int bottom) {
        VoxelSet thick = thick(chest);
        VoxelSet aorta = aorta(chest, thick, bottom, expected.length);
        double[][] near = new double[expected.length][];
        for (int s = 0; s < near.length; s++) {
            near[s] = new double[] {expected[s][0], expected[s][1], OWN_MM};
        }
        VoxelSet other =
                thick.minus(TubeTissue.discs(chest, near, bottom)).or(aorta).or(heart.erode(HEART_WALL_MM));
        VoxelSet fed = VoxelSet.where(
                        chest.size(), chest.ct().spacing(), n -> chest.ct().hu()[n] > FEEDING_TUBE_HU)
                .minus(chest.bone())
                .minus(thick.or(aorta).dilate(PLAQUE_MM))
                .dilate(BLUR_MM)
                .minus(chest.bone())
                .minus(chest.lungs().both());
        return new GulletTissue(other, tissue(chest, other, fed, GULLET_MM));
    }

    /** Contrast medium makes an aorta look like bone, but no vertebra lies before their front. */
    private static VoxelSet thick(Chest chest) {
        VoxelSet flesh = VoxelSet.where(
                chest.size(),
                chest.ct().spacing(),
                n -> Math.abs(chest.besideSpine(n)) < NEAR_MM
                        && chest.beforeSpine(n) > -BEHIND_MM
                        && chest.beforeSpine(n) < NEAR_MM
                        && chest.smooth().hu()[n] > FLESH_HU);
        VoxelSet vertebrae = chest.bone().filter(n -> chest.beforeSpine(n) < 0);
        return flesh.minus(vertebrae).minus(chest.airways()).open(THICK_MM);
    }

    /** The descending aorta: below the carina, to the left of the spine and nearer to the midline further down. */
    private static VoxelSet aorta(Chest chest, VoxelSet thick, int bottom, int slices) {
        int below = (int) Math.min(slices, chest.carina() - bottom);
        if (below < 3) {
            return chest.ct().none();
        }
        double[][] expected = new double[below][];
        for (int s = 0; s < below; s++) {
            int k = bottom + s;
            double depth = Math.clamp((chest.carina() - k) * chest.mm() / 120, 0, 1);
            expected[s] = new double[] {
                chest.spine().x()[k] - (22 - 10 * depth) / chest.mm(),
                chest.spine().front()[k] + 5 / chest.mm(),
            };
        }
        VoxelSet blood = thick.filter(n -> chest.smooth().hu()[n] > MUSCLE_HU);
        TubeTissue tissue = tissue(chest, chest.ct().none(), blood, AORTA_MM);
        return TubeTissue.discs(chest, TubePath.find(tissue, expected, bottom), bottom);
    }

    /**
     * Muscle and what is like it.
     *
     * @param other organs that look alike
     * @param sure what is of the tube, however it looks
     */
    private static TubeTissue tissue(Chest chest, VoxelSet other, VoxelSet sure, double[] radii) {
        VoxelSet elsewhere = chest.airways().or(chest.bone()).or(chest.lungs().both());
        float[] cost = new float[chest.size().voxels()];
        float[] share = new float[cost.length];
        for (int n = 0; n < cost.length; n++) {
            boolean gas = chest.ct().hu()[n] < GAS_HU;
            if (other.contains(n)) {
                cost[n] = THICK_COST;
            } else if (sure.contains(n) || gas && !elsewhere.contains(n)) {
                cost[n] = SURE_COST;
                share[n] = 1;
            } else if (elsewhere.contains(n)) {
                cost[n] = OTHER_COST;
            } else {
                double z = (chest.smooth().hu()[n] - MUSCLE_HU) / HU_SIGMA;
                cost[n] = (float) Math.min(MOST_COST, z * z);
                share[n] = (float) Math.clamp((chest.ct().hu()[n] - FAT_HU) / (MUSCLE_HU - FAT_HU), 0, 1);
            }
        }
        return new TubeTissue(chest, cost, share, radii);
    }
}
