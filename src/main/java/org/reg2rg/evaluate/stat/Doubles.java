package org.reg2rg.evaluate.stat;

import java.util.Arrays;

/** A list of numbers that grows. */
public final class Doubles {
    private double[] values = new double[64];
    private int size;

    public void add(double value) {
        if (size == values.length) {
            values = Arrays.copyOf(values, size * 2);
        }
        values[size++] = value;
    }

    public int size() {
        return size;
    }

    public double get(int index) {
        return values[index];
    }

    public double[] toArray() {
        return Arrays.copyOf(values, size);
    }
}
