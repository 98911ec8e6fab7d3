package org.reg2rg.ct.morphology;

import java.util.Arrays;
import java.util.stream.IntStream;
import org.reg2rg.ct.Bits;
import org.reg2rg.ct.GridSize;

/** The convex hull of a set within each slice of axis 2. */
public final class SliceHull {
    private SliceHull() {}

    /** Each slice becomes the smallest convex shape around its set voxels; empty slices stay empty. */
    public static VoxelSet of(VoxelSet set) {
        GridSize size = set.size();
        var hull = new Bits(size.voxels());
        for (int k = 0; k < size.z(); k++) {
            int[][] points = outermost(set, k);
            if (points.length > 0) {
                fill(hull, size, k, polygon(points));
            }
        }
        return new VoxelSet(size, set.mm(), hull);
    }

    /** The first and last voxel of each row; no other can be a corner. Sorted by y, then x. */
    private static int[][] outermost(VoxelSet set, int k) {
        GridSize size = set.size();
        int[][] points = new int[2 * size.y()][];
        int n = 0;
        for (int j = 0; j < size.y(); j++) {
            int start = size.index(0, j, k);
            int first = set.bits().nextSet(start);
            if (first >= 0 && first < start + size.x()) {
                int last = start + size.x() - 1;
                while (!set.contains(last)) {
                    last--;
                }
                points[n++] = new int[] {first - start, j};
                points[n++] = new int[] {last - start, j};
            }
        }
        return Arrays.copyOf(points, n);
    }

    /** Lower and upper chain (Andrew's monotone chain) along y: {left border, right border} as corner lists. */
    private static int[][][] polygon(int[][] points) {
        return new int[][][] {chain(points, 1), chain(points, -1)};
    }

    private static int[][] chain(int[][] points, int sign) {
        int[][] corners = new int[points.length][];
        int n = 0;
        for (int[] p : points) {
            if (n > 0 && corners[n - 1][1] == p[1]) {
                if (sign * (p[0] - corners[n - 1][0]) >= 0) {
                    continue;
                }
                n--;
            }
            while (n >= 2 && sign * cross(corners[n - 2], corners[n - 1], p) <= 0) {
                n--;
            }
            corners[n++] = p;
        }
        return Arrays.copyOf(corners, n);
    }

    /** Positive where the way a → b → c bends so that b bulges towards smaller x. */
    private static long cross(int[] a, int[] b, int[] c) {
        return (long) (c[0] - a[0]) * (b[1] - a[1]) - (long) (b[0] - a[0]) * (c[1] - a[1]);
    }

    private static void fill(Bits hull, GridSize size, int k, int[][][] chains) {
        int low = chains[0][0][1];
        int high = chains[0][chains[0].length - 1][1];
        IntStream.rangeClosed(low, high).forEach(j -> {
            int from = (int) Math.ceil(border(chains[0], j) - 1e-9);
            int to = (int) Math.floor(border(chains[1], j) + 1e-9);
            hull.set(size.index(0, j, k) + from, size.index(0, j, k) + to + 1);
        });
    }

    private static double border(int[][] chain, int y) {
        for (int n = 1; n < chain.length; n++) {
            if (y <= chain[n][1]) {
                double share = (double) (y - chain[n - 1][1]) / (chain[n][1] - chain[n - 1][1]);
                return chain[n - 1][0] + share * (chain[n][0] - chain[n - 1][0]);
            }
        }
        return chain[chain.length - 1][0];
    }
}
