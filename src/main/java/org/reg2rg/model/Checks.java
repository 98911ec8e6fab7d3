package org.reg2rg.model;

import java.util.List;

/** What the config records have in common. */
final class Checks {
    private Checks() {}

    static void positive(String key, int value) {
        if (value < 1) {
            throw new IllegalArgumentException(key + " must be at least 1, got " + value);
        }
    }

    static void share(String key, double value) {
        if (!(value >= 0 && value < 1)) {
            throw new IllegalArgumentException(key + " must be from 0 to below 1, got " + value);
        }
    }

    static void id(String key, int value, int vocabulary) {
        if (value < 0 || value >= vocabulary) {
            throw new IllegalArgumentException(
                    key + " must be an id of the vocabulary of " + vocabulary + ", got " + value);
        }
    }

    /** Three positive numbers, one for each axis. */
    static List<Integer> three(String key, List<Integer> values) {
        if (values.size() != 3 || values.stream().anyMatch(value -> value < 1)) {
            throw new IllegalArgumentException(key + " must be three positive numbers, got " + values);
        }
        return List.copyOf(values);
    }
}
