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
    private static final double LEAST_HALF_MM = 15;
    /** Spread of the logarithm of the size, of that of one axis against the others, and of the place in mm. */
    private static final double SIZE_SPREAD = 0.3;

    private static final double FORM_SPREAD = 0.08;

    private static final double PLACE_SPREAD_MM = 16;
    /** How many voxels of evidence one deviation of the prior is worth, as a share of the usual heart. */
    private static final double PRIOR_WEIGHT = 0.012;

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
        return search.shape(Climb.best(new double[] {12, 12, 12, 12, 12, 12}, search::score));
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

        /** @param p how far each end of each axis is moved outwards, in mm: first the far end, then the near one */
        HeartShape shape(double[] p) {
            double[] centre = start.clone();
            double[] half = USUAL_HALF.clone();
            for (int axis = 0; axis < 3; axis++) {
                half[axis] = Math.max(LEAST_HALF_MM, half[axis] + (p[2 * axis] + p[2 * axis + 1]) / 2);
                for (int n = 0; n < 3; n++) {
                    centre[n] += AXES[axis][n] * (p[2 * axis] - p[2 * axis + 1]) / 2;
                }
            }
            return new HeartShape(centre, half);
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
            return sum - prior * departs(shape);
        }

        /** Squared deviations from the usual place, form and size. */
        private double departs(HeartShape shape) {
            double sum = 0;
            double[] growth = new double[3];
            for (int n = 0; n < 3; n++) {
                growth[n] = Math.log(shape.half[n] / USUAL_HALF[n]);
                sum += Math.pow((shape.centre[n] - start[n]) / PLACE_SPREAD_MM, 2);
            }
            double mean = Arrays.stream(growth).average().orElse(0);
            for (double g : growth) {
                sum += Math.pow((g - mean) / FORM_SPREAD, 2);
            }
            return sum + Math.pow(mean / SIZE_SPREAD, 2);
        }
    }
}
