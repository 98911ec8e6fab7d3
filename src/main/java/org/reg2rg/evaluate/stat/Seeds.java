package org.reg2rg.evaluate.stat;

import java.util.SplittableRandom;

/**
 * Independent random numbers for each of many draws, so that draws can be made in any order. The number of the draw is
 * scrambled into the seed (MurmurHash3 finaliser): plain steps would give the same numbers, one place further on.
 */
public final class Seeds {
    private Seeds() {}

    /** The generator of draw {@code number} under a seed. */
    public static SplittableRandom generator(long seed, long number) {
        return new SplittableRandom(scramble(scramble(seed) ^ number));
    }

    private static long scramble(long value) {
        long bits = (value ^ (value >>> 33)) * 0xff51afd7ed558ccdL;
        bits = (bits ^ (bits >>> 33)) * 0xc4ceb9fe1a85ec53L;
        return bits ^ (bits >>> 33);
    }
}
