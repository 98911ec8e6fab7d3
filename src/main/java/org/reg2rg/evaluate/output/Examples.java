package org.reg2rg.evaluate.output;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.reg2rg.evaluate.Evaluation;
import org.reg2rg.evaluate.Study;
import org.reg2rg.evaluate.metric.TextMetric;

/**
 * Chooses the studies of the qualitative page: where two systems are compared the ones on which they differ most, then
 * the best, the middle and the worst, by ROUGE-L.
 */
public final class Examples {
    private static final int DIFFERING = 3;

    private Examples() {}

    /** Ids of the chosen studies, at most {@code limit}. */
    public static Set<String> choose(Evaluation here, List<Evaluation> others, int limit) {
        double[] scores = here.whole().scores(TextMetric.ROUGE_L);
        List<Study> ordered = here.studies().stream()
                .filter(study -> study.words().note().isEmpty())
                .sorted(Comparator.<Study>comparingDouble(study -> scores[study.index()])
                        .thenComparing(Study::id))
                .toList();
        var chosen = new LinkedHashSet<String>();
        for (Evaluation other : others) {
            chosen.addAll(mostDifferent(ordered, scores, other));
        }
        Stream.of(1.0, 0.0, 0.5, 0.9, 0.1, 0.75, 0.25)
                .filter(share -> !ordered.isEmpty())
                .forEach(share -> chosen.add(
                        ordered.get((int) (share * (ordered.size() - 1))).id()));
        var first = new LinkedHashSet<String>();
        chosen.stream().limit(limit).forEach(first::add);
        return first;
    }

    private static List<String> mostDifferent(List<Study> studies, double[] scores, Evaluation other) {
        double[] theirs = other.whole().scores(TextMetric.ROUGE_L);
        Map<String, Double> otherScores = new HashMap<>();
        other.studies().forEach(study -> otherScores.putIfAbsent(study.id(), theirs[study.index()]));
        var common = new ArrayList<>(studies.stream()
                .filter(study -> otherScores.containsKey(study.id()))
                .toList());
        common.sort(Comparator.<Study>comparingDouble(
                        study -> -Math.abs(scores[study.index()] - otherScores.getOrDefault(study.id(), 0.0)))
                .thenComparing(Study::id));
        return common.stream().limit(DIFFERING).map(Study::id).toList();
    }
}
