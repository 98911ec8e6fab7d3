package org.reg2rg.segment;

import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import org.reg2rg.ct.CtVolume;
import org.reg2rg.ct.GridSize;
import org.reg2rg.ct.morphology.Components;
import org.reg2rg.ct.morphology.Components.Neighbours;
import org.reg2rg.ct.morphology.VoxelSet;

/**
 * Trachea and large bronchi, grown on a fine grid of its own: from the trachea into all air that hangs together, at a
 * rising threshold, until the growth breaks through a bronchial wall into the lung and the volume jumps.
 *
 * @param fine the grid of {@code tree}
 * @param tree trachea and bronchi with their wall
 * @param carina where the trachea divides, in world mm
 * @param carinaSeen whether the division was seen; if not, {@code carina} is the lowest point of the trachea
 */
@SuppressWarnings("ArrayRecordComponent")
record Airways(WorkVolume fine, VoxelSet tree, double[] carina, boolean carinaSeen) {
    private static final double FINE_MM = 1.25;
    private static final double SIDE_MM = 75;
    private static final double DEPTH_MM = 55;
    private static final double BELOW_MM = 65;
    /** All that trachea and bronchi down to the lobes hold in a large man. */
    private static final double LARGEST_ML = 140;

    private static final double JUMP_ML = 12;
    /** Half-way between air and wall: where the lumen ends. */
    private static final double LUMEN_HU = -500;

    private static final double BRONCHUS_MM2 = 25;
    /** Main bronchi run further apart than this soon below the carina. */
    private static final double APART_MM = 12;

    private static final double WALL_MM = 2.1;
    private static final double THINNEST_MM = 1.5;

    static Airways grow(CtVolume ct, WorkVolume coarse, Trachea trachea) {
        double[] low = {Double.MAX_VALUE, Double.MAX_VALUE, Double.MAX_VALUE};
        double[] high = {-Double.MAX_VALUE, -Double.MAX_VALUE, -Double.MAX_VALUE};
        for (double[] p : trachea.points()) {
            for (int axis = 0; axis < 3; axis++) {
                double world = coarse.world(axis, p[axis]);
                low[axis] = Math.min(low[axis], world);
                high[axis] = Math.max(high[axis], world);
            }
        }
        double[] reach = {SIDE_MM, DEPTH_MM, BELOW_MM};
        for (int axis = 0; axis < 3; axis++) {
            low[axis] = Math.max(low[axis] - reach[axis], coarse.world(axis, -0.5));
            high[axis] = Math.min(
                    high[axis] + (axis == 2 ? 2 * coarse.mm() : reach[axis]),
                    coarse.world(axis, coarse.size().along(axis) - 0.5));
        }
        WorkVolume fine = WorkVolume.of(ct, low, high, FINE_MM);
        VoxelSet seeds = seeds(coarse, fine, trachea.points());
        VoxelSet grown = growWithoutLeak(fine, seeds);
        VoxelSet lumen = grown.dilate(2 * FINE_MM).and(fine.between(-2000, LUMEN_HU));
        VoxelSet tree = lumen.open(THINNEST_MM).connectedTo(seeds).fillSlices();
        return division(fine, tree, tree.dilate(WALL_MM));
    }

    private static VoxelSet seeds(WorkVolume coarse, WorkVolume fine, List<double[]> points) {
        VoxelSet seeds = fine.none();
        GridSize size = fine.size();
        for (double[] p : points) {
            int i = (int) Math.round(fine.index(0, coarse.world(0, p[0])));
            int j = (int) Math.round(fine.index(1, coarse.world(1, p[1])));
            int k = (int) Math.round(fine.index(2, coarse.world(2, p[2])));
            if (i >= 0 && j >= 0 && k >= 0 && i < size.x() && j < size.y() && k < size.z()) {
                seeds.bits().set(size.index(i, j, k));
            }
        }
        return seeds;
    }

    /**
     * Floods from the seeds, darkest air first: the flood rises in steps, and the last step before the volume jumps is
     * kept.
     */
    private static VoxelSet growWithoutLeak(WorkVolume fine, VoxelSet seeds) {
        var flood = new Flood(fine, seeds);
        double voxel = Math.pow(FINE_MM, 3) / 1000;
        double before = 0;
        int kept = flood.count();
        while (flood.rise()) {
            double volume = flood.count() * voxel;
            if (volume > LARGEST_ML || before > 5 && volume - before > JUMP_ML && volume > 1.3 * before) {
                break;
            }
            kept = flood.count();
            before = volume;
        }
        return flood.first(kept);
    }

    /** The carina: the highest slice below which two bronchi run side by side. */
    private static Airways division(WorkVolume fine, VoxelSet lumen, VoxelSet tree) {
        GridSize size = fine.size();
        Components parts = Components.perSlice(lumen.bits(), size, Neighbours.FACES_EDGES_CORNERS);
        double[][] sums = new double[parts.count()][4];
        parts.forEachRun((c, start, end) -> {
            sums[c][0] += (end - start) * (start % size.x() + end - start - 1 + start % size.x()) / 2.0;
            sums[c][1] += (double) (end - start) * (start / size.x() % size.y());
            sums[c][2] = start / (size.x() * size.y());
            sums[c][3] += end - start;
        });
        int run = 0;
        double[] lowest = {size.x() / 2.0, size.y() / 2.0, size.z() - 1};
        for (int k = size.z() - 1; k >= 0; k--) {
            List<double[]> bronchi = lumens(sums, k);
            if (bronchi.isEmpty()) {
                continue;
            }
            double[] left = bronchi.getFirst();
            double[] right = bronchi.getLast();
            lowest = new double[] {(left[0] + right[0]) / 2, (left[1] + right[1]) / 2, k};
            run = (right[0] - left[0]) * FINE_MM > APART_MM ? run + 1 : 0;
            if (run * FINE_MM >= 5) {
                return new Airways(fine, tree, world(fine, lowest[0], lowest[1], k + run - 1.0), true);
            }
        }
        return new Airways(fine, tree, world(fine, lowest[0], lowest[1], lowest[2]), false);
    }

    /** Centres {i, j} of the large lumens of a slice, from left to right. */
    private static List<double[]> lumens(double[][] sums, int k) {
        return Arrays.stream(sums)
                .filter(s -> s[2] == k && s[3] * FINE_MM * FINE_MM >= BRONCHUS_MM2)
                .map(s -> new double[] {s[0] / s[3], s[1] / s[3]})
                .sorted(Comparator.comparingDouble(c -> c[0]))
                .toList();
    }

    private static double[] world(WorkVolume v, double i, double j, double k) {
        return new double[] {v.world(0, i), v.world(1, j), v.world(2, k)};
    }
}
