package org.reg2rg.evaluate.stat;

import java.util.Arrays;
import java.util.Optional;
import java.util.function.ToDoubleFunction;
import java.util.stream.IntStream;

/**
 * Percentile bootstrap (B. Efron, 1979): reports are drawn with replacement, the score is computed of each draw, and
 * the middle 95 % of the draws is the interval. Draw number i always sees the same reports, so that intervals of several
 * scores belong together and threads do not matter.
 */
public final class Bootstrap {
    private static final double TAIL = 0.025;

    private final int draws;
    private final long seed;

    /** @param draws how often to draw; 0 gives no intervals */
    public Bootstrap(int draws, long seed) {
        this.draws = draws;
        this.seed = seed;
    }

    /** The middle 95 % of the draws. */
    public record Interval(double low, double high) {}

    /** Interval of a score of {@code reports} reports, computed from the indices of the reports drawn. */
    public Optional<Interval> interval(int reports, ToDoubleFunction<int[]> score) {
        if (draws == 0 || reports == 0) {
            return Optional.empty();
        }
        double[] scores = IntStream.range(0, draws)
                .parallel()
                .mapToDouble(draw -> score.applyAsDouble(sample(draw, reports)))
                .filter(value -> !Double.isNaN(value))
                .sorted()
                .toArray();
        return scores.length == 0
                ? Optional.empty()
                : Optional.of(new Interval(quantile(scores, TAIL), quantile(scores, 1 - TAIL)));
    }

    /** Intervals of the means of several scores of the same reports; each row holds one score of all reports. */
    public Optional<Interval[]> meanIntervals(double[][] scores) {
        int reports = scores.length == 0 ? 0 : scores[0].length;
        if (draws == 0 || reports == 0) {
            return Optional.empty();
        }
        double[][] means = IntStream.range(0, draws)
                .parallel()
                .mapToObj(draw -> means(scores, sample(draw, reports)))
                .toArray(double[][]::new);
        var intervals = new Interval[scores.length];
        for (int s = 0; s < scores.length; s++) {
            int row = s;
            double[] sorted =
                    Arrays.stream(means).mapToDouble(m -> m[row]).sorted().toArray();
            intervals[s] = new Interval(quantile(sorted, TAIL), quantile(sorted, 1 - TAIL));
        }
        return Optional.of(intervals);
    }

    private static double[] means(double[][] scores, int[] sample) {
        double[] means = new double[scores.length];
        for (int s = 0; s < scores.length; s++) {
            double sum = 0;
            for (int report : sample) {
                sum += scores[s][report];
            }
            means[s] = sum / sample.length;
        }
        return means;
    }

    private int[] sample(int draw, int reports) {
        var random = Seeds.generator(seed, draw);
        int[] sample = new int[reports];
        for (int i = 0; i < reports; i++) {
            sample[i] = random.nextInt(reports);
        }
        return sample;
    }

    /** Linear between the two nearest values, as numpy's default. */
    static double quantile(double[] sorted, double share) {
        double place = share * (sorted.length - 1);
        int low = (int) Math.floor(place);
        int high = Math.min(low + 1, sorted.length - 1);
        return sorted[low] + (place - low) * (sorted[high] - sorted[low]);
    }
}
