package org.reg2rg.segment;

import java.util.Arrays;
import org.reg2rg.ct.GridSize;
import org.reg2rg.ct.morphology.VoxelSet;

/**
 * The diaphragm as a height over every place of the trunk: under the lungs it is their lower surface; under the heart and
 * to the chest wall it is stretched between what is known, like a skin (harmonic: each height the mean of its
 * neighbours).
 *
 * @param height slice index of the first voxel above the diaphragm, for index {@code i + nx·j}; NaN if no lung base is
 *     in the field of view
 */
@SuppressWarnings("ArrayRecordComponent")
record Diaphragm(double[] height, boolean found) {
    private static final int SWEEPS = 400;
    /** The lower lung surface beside the heart climbs over it; higher than this above the domes it is not diaphragm. */
    private static final double ABOVE_DOME_MM = 12;

    private static final double LUNG_ABOVE_MM = 30;
    /** A dome is only a dome if this much of it lies above the lower end of the scan. */
    private static final double SMALLEST_MM2 = 400;

    static Diaphragm find(WorkVolume ct, Lungs lungs) {
        GridSize size = ct.size();
        double[] low = new double[size.x() * size.y()];
        Arrays.fill(low, Double.NaN);
        double left = lowerSurface(ct, lungs.left(), true, low);
        double right = lowerSurface(ct, lungs.right(), false, low);
        if (Double.isNaN(left) && Double.isNaN(right)) {
            return new Diaphragm(low, false);
        }
        double lower = Double.isNaN(left) ? right : Double.isNaN(right) ? left : Math.min(left, right);
        return new Diaphragm(stretch(low, size, lower), true);
    }

    /** Lowest lung voxel of each column, where it can be diaphragm; answers the height of the dome, or NaN. */
    private static double lowerSurface(WorkVolume ct, VoxelSet lung, boolean left, double[] low) {
        GridSize size = ct.size();
        double[] bottom = new double[size.x() * size.y()];
        Arrays.fill(bottom, Double.NaN);
        double[] centre = lung.centre();
        for (int j = 0; j < size.y(); j++) {
            for (int i = 0; i < size.x(); i++) {
                bottom[i + size.x() * j] = bottom(ct, lung, i, j);
            }
        }
        double[] outer = new double[bottom.length];
        int n = 0;
        for (int at = 0; at < bottom.length; at++) {
            int i = at % size.x();
            boolean outside = left ? i <= centre[0] : i >= centre[0];
            if (outside && bottom[at] > 1) {
                outer[n++] = bottom[at];
            }
        }
        if (n * ct.mm() * ct.mm() < SMALLEST_MM2) {
            return Double.NaN;
        }
        Arrays.sort(outer, 0, n);
        double dome = outer[(int) (0.9 * (n - 1))] + ABOVE_DOME_MM / ct.mm();
        for (int at = 0; at < bottom.length; at++) {
            if (bottom[at] <= dome) {
                low[at] = bottom[at];
            }
        }
        return dome;
    }

    /** Lowest lung voxel of a column with a good piece of lung above it; NaN if there is none. */
    private static double bottom(WorkVolume ct, VoxelSet lung, int i, int j) {
        int depth = 0;
        int lowest = -1;
        for (int k = 0; k < ct.size().z(); k++) {
            if (lung.get(i, j, k)) {
                lowest = lowest < 0 ? k : lowest;
                depth++;
            }
        }
        boolean cutAbove = lung.get(i, j, ct.size().z() - 1);
        return depth * ct.mm() >= LUNG_ABOVE_MM || cutAbove ? lowest : Double.NaN;
    }

    /** @param lower height of the lower of the two domes: the heart never lies on a raised one */
    private static double[] stretch(double[] known, GridSize size, double lower) {
        double mean = Arrays.stream(known).filter(Double::isFinite).average().orElse(0);
        double[] height = new double[known.length];
        for (int n = 0; n < known.length; n++) {
            height[n] = Double.isFinite(known[n]) ? Math.min(known[n], lower) : Double.NaN;
        }
        nearest(height, size);
        for (int sweep = 0; sweep < SWEEPS; sweep++) {
            for (int j = 0; j < size.y(); j++) {
                for (int i = 0; i < size.x(); i++) {
                    int n = i + size.x() * j;
                    if (!Double.isFinite(known[n])) {
                        double left = height[i > 0 ? n - 1 : n];
                        double right = height[i < size.x() - 1 ? n + 1 : n];
                        double back = height[j > 0 ? n - size.x() : n];
                        double front = height[j < size.y() - 1 ? n + size.x() : n];
                        double around = (left + right + back + front) / 4;
                        height[n] += 1.8 * (around - height[n]);
                    }
                }
            }
        }
        for (int n = 0; n < height.length; n++) {
            height[n] = Double.isFinite(known[n]) ? known[n] : Double.isFinite(height[n]) ? height[n] : mean;
        }
        return height;
    }

    /** Starts every unknown height with that of the nearest known place. */
    private static void nearest(double[] height, GridSize size) {
        var known = VoxelSet.empty(new GridSize(size.x(), size.y(), 1), new double[] {1, 1, 1});
        for (int n = 0; n < height.length; n++) {
            if (Double.isFinite(height[n])) {
                known.bits().set(n);
            }
        }
        double[] start = height.clone();
        float[] distance = known.squaredDistance();
        for (int n = 0; n < height.length; n++) {
            if (!Double.isFinite(height[n])) {
                height[n] = towardsKnown(start, distance, n, size);
            }
        }
    }

    /** Walks down the distance map to a known place. */
    private static double towardsKnown(double[] start, float[] distance, int from, GridSize size) {
        int at = from;
        for (int step = 0; step < size.x() + size.y(); step++) {
            if (Double.isFinite(start[at])) {
                return start[at];
            }
            int best = at;
            int i = at % size.x();
            int j = at / size.x();
            for (int d = 0; d < 9; d++) {
                int x = i + d % 3 - 1;
                int y = j + d / 3 - 1;
                if (x >= 0 && y >= 0 && x < size.x() && y < size.y() && distance[x + size.x() * y] < distance[best]) {
                    best = x + size.x() * y;
                }
            }
            if (best == at) {
                break;
            }
            at = best;
        }
        return Arrays.stream(start).filter(Double::isFinite).average().orElse(0);
    }

    /** The highest point of the domes, as slice index. */
    double top() {
        double[] sorted =
                Arrays.stream(height).filter(Double::isFinite).sorted().toArray();
        return sorted.length == 0 ? 0 : sorted[(int) (0.98 * (sorted.length - 1))];
    }

    double at(int i, int j, GridSize size) {
        return height[i + size.x() * j];
    }
}
