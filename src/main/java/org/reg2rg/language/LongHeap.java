package org.reg2rg.language;

import java.util.Arrays;

/** A heap of longs, smallest first, without boxing. */
final class LongHeap {
    private long[] items;
    private int size;

    LongHeap(int expected) {
        items = new long[Math.max(expected, 8)];
    }

    boolean isEmpty() {
        return size == 0;
    }

    void add(long item) {
        if (size == items.length) {
            items = Arrays.copyOf(items, 2 * size);
        }
        int at = size++;
        while (at > 0 && items[(at - 1) / 2] > item) {
            items[at] = items[(at - 1) / 2];
            at = (at - 1) / 2;
        }
        items[at] = item;
    }

    /** Takes the smallest. */
    long poll() {
        long smallest = items[0];
        long last = items[--size];
        int at = 0;
        for (int child = 1; child < size; child = 2 * at + 1) {
            if (child + 1 < size && items[child + 1] < items[child]) {
                child++;
            }
            if (last <= items[child]) {
                break;
            }
            items[at] = items[child];
            at = child;
        }
        items[at] = last;
        return smallest;
    }
}
