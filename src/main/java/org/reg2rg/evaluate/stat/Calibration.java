package org.reg2rg.evaluate.stat;

import java.util.ArrayList;
import java.util.List;

/** Whether a stated confidence means what it says: ten bins of confidence, and how often each was right. */
public final class Calibration {
    private static final int BINS = 10;

    private final int[] counts = new int[BINS];
    private final double[] confidences = new double[BINS];
    private final double[] truths = new double[BINS];
    private double squares;
    private int unreadable;

    /** Confidences from {@code low} up to {@code high}. */
    public record Bin(double low, double high, int count, double meanConfidence, double accuracy) {}

    /** Adds a stated confidence, 0 to 1 or a yes or no, and how right it was, 0 to 1. */
    public void add(String stated, double accuracy) {
        double confidence = parse(stated);
        if (Double.isNaN(confidence) || Double.isNaN(accuracy)) {
            unreadable++;
            return;
        }
        int bin = Math.min(BINS - 1, (int) (confidence * BINS));
        counts[bin]++;
        confidences[bin] += confidence;
        truths[bin] += accuracy;
        squares += (confidence - accuracy) * (confidence - accuracy);
    }

    private static double parse(String stated) {
        String lower = stated.strip().toLowerCase(java.util.Locale.ROOT);
        switch (lower) {
            case "true", "yes", "ok" -> {
                return 1;
            }
            case "false", "no" -> {
                return 0;
            }
            default -> {
                try {
                    double value = Double.parseDouble(lower);
                    return value >= 0 && value <= 1 ? value : Double.NaN;
                } catch (NumberFormatException e) {
                    return Double.NaN;
                }
            }
        }
    }

    /** Cells that were no confidence, and studies without regions. */
    public int unreadable() {
        return unreadable;
    }

    public int studies() {
        int sum = 0;
        for (int count : counts) {
            sum += count;
        }
        return sum;
    }

    /** The bins that hold something. */
    public List<Bin> bins() {
        var bins = new ArrayList<Bin>();
        for (int b = 0; b < BINS; b++) {
            if (counts[b] > 0) {
                bins.add(new Bin(
                        (double) b / BINS,
                        (b + 1.0) / BINS,
                        counts[b],
                        confidences[b] / counts[b],
                        truths[b] / counts[b]));
            }
        }
        return bins;
    }

    /** Mean distance of confidence and accuracy over the bins, weighted by their studies; NaN for none. */
    public double expectedError() {
        double sum = 0;
        for (Bin bin : bins()) {
            sum += bin.count * Math.abs(bin.meanConfidence - bin.accuracy);
        }
        return sum / studies();
    }

    /** Mean squared distance of confidence and accuracy (Brier); NaN for none. */
    public double brier() {
        return squares / studies();
    }
}
