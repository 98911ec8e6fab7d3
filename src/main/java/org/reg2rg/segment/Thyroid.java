package org.reg2rg.segment;

import org.reg2rg.ct.morphology.VoxelSet;

/**
 * The thyroid: two lobes beside the trachea at the height of the lung apices. Its iodine makes it brighter than muscle
 * even without contrast; where nothing bright is there, the lobes of the book are put in its place.
 */
final class Thyroid {
    private static final double BRIGHT_HU = 75;
    private static final double VESSEL_HU = 260;
    private static final double SMALLEST_ML = 5;
    private static final double LARGEST_ML = 70;

    private Thyroid() {}

    /** @param byShape whether the lobes were placed and not seen */
    record Found(VoxelSet mask, boolean byShape) {}

    static Found find(Chest chest) {
        VoxelSet near = lobes(chest, 1.35);
        VoxelSet tissue = near.filter(n -> !chest.airways().contains(n)
                && !chest.bone().contains(n)
                && !chest.lungs().left().contains(n)
                && !chest.lungs().right().contains(n));
        VoxelSet bright = tissue.filter(n ->
                        chest.smooth().hu()[n] > BRIGHT_HU && chest.smooth().hu()[n] < VESSEL_HU)
                .open(2.5)
                .atLeast(1)
                .close(4)
                .and(tissue);
        double ml = bright.millilitres();
        if (ml >= SMALLEST_ML && ml <= LARGEST_ML) {
            return new Found(bright, false);
        }
        VoxelSet shape = lobes(chest, 1).and(tissue).filter(n -> chest.smooth().hu()[n] > -30);
        return new Found(shape, true);
    }

    /** Two upright ellipsoids beside the trachea and the bridge before it, enlarged by a factor. */
    private static VoxelSet lobes(Chest chest, double factor) {
        double[][] trachea = new double[chest.size().z()][];
        for (double[] p : chest.trachea().points()) {
            trachea[(int) p[2]] = p;
        }
        double middle = chest.view().apex();
        VoxelSet wall = chest.airways();
        return VoxelSet.where(chest.size(), chest.ct().spacing(), n -> {
            double[] p = trachea[chest.k(n)];
            if (p == null || wall.contains(n)) {
                return false;
            }
            double x = Math.abs(chest.i(n) - p[0]) * chest.mm() - 17;
            double y = (chest.j(n) - p[1]) * chest.mm();
            double z = (chest.k(n) - middle) * chest.mm();
            double lobe = x * x / 81 + y * y / 121 + z * z / 625;
            double bridge = (x + 17) * (x + 17) / 225 + (y - 12) * (y - 12) / 16 + (z + 5) * (z + 5) / 64;
            return lobe <= factor * factor || bridge <= factor;
        });
    }
}
