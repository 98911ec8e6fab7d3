package org.reg2rg.segment;

import java.util.Arrays;
import org.reg2rg.ct.Bits;
import org.reg2rg.ct.Grid;
import org.reg2rg.ct.RegionMask;
import org.reg2rg.ct.morphology.Box;
import org.reg2rg.ct.morphology.VoxelSet;

/**
 * How well one mask agrees with the truth.
 *
 * @param dice twice the common volume over the sum of both; 1 if both are empty
 * @param surfaceDice share of both surfaces that lies within 2 mm of the other (normalised surface Dice, Nikolov et al.
 *     2018), counted in surface voxels
 * @param hausdorff95 the distance in mm that 95 % of either surface does not exceed (the larger of the two directions);
 *     NaN if one mask is empty
 * @param volumeError (found − true) / true; NaN if there is no true volume
 * @param foundMl volume of the mask
 * @param trueMl volume of the truth
 */
public record MaskComparison(
        double dice, double surfaceDice, double hausdorff95, double volumeError, double foundMl, double trueMl) {
    /** How far a surface may be off and still count as right. */
    public static final double TOLERANCE_MM = 2;

    private static final double MARGIN_MM = 3;

    /** Compares two masks of one grid; a voxel counts as inside from a factor of one half. */
    public static MaskComparison of(RegionMask found, RegionMask truth) {
        return of(found.grid(), bits(found), bits(truth));
    }

    /** Compares two sets of voxels of one grid. */
    public static MaskComparison of(Grid grid, Bits found, Bits truth) {
        VoxelSet a = new VoxelSet(grid.size(), grid.spacing(), found);
        VoxelSet b = new VoxelSet(grid.size(), grid.spacing(), truth);
        double foundMl = found.count() * grid.voxelMillilitres();
        double trueMl = truth.count() * grid.voxelMillilitres();
        double volumeError = trueMl == 0 ? Double.NaN : (foundMl - trueMl) / trueMl;
        if (a.isEmpty() || b.isEmpty()) {
            double none = a.isEmpty() && b.isEmpty() ? 1 : 0;
            return new MaskComparison(none, none, Double.NaN, volumeError, foundMl, trueMl);
        }
        double dice = 2.0 * found.countAnd(truth) / (found.count() + (double) truth.count());
        Box box = Box.around(a.or(b), MARGIN_MM);
        VoxelSet one = surface(box.cut(a));
        VoxelSet two = surface(box.cut(b));
        double[] there = distances(one, two);
        double[] back = distances(two, one);
        double near = within(there) + within(back);
        return new MaskComparison(
                dice,
                near / (there.length + back.length),
                Math.max(percentile95(there), percentile95(back)),
                volumeError,
                foundMl,
                trueMl);
    }

    /** The voxels inside whose factor is at least one half. */
    static Bits bits(RegionMask mask) {
        return switch (mask) {
            case RegionMask.Binary binary -> binary.bits();
            case RegionMask.Fractional fractional -> {
                float[] values = fractional.values();
                Bits bits = new Bits(values.length);
                for (int n = 0; n < values.length; n++) {
                    if (values[n] >= 0.5f) {
                        bits.set(n);
                    }
                }
                yield bits;
            }
        };
    }

    /** The voxels of a set that have a face neighbour outside of it. */
    private static VoxelSet surface(VoxelSet set) {
        int x = set.size().x();
        int y = set.size().y();
        return set.filter(n -> {
            int i = n % x;
            int j = n / x % y;
            int k = n / (x * y);
            return !(set.get(i - 1, j, k)
                    && set.get(i + 1, j, k)
                    && set.get(i, j - 1, k)
                    && set.get(i, j + 1, k)
                    && set.get(i, j, k - 1)
                    && set.get(i, j, k + 1));
        });
    }

    /** Sorted distances in mm from each voxel of one set to the other. */
    private static double[] distances(VoxelSet from, VoxelSet to) {
        float[] squared = to.squaredDistance();
        double[] distances = new double[from.count()];
        int n = 0;
        for (int at = from.bits().nextSet(0); at >= 0; at = from.bits().nextSet(at + 1)) {
            distances[n++] = Math.sqrt(squared[at]);
        }
        Arrays.sort(distances);
        return distances;
    }

    private static double within(double[] sorted) {
        int n = 0;
        while (n < sorted.length && sorted[n] <= TOLERANCE_MM + 1e-6) {
            n++;
        }
        return n;
    }

    private static double percentile95(double[] sorted) {
        return sorted[(int) Math.floor(0.95 * (sorted.length - 1))];
    }
}
