package org.reg2rg.evaluate.stat;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.reg2rg.Tolerance;

class StatisticsTest {
    @Test
    void bootstrapIntervalIsAsWideAsTheNormalOne() {
        var random = new Random(7);
        double[] scores = random.doubles(2000).toArray();
        Summary summary = Summary.of(scores);
        Bootstrap.Interval interval =
                new Bootstrap(2000, 3).meanIntervals(new double[][] {scores}).orElseThrow()[0];
        double halfWidth = 1.96 * summary.std() / Math.sqrt(scores.length);
        assertThat((interval.high() - interval.low()) / (2 * halfWidth)).isBetween(0.93, 1.07);
        assertThat((interval.high() + interval.low()) / 2 - summary.mean()).isBetween(-halfWidth / 10, halfWidth / 10);
    }

    @Test
    void bootstrapIsSeededAndMayBeLeftOut() {
        double[][] scores = {new Random(1).doubles(50).toArray()};
        assertThat(new Bootstrap(100, 5).meanIntervals(scores).orElseThrow())
                .isEqualTo(new Bootstrap(100, 5).meanIntervals(scores).orElseThrow())
                .isNotEqualTo(new Bootstrap(100, 6).meanIntervals(scores).orElseThrow());
        assertThat(new Bootstrap(0, 5).meanIntervals(scores)).isEmpty();
        assertThat(new Bootstrap(10, 5).interval(0, sample -> 1)).isEmpty();
    }

    @Test
    void randomisationTestFindsADifferenceAndOnlyThat() {
        double[] first = new Random(1).doubles(300).toArray();
        double[] noise = IntStream.range(0, 300)
                .mapToDouble(i -> first[i] + (i % 2 == 0 ? 0.1 : -0.1))
                .toArray();
        double[] better = Arrays.stream(noise).map(score -> score + 0.05).toArray();
        var test = new RandomizationTest(1000, 0);
        assertThat(test.pValueOfMeans(first, first)).isEqualTo(1);
        assertThat(test.pValueOfMeans(first, noise)).isGreaterThan(0.9);
        assertThat(test.pValueOfMeans(first, better)).isEqualTo(1.0 / 1001);
    }

    @Test
    void densityIsThatOfScipy() {
        var lengths = new Lengths();
        for (int words : new int[] {3, 5, 5, 8, 13, 21}) {
            lengths.add(words);
        }
        // scipy.stats.gaussian_kde([3, 5, 5, 8, 13, 21])([0, 21]): see tools/golden/text_scores.py
        double[] density = lengths.density(21);
        assertThat(density[0]).isCloseTo(0.03125967074926184, Tolerance.TEXT_SCORE.offset());
        assertThat(density[Lengths.POINTS - 1]).isCloseTo(0.017846438812462218, Tolerance.TEXT_SCORE.offset());
        assertThat(lengths.median()).isEqualTo(6.5);
        assertThat(Lengths.divergence(lengths, lengths)).isZero();
    }

    @Test
    void repetitionCountsTextsAfterCollapsingBlanks() {
        var repetition = new Repetition();
        for (String text : new String[] {"a", "b  c", "b c ", "b c", "d"}) {
            repetition.add(text);
        }
        assertThat(repetition.distinct()).isEqualTo(3);
        assertThat(repetition.topShare(1)).isEqualTo(0.6);
        assertThat(repetition.top()).contains(new Repetition.Top(1, 3));
    }

    @Test
    void calibrationSeparatesBins() {
        var calibration = new Calibration();
        calibration.add("0.95", 1);
        calibration.add("0.95", 0);
        calibration.add("no", 0);
        calibration.add("perhaps", 1);
        assertThat(calibration.unreadable()).isEqualTo(1);
        assertThat(calibration.bins()).hasSize(2);
        assertThat(calibration.expectedError()).isCloseTo(0.3, Tolerance.TEXT_SCORE.offset());
    }
}
