package org.reg2rg.segment;

import java.util.Arrays;
import org.reg2rg.ct.GridSize;
import org.reg2rg.ct.morphology.VoxelSet;

/**
 * An egg that fits the heart: its long axis points to the left, to the front and down, as the heart's does. Lungs and the
 * space between them say where it can be and where it must be; where heart lies on liver and neither differs from the
 * other, the roundness of the rest decides.
 *
 * @param centre in mm on the axes right, front, head from the corner of the work grid
 * @param half lengths of the half axes in mm: long, across, upright
 */
@SuppressWarnings("ArrayRecordComponent")
record HeartShape(double[] centre, double[] half) {
    /** The heart's own axes in a book: to the apex; across; upright. */
    private static final double[][] AXES = axes(new double[] {-0.74, 0.47, -0.48}, new double[] {-0.4, -0.9, 0});

    private static final double[] USUAL_HALF = {66, 47, 47};
    /** Spread of the logarithm of the size, and of the place in mm. */
    private static final double SIZE_SPREAD = 0.3;

    private static final double PLACE_SPREAD_MM = 16;
    /** How many voxels of evidence one deviation of the prior is worth, as a share of the usual heart. */
    private static final double PRIOR_WEIGHT = 0.012;

    private static final int ROUNDS = 7;

    /** What a voxel says: above 0 it wants to be in the heart, below 0 out of it. */
    @FunctionalInterface
    interface Evidence {
        double at(int n);
    }

    private static double[][] axes(double[] first, double[] second) {
        double[] a = unit(first);
        double[] b = unit(minus(second, a, dot(second, a)));
        double[] c = {a[1] * b[2] - a[2] * b[1], a[2] * b[0] - a[0] * b[2], a[0] * b[1] - a[1] * b[0]};
        return new double[][] {a, b, c};
    }

    private static double[] unit(double[] v) {
        double length = Math.sqrt(dot(v, v));
        return new double[] {v[0] / length, v[1] / length, v[2] / length};
    }

    private static double[] minus(double[] v, double[] w, double times) {
        return new double[] {v[0] - times * w[0], v[1] - times * w[1], v[2] - times * w[2]};
    }

    private static double dot(double[] v, double[] w) {
        return v[0] * w[0] + v[1] * w[1] + v[2] * w[2];
    }

    /** Squared distance from the centre in half axes: up to 1 inside. */
    double radius(double x, double y, double z) {
        double[] d = {x - centre[0], y - centre[1], z - centre[2]};
        double sum = 0;
        for (int axis = 0; axis < 3; axis++) {
            double along = dot(d, AXES[axis]) / half[axis];
            sum += along * along;
        }
        return sum;
    }

    /** About how many mm a place lies within the surface. */
    double depth(double x, double y, double z) {
        return (1 - Math.sqrt(radius(x, y, z))) * Arrays.stream(half).min().orElse(0);
    }

    HeartShape grown(double mm) {
        return new HeartShape(centre, new double[] {half[0] + mm, half[1] + mm, half[2] + mm});
    }

    /** The voxels of a grid inside of it. */
    VoxelSet in(GridSize size, double mm) {
        return VoxelSet.where(
                size,
                new double[] {mm, mm, mm},
                n -> radius(n % size.x() * mm, n / size.x() % size.y() * mm, n / (size.x() * size.y()) * mm) <= 1);
    }

    /**
     * The shape that gathers most evidence and departs least from the usual heart.
     *
     * @param start the usual place of the centre, in mm
     */
    static HeartShape fit(GridSize size, double mm, double[] start, Evidence evidence) {
        var search = new Search(size, mm, start, evidence);
        double[] p = new double[6];
        double best = search.score(p);
        double[] step = {12, 12, 12, 0.2, 0.2, 0.2};
        for (int round = 0; round < ROUNDS; round++) {
            boolean better = true;
            while (better) {
                better = false;
                for (int n = 0; n < 12; n++) {
                    double[] q = p.clone();
                    q[n / 2] += n % 2 == 0 ? step[n / 2] : -step[n / 2];
                    double score = search.score(q);
                    if (score > best + 1e-9) {
                        best = score;
                        p = q;
                        better = true;
                    }
                }
            }
            for (int n = 0; n < 6; n++) {
                step[n] *= 0.6;
            }
        }
        return search.shape(p);
    }

    /** The evidence on every second voxel, and the prior. */
    private static final class Search {
        private final double mm;
        private final double[] start;
        private final int nx;
        private final int ny;
        private final int nz;
        private final float[] evidence;
        private final double prior;

        Search(GridSize size, double mm, double[] start, Evidence of) {
            this.mm = 2 * mm;
            this.start = start;
            nx = (size.x() + 1) / 2;
            ny = (size.y() + 1) / 2;
            nz = (size.z() + 1) / 2;
            evidence = new float[nx * ny * nz];
            for (int n = 0; n < evidence.length; n++) {
                int at = size.index(2 * (n % nx), 2 * (n / nx % ny), 2 * (n / (nx * ny)));
                evidence[n] = (float) of.at(at);
            }
            double voxels = 4.19 * USUAL_HALF[0] * USUAL_HALF[1] * USUAL_HALF[2] / Math.pow(this.mm, 3);
            prior = PRIOR_WEIGHT * voxels;
        }

        HeartShape shape(double[] p) {
            return new HeartShape(new double[] {start[0] + p[0], start[1] + p[1], start[2] + p[2]}, new double[] {
                USUAL_HALF[0] * Math.exp(p[3]), USUAL_HALF[1] * Math.exp(p[4]), USUAL_HALF[2] * Math.exp(p[5])
            });
        }

        double score(double[] p) {
            HeartShape shape = shape(p);
            double reach = Arrays.stream(shape.half).max().orElse(0);
            int[] low = new int[3];
            int[] high = new int[3];
            int[] size = {nx, ny, nz};
            for (int axis = 0; axis < 3; axis++) {
                low[axis] = Math.clamp((int) Math.floor((shape.centre[axis] - reach) / mm), 0, size[axis] - 1);
                high[axis] = Math.clamp((int) Math.ceil((shape.centre[axis] + reach) / mm), 0, size[axis] - 1);
            }
            double sum = 0;
            for (int k = low[2]; k <= high[2]; k++) {
                for (int j = low[1]; j <= high[1]; j++) {
                    for (int i = low[0]; i <= high[0]; i++) {
                        float e = evidence[i + nx * (j + ny * k)];
                        if (e != 0 && shape.radius(i * mm, j * mm, k * mm) <= 1) {
                            sum += e;
                        }
                    }
                }
            }
            double departs = 0;
            double meanSize = (p[3] + p[4] + p[5]) / 3;
            for (int n = 0; n < 3; n++) {
                departs += Math.pow(p[n] / PLACE_SPREAD_MM, 2) + Math.pow((p[3 + n] - meanSize) / 0.08, 2);
            }
            departs += Math.pow(meanSize / SIZE_SPREAD, 2);
            return sum - prior * departs;
        }
    }
}
