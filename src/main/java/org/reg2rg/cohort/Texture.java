package org.reg2rg.cohort;

import java.util.SplittableRandom;

/**
 * A repeating cube of smooth random numbers (mean 0, deviation 1), made once from a fixed seed; each study reads it from
 * another corner. It stands for the grain of tissue, or for the scanner's noise when it is not smoothed.
 */
final class Texture {
    private static final int BITS = 6;
    private static final int SIDE = 1 << BITS;
    private static final int MASK = SIDE - 1;

    /** Independent from voxel to voxel. */
    static final Texture NOISE = new Texture(11, 0);
    /** Lumps about three cells wide. */
    static final Texture GRAIN = new Texture(12, 2);
    /** Lumps about eight cells wide. */
    static final Texture LUMPS = new Texture(13, 10);

    private final float[] values;

    private Texture(long seed, int smoothings) {
        var random = new SplittableRandom(seed);
        float[] v = new float[SIDE * SIDE * SIDE];
        for (int n = 0; n < v.length; n++) {
            v[n] = (float) random.nextGaussian();
        }
        for (int pass = 0; pass < smoothings; pass++) {
            for (int step : new int[] {1, SIDE, SIDE * SIDE}) {
                v = smoothed(v, step);
            }
        }
        values = standardised(v);
    }

    private static float[] smoothed(float[] v, int step) {
        int all = v.length - 1;
        float[] out = new float[v.length];
        for (int n = 0; n < v.length; n++) {
            // wrapping over the whole array is seamless enough: neighbours stay neighbours
            out[n] = 0.25f * v[(n - step) & all] + 0.5f * v[n] + 0.25f * v[(n + step) & all];
        }
        return out;
    }

    private static float[] standardised(float[] v) {
        double sum = 0;
        double squares = 0;
        for (float x : v) {
            sum += x;
            squares += (double) x * x;
        }
        double mean = sum / v.length;
        double deviation = Math.sqrt(squares / v.length - mean * mean);
        for (int n = 0; n < v.length; n++) {
            v[n] = (float) ((v[n] - mean) / deviation);
        }
        return v;
    }

    /** Value of cell (i, j, k); repeats every 64 cells. */
    float at(int i, int j, int k) {
        return values[(i & MASK) | (j & MASK) << BITS | (k & MASK) << 2 * BITS];
    }
}
