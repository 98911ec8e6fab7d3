package org.reg2rg.language;

import java.util.Arrays;

/**
 * Byte-pair merging: which neighbours may become one, and in which order. A piece of n symbols takes O(n log n) with a
 * heap of candidates over a linked list, so that long texts stay fast.
 */
final class BpeMerges {
    private static final long NONE = -1;
    private static final int NO_SYMBOL = -1;

    private long[] keys = filled(1 << 10);
    private long[] values = new long[1 << 10];
    private int count;

    /** Lets {@code left} and {@code right} become {@code merged}; earlier calls win over later ones. */
    void add(int left, int right, int merged) {
        if (count * 2 >= keys.length) {
            grow();
        }
        int slot = slot(keys, pair(left, right));
        if (keys[slot] == NONE) {
            keys[slot] = pair(left, right);
            values[slot] = pair(count++, merged);
        }
    }

    /** Applies all merges to {@code symbols} and returns what is left. */
    int[] apply(int[] symbols) {
        return new Run(symbols).apply();
    }

    /** Rank in the upper half and merged symbol in the lower, or {@link #NONE}. */
    private long find(int left, int right) {
        int slot = slot(keys, pair(left, right));
        return keys[slot] == NONE ? NONE : values[slot];
    }

    private void grow() {
        long[] oldKeys = keys;
        long[] oldValues = values;
        keys = filled(2 * oldKeys.length);
        values = new long[keys.length];
        for (int i = 0; i < oldKeys.length; i++) {
            if (oldKeys[i] != NONE) {
                int slot = slot(keys, oldKeys[i]);
                keys[slot] = oldKeys[i];
                values[slot] = oldValues[i];
            }
        }
    }

    /** Where a key is, or the free place for it. */
    private static int slot(long[] keys, long key) {
        long hash = key * 0x9E3779B97F4A7C15L;
        int slot = (int) (hash >>> 32) & keys.length - 1;
        while (keys[slot] != NONE && keys[slot] != key) {
            slot = slot + 1 & keys.length - 1;
        }
        return slot;
    }

    private static long[] filled(int length) {
        long[] keys = new long[length];
        Arrays.fill(keys, NONE);
        return keys;
    }

    private static long pair(int high, int low) {
        return (long) high << 32 | low;
    }

    /** One text being merged. */
    private final class Run {
        private final int[] symbols;
        private final int[] next;
        private final int[] previous;
        private final LongHeap heap;

        Run(int[] given) {
            symbols = given.clone();
            int n = symbols.length;
            next = new int[n];
            previous = new int[n];
            heap = new LongHeap(n);
            for (int i = 0; i < n; i++) {
                previous[i] = i - 1;
                next[i] = i + 1 < n ? i + 1 : NO_SYMBOL;
            }
        }

        int[] apply() {
            for (int i = 0; i + 1 < symbols.length; i++) {
                offer(i);
            }
            int left = symbols.length;
            while (!heap.isEmpty()) {
                long candidate = heap.poll();
                int place = (int) candidate;
                long merge = mergeAt(place);
                // a candidate is stale when its symbols have merged with others meanwhile
                if (merge != NONE && merge >>> 32 == candidate >>> 32) {
                    join(place, (int) merge);
                    left--;
                }
            }
            return collect(left);
        }

        private long mergeAt(int place) {
            return symbols[place] == NO_SYMBOL || next[place] == NO_SYMBOL
                    ? NONE
                    : find(symbols[place], symbols[next[place]]);
        }

        private void offer(int place) {
            long merge = mergeAt(place);
            if (merge != NONE) {
                heap.add(pair((int) (merge >>> 32), place));
            }
        }

        private void join(int place, int merged) {
            int gone = next[place];
            symbols[place] = merged;
            symbols[gone] = NO_SYMBOL;
            next[place] = next[gone];
            if (next[gone] != NO_SYMBOL) {
                previous[next[gone]] = place;
            }
            offer(place);
            if (previous[place] != NO_SYMBOL) {
                offer(previous[place]);
            }
        }

        private int[] collect(int left) {
            int[] result = new int[left];
            int n = 0;
            for (int symbol : symbols) {
                if (symbol != NO_SYMBOL) {
                    result[n++] = symbol;
                }
            }
            return result;
        }
    }
}
