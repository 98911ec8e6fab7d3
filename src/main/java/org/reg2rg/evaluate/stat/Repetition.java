package org.reg2rg.evaluate.stat;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Comparator;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/**
 * Whether a system says the same for everybody: how many texts differ, and how many are the single most frequent one.
 * Texts are compared after collapsing white space, by a hash of 128 bits, so that none has to be kept.
 */
public final class Repetition {
    private final Map<Key, Tally> tallies = new HashMap<>();
    private int texts;

    private record Key(long high, long low) {}

    private static final class Tally {
        private final int first;
        private int count;

        private Tally(int first) {
            this.first = first;
        }
    }

    /**
     * The most frequent text.
     *
     * @param first index of its first place among the texts added
     */
    public record Top(int first, int count) {}

    /** Counts one text. */
    public void add(String text) {
        tallies.computeIfAbsent(key(String.join(" ", text.strip().split("\\s+"))), unseen -> new Tally(texts)).count++;
        texts++;
    }

    private static Key key(String text) {
        try {
            byte[] hash = MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
            return new Key(bits(hash, 0), bits(hash, Long.BYTES));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }

    private static long bits(byte[] hash, int from) {
        long bits = 0;
        for (int i = from; i < from + Long.BYTES; i++) {
            bits = bits << Byte.SIZE | (hash[i] & 0xff);
        }
        return bits;
    }

    public int texts() {
        return texts;
    }

    /** How many different texts there are. */
    public int distinct() {
        return tallies.size();
    }

    /** Different texts of all. */
    public double distinctShare() {
        return (double) distinct() / texts;
    }

    /** Share of the {@code number} most frequent texts in all. */
    public double topShare(int number) {
        int covered = tallies.values().stream()
                .map(tally -> tally.count)
                .sorted(Comparator.reverseOrder())
                .limit(number)
                .mapToInt(Integer::intValue)
                .sum();
        return (double) covered / texts;
    }

    /** The most frequent text, of equally frequent ones the first; empty for no text. */
    public Optional<Top> top() {
        return tallies.values().stream()
                .min(Comparator.<Tally>comparingInt(tally -> -tally.count).thenComparingInt(tally -> tally.first))
                .map(tally -> new Top(tally.first, tally.count));
    }
}
