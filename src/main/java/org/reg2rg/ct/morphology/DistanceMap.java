package org.reg2rg.ct.morphology;

import java.util.Arrays;
import java.util.stream.IntStream;
import org.reg2rg.ct.Bits;
import org.reg2rg.ct.GridSize;

/**
 * Exact Euclidean distances on a grid with unequal spacing: one pass an axis, each the lower envelope of parabolas
 * (Felzenszwalb and Huttenlocher, Theory of Computing 8, 2012). Lines are independent, so the passes run in parallel
 * and give the same numbers as one thread.
 */
public final class DistanceMap {
    /** Squared distance where there is no set voxel at all; finite, so that parabolas can be compared. */
    public static final float FAR = 1e12f;

    private DistanceMap() {}

    /**
     * Squared distance in mm² from each voxel to the nearest voxel of {@code set}; {@link #FAR} or more where the set
     * is empty.
     *
     * @param mm spacing along the three axes
     */
    public static float[] squared(Bits set, GridSize size, double[] mm) {
        float[] distance = new float[size.voxels()];
        IntStream.range(0, size.z()).parallel().forEach(k -> alongX(set, distance, size, mm[0], k));
        IntStream.range(0, size.z()).parallel().forEach(k -> {
            var line = new Envelope(size.y(), mm[1]);
            for (int i = 0; i < size.x(); i++) {
                line.run(distance, size.index(i, 0, k), size.x());
            }
        });
        if (size.z() > 1) {
            IntStream.range(0, size.y()).parallel().forEach(j -> {
                var line = new Envelope(size.z(), mm[2]);
                for (int i = 0; i < size.x(); i++) {
                    line.run(distance, size.index(i, j, 0), size.x() * size.y());
                }
            });
        }
        return distance;
    }

    /** On a line of zeros and ones the nearest one is found by walking there and back. */
    private static void alongX(Bits set, float[] distance, GridSize size, double mm, int k) {
        int n = size.x();
        for (int j = 0; j < size.y(); j++) {
            int start = size.index(0, j, k);
            int last = -1;
            for (int i = 0; i < n; i++) {
                if (set.get(start + i)) {
                    last = i;
                }
                distance[start + i] = last < 0 ? FAR : square((i - last) * mm);
            }
            last = -1;
            for (int i = n - 1; i >= 0; i--) {
                if (set.get(start + i)) {
                    last = i;
                }
                if (last >= 0) {
                    distance[start + i] = Math.min(distance[start + i], square((last - i) * mm));
                }
            }
        }
    }

    private static float square(double d) {
        return (float) (d * d);
    }

    /** The lower envelope of the parabolas of one line, with its scratch arrays. */
    private static final class Envelope {
        private final int n;
        private final double mm2;
        private final double[] value;
        private final int[] vertex;
        private final double[] border;

        Envelope(int n, double mm) {
            this.n = n;
            this.mm2 = mm * mm;
            this.value = new double[n];
            this.vertex = new int[n];
            this.border = new double[n + 1];
        }

        void run(float[] distance, int start, int stride) {
            boolean empty = true;
            boolean zero = true;
            for (int q = 0; q < n; q++) {
                value[q] = distance[start + q * stride];
                empty &= value[q] >= FAR;
                zero &= value[q] == 0;
            }
            if (empty || zero) {
                return;
            }
            build();
            int v = 0;
            for (int q = 0; q < n; q++) {
                while (border[v + 1] < q) {
                    v++;
                }
                double step = q - vertex[v];
                distance[start + q * stride] = (float) (mm2 * step * step + value[vertex[v]]);
            }
        }

        private void build() {
            Arrays.fill(vertex, 0);
            int v = 0;
            border[0] = Double.NEGATIVE_INFINITY;
            border[1] = Double.POSITIVE_INFINITY;
            for (int q = 1; q < n; q++) {
                double cross = crossing(q, vertex[v]);
                while (cross <= border[v]) {
                    v--;
                    cross = crossing(q, vertex[v]);
                }
                v++;
                vertex[v] = q;
                border[v] = cross;
                border[v + 1] = Double.POSITIVE_INFINITY;
            }
        }

        private double crossing(int q, int p) {
            return ((value[q] + mm2 * q * q) - (value[p] + mm2 * p * p)) / (2 * mm2 * (q - p));
        }
    }
}
