package org.reg2rg.segment;

import org.reg2rg.ct.morphology.VoxelSet;

/**
 * The heart: the thick, fat-free part of the space between the lungs, below the division of the trachea and above the
 * diaphragm. Vessels are thinner and fall away under an erosion; the spine's company (aorta, oesophagus) lies behind.
 */
final class Heart {
    private static final double SOFT_HU = -25;
    /** Half the thickness of the descending aorta and of the great veins. */
    private static final double VESSEL_MM = 11;
    /** Fat in the grooves of the heart belongs to it. */
    private static final double GROOVE_MM = 8;

    /** The fat within the pericardium, between muscle and lung. */
    private static final double SAC_MM = 4.5;

    private static final double BELOW_CARINA_MM = 12;
    private static final double BEFORE_SPINE_MM = 14;
    private static final double AORTA_MM = 26;
    private static final double ABOVE_DIAPHRAGM_MM = 2;

    private Heart() {}

    /** Where the descending aorta runs: to the left of the spine's front. */
    private static boolean besideAorta(Chest chest, int n) {
        return chest.beforeSpine(n) < AORTA_MM && chest.besideSpine(n) < -6;
    }

    static VoxelSet find(Chest chest, VoxelSet between) {
        VoxelSet room = between.filter(n -> chest.aboveCarina(n) < -BELOW_CARINA_MM
                && chest.beforeSpine(n) > BEFORE_SPINE_MM
                && !besideAorta(chest, n)
                && chest.aboveDiaphragm(n) > ABOVE_DIAPHRAGM_MM);
        VoxelSet soft = room.filter(n -> chest.smooth().hu()[n] > SOFT_HU);
        VoxelSet core = soft.erode(VESSEL_MM).largest();
        VoxelSet muscle = core.dilate(VESSEL_MM + 4).and(soft);
        VoxelSet whole = muscle.close(GROOVE_MM).and(room).fillHoles().largest();
        return whole.dilate(SAC_MM).and(room);
    }
}
