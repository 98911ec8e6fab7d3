package org.reg2rg.segment;

import org.reg2rg.ct.Affine;
import org.reg2rg.ct.Bits;
import org.reg2rg.ct.Grid;
import org.reg2rg.ct.GridSize;
import org.reg2rg.ct.morphology.Components;
import org.reg2rg.ct.morphology.Components.Neighbours;

/**
 * The left and the right lung of one lung mask. Parts that hang together go to the side where their middle lies; a part
 * that holds both lungs is cut in the plane through the middle of all.
 *
 * @param left voxels of the patient's left lung
 * @param right voxels of the patient's right lung
 */
public record LungSides(Bits left, Bits right) {
    /** A part whose voxels lie on either side by at least this share holds both lungs. */
    private static final double BOTH = 0.15;

    public static LungSides of(Grid grid, Bits lungs) {
        GridSize size = grid.size();
        Components parts = Components.of(lungs, size, Neighbours.FACES);
        double[] sum = new double[parts.count()];
        double total = 0;
        for (int n = lungs.nextSet(0); n >= 0; n = lungs.nextSet(n + 1)) {
            total += right(grid.toWorld(), size, n);
        }
        double middle = total / Math.max(1, lungs.count());
        double[] leftVoxels = new double[parts.count()];
        parts.forEachRun((c, start, end) -> {
            for (int n = start; n < end; n++) {
                double x = right(grid.toWorld(), size, n);
                sum[c] += x;
                leftVoxels[c] += x < middle ? 1 : 0;
            }
        });
        Bits left = new Bits(size.voxels());
        Bits right = new Bits(size.voxels());
        parts.forEachRun((c, start, end) -> {
            double share = leftVoxels[c] / parts.voxels(c);
            boolean both = share > BOTH && share < 1 - BOTH;
            boolean isLeft = sum[c] / parts.voxels(c) < middle;
            for (int n = start; n < end; n++) {
                boolean here = both ? right(grid.toWorld(), size, n) < middle : isLeft;
                (here ? left : right).set(n);
            }
        });
        return new LungSides(left, right);
    }

    /** World coordinate to the patient's right. */
    private static double right(Affine toWorld, GridSize size, int n) {
        int i = n % size.x();
        int j = n / size.x() % size.y();
        int k = n / (size.x() * size.y());
        return toWorld.at(0, 0) * i + toWorld.at(0, 1) * j + toWorld.at(0, 2) * k + toWorld.at(0, 3);
    }
}
