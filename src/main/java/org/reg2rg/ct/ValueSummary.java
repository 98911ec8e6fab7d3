package org.reg2rg.ct;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * The distribution of a volume's values, from a histogram of 65,536 equal bins between the smallest and the largest.
 *
 * @param min smallest value
 * @param max largest value
 * @param mean average
 * @param histogram voxels per bin
 */
@SuppressWarnings("ArrayRecordComponent") // summaries are never compared with equals
public record ValueSummary(float min, float max, double mean, int[] histogram) {
    /** What is told of the distribution. */
    public static final int[] PERCENTILES = {1, 5, 25, 50, 75, 95, 99};

    private static final int BINS = 1 << 16;

    /** Where air lies after an intercept of −1024 was applied twice. */
    private static final float[] AIR_TWICE = {-2200, -1900};

    private static final double AIR_TWICE_SHARE = 0.05;
    private static final double TISSUE_SHARE = 0.02;
    private static final float TISSUE_ABOVE_HU = -300;

    /** @param values at least one, all finite */
    public static ValueSummary of(float[] values) {
        float min = Float.POSITIVE_INFINITY;
        float max = Float.NEGATIVE_INFINITY;
        double sum = 0;
        for (float v : values) {
            min = Math.min(min, v);
            max = Math.max(max, v);
            sum += v;
        }
        int[] histogram = new int[BINS];
        double perValue = max > min ? (BINS - 1) / ((double) max - min) : 0;
        for (float v : values) {
            histogram[(int) ((v - (double) min) * perValue)]++;
        }
        return new ValueSummary(min, max, sum / values.length, histogram);
    }

    /** The value below which {@code percent} of the voxels lie, to 1/65,536 of the range. */
    public double percentile(double percent) {
        long total = Arrays.stream(histogram).asLongStream().sum();
        double wanted = total * percent / 100;
        long seen = 0;
        for (int bin = 0; bin < BINS; bin++) {
            seen += histogram[bin];
            if (seen >= wanted && seen > 0) {
                return valueOf(bin);
            }
        }
        return max;
    }

    /** The part of the voxels below a value, in [0, 1]. */
    public double shareBelow(float value) {
        long total = 0;
        long below = 0;
        for (int bin = 0; bin < BINS; bin++) {
            total += histogram[bin];
            below += valueOf(bin) < value ? histogram[bin] : 0;
        }
        return (double) below / total;
    }

    /** Whether much lies where air would be after two shifts by −1024, and hardly anything where tissue should be. */
    boolean rescaledTwice() {
        double air = shareBelow(AIR_TWICE[1]) - shareBelow(AIR_TWICE[0]);
        return air > AIR_TWICE_SHARE && 1 - shareBelow(TISSUE_ABOVE_HU) < TISSUE_SHARE;
    }

    /** "−1024 … 3071, mean −741.4". */
    String range() {
        return String.format(Locale.ROOT, "%s … %s, mean %s", number(min), number(max), number(mean));
    }

    /** "1 %: −1024, 5 %: −1010, …". */
    String percentileText() {
        Map<Integer, String> texts = new LinkedHashMap<>();
        for (int percent : PERCENTILES) {
            texts.put(percent, number(percentile(percent)));
        }
        return texts.entrySet().stream()
                .map(e -> e.getKey() + " %: " + e.getValue())
                .collect(Collectors.joining(", "));
    }

    private double valueOf(int bin) {
        return min + bin * ((double) max - min) / (BINS - 1);
    }

    private String number(double value) {
        return max - min > 50 ? String.valueOf(Math.round(value)) : String.format(Locale.ROOT, "%.4g", value);
    }
}
