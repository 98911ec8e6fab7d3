package org.reg2rg.evaluate.stat;

import java.util.Map;
import java.util.TreeMap;

/**
 * How long texts are, in words, with the density of Fig. 3: a Gaussian kernel estimate with Scott's bandwidth
 * (n^(−1/5) times the sample standard deviation), as {@code scipy.stats.gaussian_kde}.
 */
public final class Lengths {
    /** Points at which densities are compared, from 0 to the longest text. */
    public static final int POINTS = 1000;

    private static final double FLOOR = 1e-10;

    private final TreeMap<Integer, Integer> counts = new TreeMap<>();
    private int texts;

    /** Counts one text of so many words. */
    public void add(int words) {
        counts.merge(words, 1, Integer::sum);
        texts++;
    }

    public int texts() {
        return texts;
    }

    public int longest() {
        return counts.isEmpty() ? 0 : counts.lastKey();
    }

    /** NaN for no text. */
    public double mean() {
        double sum = 0;
        for (Map.Entry<Integer, Integer> entry : counts.entrySet()) {
            sum += (double) entry.getKey() * entry.getValue();
        }
        return sum / texts;
    }

    /** The middle length, or the mean of the two middle ones; NaN for no text. */
    public double median() {
        return texts == 0 ? Double.NaN : (at((texts - 1) / 2) + at(texts / 2)) / 2.0;
    }

    private int at(int rank) {
        int before = 0;
        for (Map.Entry<Integer, Integer> entry : counts.entrySet()) {
            before += entry.getValue();
            if (before > rank) {
                return entry.getKey();
            }
        }
        return longest();
    }

    /**
     * Density at {@link #POINTS} evenly spaced lengths from 0 to {@code longest}, per word; all NaN where fewer than two
     * texts or no two different lengths leave it undefined.
     */
    public double[] density(double longest) {
        double mean = mean();
        double squares = 0;
        for (Map.Entry<Integer, Integer> entry : counts.entrySet()) {
            squares += entry.getValue() * (entry.getKey() - mean) * (entry.getKey() - mean);
        }
        double width = Math.sqrt(squares / (texts - 1)) * Math.pow(texts, -0.2);
        double[] density = new double[POINTS];
        for (int i = 0; i < POINTS; i++) {
            double x = longest * i / (POINTS - 1);
            double sum = 0;
            for (Map.Entry<Integer, Integer> entry : counts.entrySet()) {
                double z = (x - entry.getKey()) / width;
                sum += entry.getValue() * Math.exp(-z * z / 2);
            }
            density[i] = width > 0 ? sum / (texts * width * Math.sqrt(2 * Math.PI)) : Double.NaN;
        }
        return density;
    }

    /**
     * Kullback–Leibler divergence of the predictions from the references (reference ‖ prediction) in nats: both densities
     * over {@link #POINTS} points from 0 to the longest of all texts, plus 1e-10, normalised to sum 1. NaN where a
     * density is undefined.
     */
    public static double divergence(Lengths reference, Lengths prediction) {
        double longest = Math.max(reference.longest(), prediction.longest());
        double[] p = normalised(reference.density(longest));
        double[] q = normalised(prediction.density(longest));
        double sum = 0;
        for (int i = 0; i < POINTS; i++) {
            sum += p[i] * Math.log(p[i] / q[i]);
        }
        return sum;
    }

    private static double[] normalised(double[] density) {
        double sum = 0;
        for (int i = 0; i < density.length; i++) {
            density[i] += FLOOR;
            sum += density[i];
        }
        for (int i = 0; i < density.length; i++) {
            density[i] /= sum;
        }
        return density;
    }
}
