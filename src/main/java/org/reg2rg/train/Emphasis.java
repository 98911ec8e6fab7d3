package org.reg2rg.train;

import java.util.Collections;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.reg2rg.cohort.FindingType;

/** The key {@code emphasis} of a stage: how much findings weigh that need more than the others, by {@link FindingType#key}. */
final class Emphasis {
    private Emphasis() {}

    /** The same, if it names findings and weights. */
    static Optional<Map<String, Double>> checked(Optional<Map<String, Double>> weights) {
        weights.orElse(Map.of()).forEach((name, weight) -> {
            FindingType.parse("emphasis", name);
            StageChecks.positive("emphasis." + name, weight);
        });
        return weights.map(named -> Collections.unmodifiableMap(new TreeMap<>(named)));
    }

    /** The weight of a finding; 1 unless it is named. */
    static double of(Optional<Map<String, Double>> weights, FindingType type) {
        return weights.map(named -> named.get(type.key())).orElse(1.0);
    }
}
