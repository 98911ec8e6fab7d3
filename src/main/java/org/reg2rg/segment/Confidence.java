package org.reg2rg.segment;

import org.reg2rg.ct.Region;
import org.reg2rg.ct.UsualVolume;
import org.reg2rg.ct.morphology.Box;
import org.reg2rg.ct.morphology.VoxelSet;

/**
 * How sure a region is, from 0 to 1: the Dice that it reaches on synthetic patients whose truth is known, less where what
 * identifies it was not seen, its size or place is unusual, or the scan shows so little of the lungs that nothing can be
 * placed by them.
 */
final class Confidence {
    private static final double UNUSUAL = 0.6;
    private static final double UNSEEN = 0.5;
    /** Below this volume lungs are too small to be a measure of place. */
    private static final double WHOLE_LUNGS_ML = 500;

    private final VoxelSet lungs;
    private final boolean wholeLungs;

    /** @param lungs both, on the work grid */
    Confidence(VoxelSet lungs, Chest.View view) {
        this.lungs = lungs;
        wholeLungs = view.apexSeen() && view.baseSeen() && lungs.millilitres() > WHOLE_LUNGS_ML;
    }

    /**
     * The confidence in a region.
     *
     * @param seen how much of what identifies it the image shows, from 0 to 1
     */
    double of(Region region, VoxelSet set, double seen) {
        double sure = reached(region) * (UNSEEN + (1 - UNSEEN) * Math.clamp(seen, 0, 1));
        UsualVolume usual = UsualVolume.of(region);
        double ml = set.millilitres();
        if (ml > usual.most() || ml < usual.least() && !atEnd(set)) {
            sure *= UNUSUAL;
        }
        boolean odd = wholeLungs
                && region != Region.LUNG
                && !Usual.of(region).oddPlace(Usual.place(set, lungs)).isEmpty();
        boolean far = lungs.millilitres() <= WHOLE_LUNGS_ML && region != Region.LUNG && region != Region.PLEURA;
        return Math.round(100 * sure * (odd ? UNUSUAL : 1) * (far ? UNSEEN : 1)) / 100.0;
    }

    /** Mean Dice over synthetic patients; see docs/segment.md. */
    private static double reached(Region region) {
        return switch (region) {
            case ABDOMEN, BONE, HEART -> 0.92;
            case BREAST, MEDIASTINUM -> 0.83;
            case ESOPHAGUS -> 0.86;
            case LUNG -> 0.98;
            case PLEURA -> 0.97;
            case THYROID, TRACHEA_AND_BRONCHI -> 0.82;
        };
    }

    private static boolean atEnd(VoxelSet set) {
        Box box = Box.of(set);
        return box.from()[2] <= 1 || box.to()[2] >= set.size().z() - 1;
    }
}
