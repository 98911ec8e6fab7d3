package org.reg2rg.train;

import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;
import java.util.stream.IntStream;

/** Random numbers of a training run, each a function of seed, purpose and number only: a resumed run draws the same ones. */
record Draws(long seed) {
    private static final RandomGeneratorFactory<RandomGenerator> FACTORY =
            RandomGeneratorFactory.of("L64X128MixRandom");

    RandomGenerator of(String purpose, long number) {
        long mixed = seed * 0x9E3779B97F4A7C15L + purpose.hashCode() * 0xD1B54A32D192ED03L + number;
        return FACTORY.create(mixed);
    }

    /** The study at this position of an endless row of shuffled epochs. */
    int study(long position, int studies) {
        return order(position / studies, studies)[(int) (position % studies)];
    }

    /** The studies of an epoch in random order. */
    int[] order(long epoch, int studies) {
        return permutation(studies, of("order", epoch));
    }

    static int[] permutation(int size, RandomGenerator random) {
        int[] order = IntStream.range(0, size).toArray();
        for (int i = size - 1; i > 0; i--) {
            int j = random.nextInt(i + 1);
            int swap = order[i];
            order[i] = order[j];
            order[j] = swap;
        }
        return order;
    }
}
