package org.reg2rg.segment;

import org.reg2rg.ct.morphology.VoxelSet;

/**
 * Fluid around a lung: a wide layer, watery and so darker than muscle, heart, liver and spleen, that lies within the rib
 * cage on the chest wall and against the lung. It is of the pleura, and no abdomen, however far it pushes the lung up.
 */
final class Effusion {
    private static final double WATER_LEAST_HU = -12;
    private static final double WATER_MOST_HU = 32;
    /** Half the thinnest layer; partial volume of fat and muscle makes thinner ones. */
    private static final double THIN_MM = 5;

    private static final double LEAST_ML = 40;
    private static final double LUNG_NEAR_MM = 6;
    private static final double WALL_NEAR_MM = 8;
    /** So much of it lies on the chest wall; stomach, gallbladder and pericardium do not. */
    private static final double ON_WALL = 0.15;
    /** Higher the wall is thicker than where it was measured. */
    private static final double BELOW_CARINA_MM = 15;

    private static final double EDGE_MM = 3;
    /** Where a scan shows only lung bases nothing says how thick the wall is. */
    private static final double WHOLE_ML = 500;

    private Effusion() {}

    /**
     * The fluid; empty in most people.
     *
     * @param within the space within the chest wall
     */
    static VoxelSet find(Chest chest, VoxelSet within) {
        VoxelSet lungs = chest.lungs().both();
        if (lungs.millilitres() < WHOLE_ML) {
            return chest.ct().none();
        }
        VoxelSet watery = within.minus(lungs)
                .minus(chest.bone())
                .filter(n -> chest.smooth().hu()[n] > WATER_LEAST_HU
                        && chest.smooth().hu()[n] < WATER_MOST_HU
                        && chest.aboveCarina(n) < -BELOW_CARINA_MM)
                .open(THIN_MM)
                .atLeast(LEAST_ML);
        VoxelSet fluid = onWall(chest, watery.connectedTo(lungs.dilate(LUNG_NEAR_MM)), within);
        return fluid.dilate(EDGE_MM)
                .and(within)
                .minus(lungs)
                .minus(chest.bone())
                .filter(n ->
                        chest.smooth().hu()[n] < WATER_MOST_HU || chest.ct().hu()[n] < WATER_MOST_HU);
    }

    /** The pools that lie on the chest wall, behind the middle of the lungs, where fluid runs in a patient on the back. */
    private static VoxelSet onWall(Chest chest, VoxelSet fluid, VoxelSet within) {
        VoxelSet rim = fluid.minus(within.erode(WALL_NEAR_MM));
        double middle = chest.lungs().both().centre()[1];
        VoxelSet kept = chest.ct().none();
        for (VoxelSet pool : fluid.parts()) {
            if (pool.centre()[1] < middle && pool.and(rim).count() >= ON_WALL * pool.count()) {
                kept = kept.or(pool);
            }
        }
        return kept;
    }
}
