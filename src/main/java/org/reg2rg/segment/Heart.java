package org.reg2rg.segment;

import org.reg2rg.ct.GridSize;
import org.reg2rg.ct.morphology.VoxelSet;

/**
 * The heart: the thick, fat-free part of the space between the lungs, below the division of the trachea. An egg is fitted
 * to it ({@link HeartShape}), because above it vessels and below it the liver look the same.
 */
final class Heart {
    private static final double SOFT_HU = -25;
    private static final double GAS_HU = -200;
    private static final double BEFORE_SPINE_MM = 14;
    private static final double AORTA_MM = 26;
    private static final double AORTA_LEFT_MM = 40;
    /** The roots of the great vessels. */
    private static final double ROOTS_MM = 32;
    /** Where a book puts the middle of the heart: to the left of the spine, before it, below the carina. */
    private static final double LEFT_MM = 17;

    private static final double FRONT_MM = 68;
    private static final double BELOW_MM = 64;
    /** Fat between muscle and pericardium, which the evidence leaves out. */
    private static final double SAC_MM = 3;

    private static final double SAC_FAT_MM = 4;
    /** What belongs to the heart beyond the egg. */
    private static final double BULGE_MM = 5;

    private Heart() {}

    /** Where the descending aorta runs: to the left of the spine's front. */
    private static boolean besideAorta(Chest chest, int n) {
        return chest.beforeSpine(n) < AORTA_MM && chest.besideSpine(n) < -6 && chest.besideSpine(n) > -AORTA_LEFT_MM;
    }

    static VoxelSet find(Chest chest, VoxelSet between, VoxelSet cavity) {
        GridSize size = chest.size();
        double mm = chest.mm();
        VoxelSet lungs = chest.lungs().both();
        int level = (int) Math.clamp(Math.round(chest.carina() - BELOW_MM / mm), 0, size.z() - 1);
        double[] start = {
            chest.spine().x()[level] * mm - LEFT_MM,
            chest.spine().front()[level] * mm + FRONT_MM,
            chest.carina() * mm - BELOW_MM,
        };
        HeartShape shape = HeartShape.fit(size, mm, start, n -> evidence(chest, between, cavity, lungs, n));
        VoxelSet allowed = chest.body()
                .minus(lungs)
                .minus(chest.bone())
                .filter(n -> chest.beforeSpine(n) > 8
                        && chest.aboveCarina(n) < 0
                        && chest.ct().hu()[n] > GAS_HU);
        VoxelSet egg = shape.grown(SAC_MM).in(size, mm).and(allowed);
        VoxelSet bulge = shape.grown(BULGE_MM)
                .in(size, mm)
                .and(between)
                .filter(n -> chest.aboveCarina(n) < -ROOTS_MM
                        && chest.beforeSpine(n) > BEFORE_SPINE_MM
                        && !besideAorta(chest, n)
                        && chest.smooth().hu()[n] > SOFT_HU);
        VoxelSet arteries = GreatRoot.fit(chest, shape, GreatRoot.AORTA)
                .in(chest)
                .or(GreatRoot.fit(chest, shape, GreatRoot.PULMONARY).in(chest));
        VoxelSet whole = egg.or(bulge).open(4).largest().fillHoles();
        return whole.or(fatOfSac(chest, whole, between)).minus(arteries);
    }

    /** The fat of the sac touches the lung: no mediastinum lies between, but a voxel's width would be left over. */
    private static VoxelSet fatOfSac(Chest chest, VoxelSet heart, VoxelSet between) {
        return heart.dilate(SAC_FAT_MM)
                .and(between)
                .and(chest.lungs().both().dilate(SAC_FAT_MM))
                .filter(n -> chest.aboveCarina(n) < -ROOTS_MM
                        && chest.beforeSpine(n) > BEFORE_SPINE_MM
                        && !besideAorta(chest, n));
    }

    private static double evidence(Chest chest, VoxelSet between, VoxelSet cavity, VoxelSet lungs, int n) {
        if (lungs.contains(n)) {
            return chest.ct().hu()[n] < -600 ? -1 : -0.5;
        }
        if (!cavity.contains(n) && chest.aboveDiaphragm(n) > 0
                || chest.beforeSpine(n) < BEFORE_SPINE_MM
                || chest.aboveCarina(n) > -5
                || besideAorta(chest, n)
                || chest.bone().contains(n)) {
            return -1;
        }
        double hu = chest.smooth().hu()[n];
        if (chest.aboveDiaphragm(n) < 0) {
            return hu < GAS_HU ? -1 : hu < SOFT_HU ? -0.4 : -0.06;
        }
        boolean soft = hu > SOFT_HU;
        if (chest.aboveCarina(n) > -ROOTS_MM) {
            return soft ? -0.05 : -0.3;
        }
        return between.contains(n) ? soft ? 1 : -0.1 : -0.5;
    }
}
