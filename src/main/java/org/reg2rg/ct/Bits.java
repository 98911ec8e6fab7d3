package org.reg2rg.ct;

/** A fixed number of bits; 512×512×800 voxels take 26 MB. Not safe for writing by several threads at once. */
public final class Bits {
    private final long[] words;
    private final int size;

    public Bits(int size) {
        this.size = size;
        this.words = new long[(size + 63) >>> 6];
    }

    public int size() {
        return size;
    }

    public boolean get(int index) {
        return (words[index >>> 6] >>> (index & 63) & 1) != 0;
    }

    public void set(int index) {
        words[index >>> 6] |= 1L << (index & 63);
    }

    /** Sets the bits {@code from} (inclusive) to {@code to} (exclusive). */
    public void set(int from, int to) {
        if (from >= to) {
            return;
        }
        int first = from >>> 6;
        int last = (to - 1) >>> 6;
        long head = -1L << (from & 63);
        long tail = -1L >>> (63 - ((to - 1) & 63));
        if (first == last) {
            words[first] |= head & tail;
            return;
        }
        words[first] |= head;
        for (int w = first + 1; w < last; w++) {
            words[w] = -1L;
        }
        words[last] |= tail;
    }

    /** The bits {@code from} to {@code from + count} (exclusive, at most 64) in the low bits of a word. */
    public long word(int from, int count) {
        int w = from >>> 6;
        int shift = from & 63;
        long value = words[w] >>> shift;
        if (shift > 0 && shift + count > 64) {
            value |= words[w + 1] << (64 - shift);
        }
        return count == 64 ? value : value & ((1L << count) - 1);
    }

    /** Sets, from {@code from} on, the bits that are set among the low {@code count} bits of {@code word}. */
    public void or(int from, long word, int count) {
        long value = count == 64 ? word : word & ((1L << count) - 1);
        int w = from >>> 6;
        int shift = from & 63;
        words[w] |= value << shift;
        if (shift > 0 && shift + count > 64) {
            words[w + 1] |= value >>> (64 - shift);
        }
    }

    /** Turns every bit round. */
    public void flip() {
        for (int w = 0; w < words.length; w++) {
            words[w] = ~words[w];
        }
        int used = size & 63;
        if (used != 0) {
            words[words.length - 1] &= (1L << used) - 1;
        }
    }

    public void clear(int index) {
        words[index >>> 6] &= ~(1L << (index & 63));
    }

    public int count() {
        int n = 0;
        for (long word : words) {
            n += Long.bitCount(word);
        }
        return n;
    }

    /** Sets every bit that is set in {@code other}. */
    public void or(Bits other) {
        for (int w = 0; w < words.length; w++) {
            words[w] |= other.words[w];
        }
    }

    /** Clears every bit that is set in {@code other}. */
    public void andNot(Bits other) {
        for (int w = 0; w < words.length; w++) {
            words[w] &= ~other.words[w];
        }
    }

    /** Keeps only the bits that are set in {@code other} too. */
    public void and(Bits other) {
        for (int w = 0; w < words.length; w++) {
            words[w] &= other.words[w];
        }
    }

    public Bits copy() {
        var copy = new Bits(size);
        System.arraycopy(words, 0, copy.words, 0, words.length);
        return copy;
    }

    /** Whether some bit is set in both. */
    public boolean intersects(Bits other) {
        for (int w = 0; w < words.length; w++) {
            if ((words[w] & other.words[w]) != 0) {
                return true;
            }
        }
        return false;
    }

    /** Number of bits that are set in both. */
    public int countAnd(Bits other) {
        int n = 0;
        for (int w = 0; w < words.length; w++) {
            n += Long.bitCount(words[w] & other.words[w]);
        }
        return n;
    }

    /** First set bit at or after {@code from}, or -1. */
    public int nextSet(int from) {
        int w = from >>> 6;
        if (from >= size) {
            return -1;
        }
        long word = words[w] & (-1L << (from & 63));
        while (word == 0) {
            if (++w == words.length) {
                return -1;
            }
            word = words[w];
        }
        return (w << 6) + Long.numberOfTrailingZeros(word);
    }

    /** First set bit in [from, end), or {@code end}. */
    public int nextSet(int from, int end) {
        for (int i = from; i < end; ) {
            long word = words[i >>> 6] >>> (i & 63);
            if (word != 0) {
                return Math.min(end, i + Long.numberOfTrailingZeros(word));
            }
            i = (i | 63) + 1;
        }
        return end;
    }

    /** First bit that is not set in [from, end), or {@code end}. */
    public int nextClear(int from, int end) {
        for (int i = from; i < end; ) {
            long word = ~words[i >>> 6] >>> (i & 63);
            if (word != 0) {
                return Math.min(end, i + Long.numberOfTrailingZeros(word));
            }
            i = (i | 63) + 1;
        }
        return end;
    }
}
