package org.reg2rg.model;

import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;

/**
 * Where vectors lie: their mean, their strongest directions with the variance along each, and the mean variance of all other
 * directions.
 *
 * @param directions of length 1, at right angles, the strongest first
 * @param rest above 0
 */
@SuppressWarnings("ArrayRecordComponent") // never compared
record PrincipalComponents(float[] mean, float[][] directions, float[] variances, float rest) {
    private static final int ROUNDS = 60;

    /** Keeps variances above 0 where vectors do not differ, as a share of the mean variance. */
    private static final double LEAST = 1e-6;

    /** A row of which less than this is new adds no direction. */
    private static final double DEPENDENT = 1e-9;

    /** By orthogonal iteration, which needs no matrix of width × width; the same vectors give the same bits. */
    static PrincipalComponents of(List<float[]> vectors, int count) {
        int width = vectors.getFirst().length;
        double[] mean = new double[width];
        for (float[] vector : vectors) {
            for (int i = 0; i < width; i++) {
                mean[i] += vector[i] / (double) vectors.size();
            }
        }
        float[][] centred = new float[vectors.size()][width];
        double total = 0;
        for (int n = 0; n < centred.length; n++) {
            for (int i = 0; i < width; i++) {
                centred[n][i] = (float) (vectors.get(n)[i] - mean[i]);
                total += (double) centred[n][i] * centred[n][i] / (vectors.size() - 1);
            }
        }
        double[][] basis = start(count, width);
        for (int round = 0; round < ROUNDS; round++) {
            basis = orthonormal(times(centred, basis));
        }
        double least = Math.max(LEAST * total / width, Float.MIN_NORMAL);
        float[][] directions = new float[count][width];
        float[] variances = new float[count];
        double kept = 0;
        for (int k = 0; k < count; k++) {
            for (int i = 0; i < width; i++) {
                directions[k][i] = (float) basis[k][i];
            }
            double variance = 0;
            for (float[] vector : centred) {
                double along = dot(directions[k], vector);
                variance += along * along / (vectors.size() - 1);
            }
            kept += variance;
            variances[k] = (float) Math.max(least, variance);
        }
        double rest = Math.max(least, (total - kept) / Math.max(1, width - count));
        float[] centre = new float[width];
        for (int i = 0; i < width; i++) {
            centre[i] = (float) mean[i];
        }
        return new PrincipalComponents(centre, directions, variances, (float) rest);
    }

    private static double[][] start(int count, int width) {
        var random = new SplittableRandom(1);
        double[][] basis = new double[count][width];
        for (double[] row : basis) {
            for (int i = 0; i < width; i++) {
                row[i] = random.nextDouble(-1, 1);
            }
        }
        return orthonormal(basis);
    }

    /** The covariance, up to a factor, times each row. */
    private static double[][] times(float[][] centred, double[][] basis) {
        double[][] product = new double[basis.length][basis[0].length];
        for (int k = 0; k < basis.length; k++) {
            for (float[] vector : centred) {
                double along = 0;
                for (int i = 0; i < vector.length; i++) {
                    along += vector[i] * basis[k][i];
                }
                for (int i = 0; i < vector.length; i++) {
                    product[k][i] += along * vector[i];
                }
            }
        }
        return product;
    }

    /** Gram and Schmidt; a row that depends on those before it becomes the next axis that does not. */
    private static double[][] orthonormal(double[][] rows) {
        for (int k = 0; k < rows.length; k++) {
            divide(rows[k], Math.max(Double.MIN_NORMAL, Math.sqrt(dot(rows[k], rows[k]))));
            double length = project(rows, k);
            for (int axis = 0; length < DEPENDENT && axis < rows[k].length; axis++) {
                Arrays.fill(rows[k], 0);
                rows[k][axis] = 1;
                length = project(rows, k);
            }
            divide(rows[k], length);
        }
        return rows;
    }

    private static void divide(double[] row, double by) {
        for (int i = 0; i < row.length; i++) {
            row[i] /= by;
        }
    }

    /** Takes from row k what lies along the rows before it; returns the length of what is left. */
    private static double project(double[][] rows, int k) {
        for (int pass = 0; pass < 2; pass++) { // the second takes away the rounding of the first
            for (int j = 0; j < k; j++) {
                double along = dot(rows[j], rows[k]);
                for (int i = 0; i < rows[k].length; i++) {
                    rows[k][i] -= along * rows[j][i];
                }
            }
        }
        return Math.sqrt(dot(rows[k], rows[k]));
    }

    private static double dot(double[] a, double[] b) {
        double sum = 0;
        for (int i = 0; i < a.length; i++) {
            sum += a[i] * b[i];
        }
        return sum;
    }

    static double dot(float[] a, float[] b) {
        double sum = 0;
        for (int i = 0; i < a.length; i++) {
            sum += (double) a[i] * b[i];
        }
        return sum;
    }
}
