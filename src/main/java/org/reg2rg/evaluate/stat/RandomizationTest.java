package org.reg2rg.evaluate.stat;

import java.util.function.ToDoubleFunction;
import java.util.stream.IntStream;

/**
 * Paired approximate randomisation (E. Noreen, 1989): if two systems were the same, their scores of a report could be
 * exchanged. The p-value is the share of random exchanges whose difference is at least as large as the one seen, the
 * one seen included.
 */
public final class RandomizationTest {
    /** Differences are equal where only the order of additions differs. */
    private static final double ROUNDING = 1e-12;

    private final int trials;
    private final long seed;

    /** @param trials how many exchanges are tried; at least 1 */
    public RandomizationTest(int trials, long seed) {
        this.trials = trials;
        this.seed = seed;
    }

    /**
     * p-value for {@code reports} pairs.
     *
     * @param difference score of the first system less that of the second, when the marked reports are exchanged
     */
    public double pValue(int reports, ToDoubleFunction<boolean[]> difference) {
        double seen = Math.abs(difference.applyAsDouble(new boolean[reports])) - ROUNDING;
        long extreme = IntStream.range(0, trials)
                .parallel()
                .filter(trial -> Math.abs(difference.applyAsDouble(exchange(trial, reports))) >= seen)
                .count();
        return (extreme + 1.0) / (trials + 1.0);
    }

    /** p-value for a score that is the mean over reports. */
    public double pValueOfMeans(double[] first, double[] second) {
        return pValue(first.length, exchanged -> {
            double sum = 0;
            for (int i = 0; i < first.length; i++) {
                double difference = first[i] - second[i];
                sum += exchanged[i] ? -difference : difference;
            }
            return sum / first.length;
        });
    }

    private boolean[] exchange(int trial, int reports) {
        var random = Seeds.generator(seed, trial);
        boolean[] marks = new boolean[reports];
        for (int i = 0; i < reports; i++) {
            marks[i] = random.nextBoolean();
        }
        return marks;
    }
}
