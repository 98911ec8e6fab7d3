package org.reg2rg.recipe;

import java.util.List;
import java.util.Locale;

/**
 * One figure of a benchmark with all its runs.
 *
 * @param part the part of the program ("preprocess")
 * @param what what was measured
 * @param unit of the values
 * @param runs one value a run, in order: the first includes the JIT's warming up
 */
record Measurement(String part, String what, String unit, List<Double> runs) {
    Measurement {
        runs = List.copyOf(runs);
        if (runs.isEmpty()) {
            throw new IllegalArgumentException(what + " was never measured");
        }
    }

    double median() {
        List<Double> sorted = runs.stream().sorted().toList();
        int n = sorted.size();
        return (sorted.get((n - 1) / 2) + sorted.get(n / 2)) / 2;
    }

    double mean() {
        return runs.stream().mapToDouble(Double::doubleValue).average().orElseThrow();
    }

    double min() {
        return runs.stream().mapToDouble(Double::doubleValue).min().orElseThrow();
    }

    double max() {
        return runs.stream().mapToDouble(Double::doubleValue).max().orElseThrow();
    }

    /** One line for a terminal. */
    String text() {
        return String.format(
                Locale.ROOT,
                "%-12s %-48s %10.4g %-10s (%.4g to %.4g in %d runs, mean %.4g)",
                part,
                what,
                median(),
                unit,
                min(),
                max(),
                runs.size(),
                mean());
    }
}
