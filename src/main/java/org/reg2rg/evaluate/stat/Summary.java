package org.reg2rg.evaluate.stat;

import java.util.Arrays;

/**
 * Mean and spread of a score over reports.
 *
 * @param std population standard deviation, as the published tables have it
 */
public record Summary(double mean, double std, int count) {
    /** The summary of some values; NaN for none. */
    public static Summary of(double[] values) {
        double mean = Arrays.stream(values).average().orElse(Double.NaN);
        double squares = 0;
        for (double value : values) {
            squares += (value - mean) * (value - mean);
        }
        return new Summary(mean, Math.sqrt(squares / values.length), values.length);
    }
}
