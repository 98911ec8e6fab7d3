package org.reg2rg.segment;

import org.reg2rg.ct.CtVolume;
import org.reg2rg.ct.GridSize;
import org.reg2rg.ct.RegionMask;
import org.reg2rg.ct.morphology.VoxelSet;

/**
 * The space between the lungs, from the inlet of the chest to the diaphragm and, along the vertebrae, as low as the lungs
 * reach. It ends where its neighbours begin.
 */
final class Mediastinum {
    /** The outermost layer of the space within the ribs, which lungs or fat touch. */
    static final double RIM_MM = 3;
    /** Mediastinal space reaches along the vertebrae to the ribs. */
    private static final double BESIDE_VERTEBRAE_MM = -30;

    private static final double BEFORE_CRURA_MM = 18;
    private static final double AORTA_MM = 22;
    private static final double CRURA_MM = 42;

    private static final double GAS_HU = -600;
    private static final double BUBBLE_ML = 4;

    private static final double BESIDE_MM = 5;

    private Mediastinum() {}

    /**
     * All of it, with the heart.
     *
     * @param withinRim the inside of the rib cage without its outermost {@link #RIM_MM}
     * @param crural what of it lies behind the diaphragm's crura
     */
    static VoxelSet between(Chest chest, VoxelSet withinRim, VoxelSet crural) {
        return withinRim
                .minus(chest.lungs().both())
                .minus(chest.bone())
                .filter(n -> chest.beforeSpine(n) > BESIDE_VERTEBRAE_MM
                        && (chest.aboveDiaphragm(n) > 0 || crural.contains(n))
                        && chest.k(n) <= chest.view().apex());
    }

    /** Behind the crura, along the vertebrae, the space between the lungs reaches as low as the lungs do. */
    static VoxelSet besideCrura(Chest chest) {
        GridSize size = chest.size();
        VoxelSet left = chest.lungs().left();
        VoxelSet right = chest.lungs().right();
        return VoxelSet.where(size, chest.ct().spacing(), n -> {
            double wide = chest.beforeSpine(n) > 0 ? AORTA_MM : CRURA_MM;
            if (chest.beforeSpine(n) < BESIDE_VERTEBRAE_MM
                    || chest.beforeSpine(n) > BEFORE_CRURA_MM
                    || Math.abs(chest.besideSpine(n)) > wide) {
                return false;
            }
            int row = n - chest.i(n);
            int middle = Math.clamp((int) chest.spine().x()[chest.k(n)], 0, size.x() - 1);
            int reach = (int) (CRURA_MM / chest.mm());
            int first = left.bits().nextSet(row + Math.max(0, middle - reach));
            int last = right.bits().nextSet(row + middle);
            return first >= 0
                    && first < row + middle
                    && last >= 0
                    && last <= row + Math.min(size.x() - 1, middle + reach);
        });
    }

    /** One piece, without the gas of a stomach, and without what is dense in a lung but is not held to be lung. */
    static VoxelSet inOnePiece(Chest chest, VoxelSet mediastinum) {
        return mediastinum.minus(bubbles(chest, mediastinum)).largest();
    }

    /** Gas of the stomach that reaches up between the domes; the gullet's own is less. */
    private static VoxelSet bubbles(Chest chest, VoxelSet mediastinum) {
        return mediastinum
                .minus(chest.airways().dilate(chest.mm()))
                .filter(n -> chest.ct().hu()[n] < GAS_HU && chest.aboveCarina(n) < 0)
                .atLeast(BUBBLE_ML)
                .dilate(chest.mm());
    }

    /**
     * The mediastinum on the grid of the CT, grown into lungs, heart and bone: where these begin on that grid their own
     * masks say better.
     */
    static RegionMask.Binary carry(CtVolume ct, Chest chest, VoxelSet mediastinum, VoxelSet heart) {
        VoxelSet beside = chest.lungs().both().or(heart).or(chest.bone()).and(mediastinum.dilate(BESIDE_MM));
        return Surface.carry(ct, chest.ct(), mediastinum.or(beside), Surface.SMOOTH);
    }
}
