package org.reg2rg.report;

import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;

/**
 * How like the studies of its training a CT looks to a model.
 *
 * @param distance of what it sees of the whole volume from what it saw in training; about 1 for a training study
 * @param threshold the largest distance of studies of that kind
 */
public record Likeness(double distance, double threshold) {
    /** Whether the CT is of no kind that the model knows. */
    public boolean unfamiliar() {
        return !(distance <= threshold);
    }

    /** What every reader must know of an unfamiliar CT. */
    public String words() {
        return String.format(
                Locale.ROOT,
                "Unfamiliar CT: to this model it looks unlike every study that it learned from (distance %.2f, known "
                        + "studies reach %.2f). Do not rely on any sentence below.",
                distance,
                threshold);
    }

    /** As outputs have it. */
    public Map<String, Object> json() {
        var json = new LinkedHashMap<String, Object>();
        json.put("distance", rounded(distance));
        json.put("threshold", rounded(threshold));
        json.put("flagged", unfamiliar());
        return json;
    }

    private static double rounded(double value) {
        return Math.round(value * 10_000) / 10_000.0;
    }
}
