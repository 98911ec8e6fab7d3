package org.reg2rg.ct;

import java.util.Locale;
import java.util.OptionalDouble;
import org.reg2rg.core.InputException;

/**
 * Turns the values of one mask file into a mask while they are read. With a threshold, the mask is {@code value > T}.
 * Without: values in [0, 1] are factors, as published; 0 and one other value mean outside and inside; anything else is
 * refused.
 */
final class MaskValues implements VoxelSink {
    private static final int GROUP = 256;

    private final String subject;
    private final Grid grid;
    private final OptionalDouble threshold;
    private final Bits inside;
    private float[] factors = {};
    private float min = Float.POSITIVE_INFINITY;
    private float max = Float.NEGATIVE_INFINITY;
    private float other; // the first value that is not 0; 0 while there is none
    private boolean several; // more than one such value

    MaskValues(String subject, Grid grid, OptionalDouble threshold) {
        this.subject = subject;
        this.grid = grid;
        this.threshold = threshold;
        this.inside = new Bits(grid.size().voxels());
    }

    @Override
    public void accept(int start, float[] values, int count) {
        if (threshold.isPresent()) {
            above(threshold.getAsDouble(), start, values, count);
            return;
        }
        for (int i = 0; i < count; i += GROUP) {
            int end = Math.min(count, i + GROUP);
            if (allZero(values, i, end)) {
                min = Math.min(min, 0);
                max = Math.max(max, 0);
            } else {
                take(values, i, end, start);
            }
        }
        if (several && min >= 0 && max <= 1) {
            keepFactors(start, values, count);
        } else if (several) {
            factors = new float[0]; // will be refused; the range is still wanted
        }
    }

    /** Most of a mask is outside: this is the loop that must be fast. */
    private static boolean allZero(float[] values, int from, int end) {
        int bits = 0;
        for (int i = from; i < end; i++) {
            bits |= Float.floatToRawIntBits(values[i]);
        }
        return bits << 1 == 0; // -0 is zero, too
    }

    private void take(float[] values, int from, int end, int start) {
        for (int i = from; i < end; i++) {
            float value = values[i];
            min = Math.min(min, value);
            max = Math.max(max, value);
            if (value != 0) {
                other = other == 0 ? value : other;
                several |= value != other;
                inside.set(start + i);
            }
        }
    }

    private void above(double t, int start, float[] values, int count) {
        for (int i = 0; i < count; i++) {
            if (values[i] > t) {
                inside.set(start + i);
            }
        }
    }

    private void keepFactors(int start, float[] values, int count) {
        if (factors.length == 0) {
            factors = weighted(start);
        }
        System.arraycopy(values, 0, factors, start, count);
    }

    /** What was read before {@code end}, when all of it was 0 or {@code other}. */
    private float[] weighted(int end) {
        float[] values = new float[grid.size().voxels()];
        for (int at = inside.nextSet(0, end); at < end; at = inside.nextSet(at + 1, end)) {
            values[at] = other;
        }
        return values;
    }

    /** The mask, after the last value. */
    RegionMask mask() {
        if (threshold.isPresent() || (!several && (other == 0 || other >= 1 || other < 0))) {
            return new RegionMask.Binary(grid, inside);
        }
        if (!several) {
            return new RegionMask.Fractional(grid, weighted(grid.size().voxels()));
        }
        if (min >= 0 && max <= 1) {
            return new RegionMask.Fractional(grid, factors);
        }
        throw new InputException(
                subject,
                String.format(
                        Locale.ROOT,
                        "mask values run from %s to %s (expected 0 and one other value, or factors from 0 to 1)",
                        number(min),
                        number(max)),
                "give --mask-threshold T to take what is above T");
    }

    private static String number(float value) {
        return value == Math.rint(value) ? String.valueOf((long) value) : String.valueOf(value);
    }
}
