package org.reg2rg.evaluate.metric;

import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Numbers n-grams: the first one seen is 0, and equal n-grams have equal numbers, without hashing by chance. An n-gram
 * is known by the number of its first n−1 words and its last word, so that a text of t tokens costs t look-ups for
 * each order.
 */
public final class NgramTable {
    private static final int ABSENT = -1;

    private final Map<String, Integer> words = new HashMap<>();
    private long[] keys;
    private int[] numbers;
    private int size;

    /** @param expected how many n-grams there may be; the table grows beyond it */
    public NgramTable(int expected) {
        int capacity = Integer.highestOneBit(Math.max(16, expected) * 2 - 1) << 1;
        keys = new long[capacity];
        numbers = new int[capacity];
        Arrays.fill(numbers, ABSENT);
    }

    /** How many different n-grams have a number. */
    public int size() {
        return size;
    }

    /** The n-grams of orders 1 to {@code orders} of a text: row n−1 holds those of order n, in the order of the text. */
    public int[][] add(List<String> tokens, int orders) {
        var grams = new int[orders][];
        int[] ids = wordIds(tokens, true);
        int[] prefix = new int[tokens.size() + 1];
        Arrays.fill(prefix, ABSENT);
        for (int order = 0; order < orders; order++) {
            int count = Math.max(0, tokens.size() - order);
            int[] row = new int[count];
            for (int i = 0; i < count; i++) {
                row[i] = number(prefix[i], ids[i + order]);
            }
            grams[order] = row;
            prefix = row;
        }
        return grams;
    }

    /** As {@link #add}, but n-grams that have no number get −1 and none. Safe for several readers at once. */
    public int[][] look(List<String> tokens, int orders) {
        var grams = new int[orders][];
        int[] ids = wordIds(tokens, false);
        int[] prefix = new int[tokens.size() + 1];
        Arrays.fill(prefix, ABSENT);
        for (int order = 0; order < orders; order++) {
            int count = Math.max(0, tokens.size() - order);
            int[] row = new int[count];
            for (int i = 0; i < count; i++) {
                boolean unknown = ids[i + order] == ABSENT || (order > 0 && prefix[i] == ABSENT);
                row[i] = unknown ? ABSENT : numbers[slot(key(prefix[i], ids[i + order]))];
            }
            grams[order] = row;
            prefix = row;
        }
        return grams;
    }

    private int[] wordIds(List<String> tokens, boolean learn) {
        int[] ids = new int[tokens.size()];
        for (int i = 0; i < ids.length; i++) {
            Integer id = words.get(tokens.get(i));
            if (id == null && learn) {
                id = words.size();
                words.put(tokens.get(i), id);
            }
            ids[i] = id == null ? ABSENT : id;
        }
        return ids;
    }

    private static long key(int prefix, int word) {
        return ((long) (prefix + 1) << 32) | word;
    }

    private int number(int prefix, int word) {
        long key = key(prefix, word);
        int slot = slot(key);
        if (numbers[slot] == ABSENT) {
            if (size * 2 >= keys.length) {
                grow();
                slot = slot(key);
            }
            keys[slot] = key;
            numbers[slot] = size++;
        }
        return numbers[slot];
    }

    private int slot(long key) {
        long mixed = key * 0x9E3779B97F4A7C15L;
        int slot = (int) (mixed >>> 32) & (keys.length - 1);
        while (numbers[slot] != ABSENT && keys[slot] != key) {
            slot = (slot + 1) & (keys.length - 1);
        }
        return slot;
    }

    private void grow() {
        long[] oldKeys = keys;
        int[] oldNumbers = numbers;
        keys = new long[oldKeys.length * 2];
        numbers = new int[keys.length];
        Arrays.fill(numbers, ABSENT);
        for (int i = 0; i < oldKeys.length; i++) {
            if (oldNumbers[i] != ABSENT) {
                int slot = slot(oldKeys[i]);
                keys[slot] = oldKeys[i];
                numbers[slot] = oldNumbers[i];
            }
        }
    }
}
