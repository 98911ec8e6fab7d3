package org.reg2rg.cohort;

import java.util.List;
import java.util.SplittableRandom;
import java.util.random.RandomGenerator;

/** Random numbers of one study: one independent stream for each purpose, so that one part never shifts another. */
final class Draw {
    private final RandomGenerator random;

    Draw(RandomGenerator random) {
        this.random = random;
    }

    /** The stream of a purpose ("anatomy", "report") in one study of one cohort. */
    static Draw of(long seed, int study, String purpose) {
        long mixed = mix(seed ^ mix(study + 0x9E3779B97F4A7C15L) ^ mix(purpose.hashCode()));
        return new Draw(new SplittableRandom(mixed));
    }

    private static long mix(long z) {
        long a = (z ^ (z >>> 30)) * 0xBF58476D1CE4E5B9L;
        long b = (a ^ (a >>> 27)) * 0x94D049BB133111EBL;
        return b ^ (b >>> 31);
    }

    double between(double low, double high) {
        return low + (high - low) * random.nextDouble();
    }

    /** A normal number, cut at two standard deviations. */
    double around(double mean, double deviation) {
        return mean + deviation * Math.clamp(random.nextGaussian(), -2, 2);
    }

    double normal() {
        return random.nextGaussian();
    }

    /** A whole number from {@code low} to {@code high}, both included. */
    int whole(int low, int high) {
        return random.nextInt(low, high + 1);
    }

    boolean chance(double probability) {
        return random.nextDouble() < probability;
    }

    <T> T of(List<T> choices) {
        return choices.get(random.nextInt(choices.size()));
    }

    @SafeVarargs
    final <T> T any(T... choices) {
        return choices[random.nextInt(choices.length)];
    }

    /** Index drawn with the given weights. */
    int weighted(double... weights) {
        double sum = 0;
        for (double w : weights) {
            sum += w;
        }
        double at = random.nextDouble() * sum;
        for (int n = 0; n < weights.length - 1; n++) {
            at -= weights[n];
            if (at < 0) {
                return n;
            }
        }
        return weights.length - 1;
    }
}
