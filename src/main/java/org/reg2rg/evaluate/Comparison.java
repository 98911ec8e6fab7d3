package org.reg2rg.evaluate;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.ToDoubleFunction;
import org.reg2rg.evaluate.clinical.Efficacy;
import org.reg2rg.evaluate.metric.TextMetric;
import org.reg2rg.evaluate.stat.RandomizationTest;
import org.reg2rg.evaluate.stat.Summary;

/**
 * Two systems on the studies that both have, joined by their ids; of an id that is there twice the first row counts.
 *
 * @param otherReferences common studies whose references have another number of words, so that their scores may not be
 *     comparable
 */
public record Comparison(
        String file, int common, int onlyHere, int onlyThere, int otherReferences, List<Score> scores) {

    /** A score of both systems; the p-value is NaN where no test was asked for. */
    public record Score(String key, String title, double here, double there, double pValue) {}

    private record Pair(Study here, Study there) {}

    /** Compares all text scores, region recognition and, where both are labelled, clinical efficacy. */
    public static Comparison of(Evaluation here, Evaluation there) {
        Map<String, Study> others = new HashMap<>();
        there.studies().forEach(study -> others.putIfAbsent(study.id(), study));
        var pairs = new ArrayList<Pair>();
        var seen = new HashMap<String, Study>();
        for (Study study : here.studies()) {
            Study other = others.get(study.id());
            if (seen.putIfAbsent(study.id(), study) == null && other != null) {
                pairs.add(new Pair(study, other));
            }
        }
        int differing = (int) pairs.stream()
                .filter(pair ->
                        pair.here.words().reference() != pair.there.words().reference())
                .count();
        return new Comparison(
                there.source().file().name(),
                pairs.size(),
                seen.size() - pairs.size(),
                others.size() - pairs.size(),
                differing,
                scores(here, there, pairs));
    }

    private static List<Score> scores(Evaluation here, Evaluation there, List<Pair> pairs) {
        Settings settings = here.source().settings();
        var scores = new ArrayList<Score>();
        for (TextMetric metric : TextMetric.values()) {
            double[] mine = here.whole().scores(metric);
            double[] theirs = there.whole().scores(metric);
            scores.add(means(
                    metric.key(),
                    metric.title(),
                    pairs.stream().mapToDouble(pair -> mine[pair.here.index()]).toArray(),
                    pairs.stream()
                            .mapToDouble(pair -> theirs[pair.there.index()])
                            .toArray(),
                    settings));
        }
        List<Pair> withRegions = pairs.stream()
                .filter(pair -> !Double.isNaN(pair.here.recognition()) && !Double.isNaN(pair.there.recognition()))
                .toList();
        scores.add(means(
                "recognition_accuracy",
                "region recognition",
                withRegions.stream()
                        .mapToDouble(pair -> pair.here.recognition())
                        .toArray(),
                withRegions.stream()
                        .mapToDouble(pair -> pair.there.recognition())
                        .toArray(),
                settings));
        List<Pair> labelled = pairs.stream()
                .filter(pair ->
                        pair.here.labels().isPresent() && pair.there.labels().isPresent())
                .toList();
        if (!labelled.isEmpty()) {
            scores.addAll(efficacy(here, there, labelled));
        }
        return List.copyOf(scores);
    }

    private static Score means(String key, String title, double[] here, double[] there, Settings settings) {
        double pValue = settings.bootstrap() == 0 || here.length == 0
                ? Double.NaN
                : new RandomizationTest(settings.bootstrap(), settings.seed()).pValueOfMeans(here, there);
        return new Score(key, title, Summary.of(here).mean(), Summary.of(there).mean(), pValue);
    }

    private static List<Score> efficacy(Evaluation here, Evaluation there, List<Pair> pairs) {
        int[] hereReferences = here.whole().referenceLabels();
        int[] herePredictions = here.whole().predictionLabels();
        int[] thereReferences = there.whole().referenceLabels();
        int[] therePredictions = there.whole().predictionLabels();
        var labels = new Labels(
                pairs.stream()
                        .mapToInt(p -> hereReferences[p.here.labels().getAsInt()])
                        .toArray(),
                pairs.stream()
                        .mapToInt(p -> herePredictions[p.here.labels().getAsInt()])
                        .toArray(),
                pairs.stream()
                        .mapToInt(p -> thereReferences[p.there.labels().getAsInt()])
                        .toArray(),
                pairs.stream()
                        .mapToInt(p -> therePredictions[p.there.labels().getAsInt()])
                        .toArray());
        Settings settings = here.source().settings();
        return List.of(
                labels.score("ce_micro_f1", "CE micro F1", e -> e.micro().f1(), settings),
                labels.score("ce_macro_f1", "CE macro F1", e -> e.macro().f1(), settings),
                labels.score("crg", "CRG", e -> e.crg().orElse(Double.NaN), settings));
    }

    /** Labels of both systems for the same studies. */
    private static final class Labels {
        private final int[] hereReferences;
        private final int[] herePredictions;
        private final int[] thereReferences;
        private final int[] therePredictions;

        Labels(int[] hereReferences, int[] herePredictions, int[] thereReferences, int[] therePredictions) {
            this.hereReferences = hereReferences;
            this.herePredictions = herePredictions;
            this.thereReferences = thereReferences;
            this.therePredictions = therePredictions;
        }

        Score score(String key, String title, ToDoubleFunction<Efficacy> score, Settings settings) {
            int reports = hereReferences.length;
            double pValue = settings.bootstrap() == 0
                    ? Double.NaN
                    : new RandomizationTest(settings.bootstrap(), settings.seed())
                            .pValue(
                                    reports,
                                    exchanged -> score.applyAsDouble(exchanged(exchanged, true))
                                            - score.applyAsDouble(exchanged(exchanged, false)));
            return new Score(
                    key,
                    title,
                    score.applyAsDouble(Efficacy.of(hereReferences, herePredictions)),
                    score.applyAsDouble(Efficacy.of(thereReferences, therePredictions)),
                    pValue);
        }

        private Efficacy exchanged(boolean[] marks, boolean first) {
            var efficacy = new Efficacy();
            for (int i = 0; i < marks.length; i++) {
                if (marks[i] == first) {
                    efficacy.add(thereReferences[i], therePredictions[i]);
                } else {
                    efficacy.add(hereReferences[i], herePredictions[i]);
                }
            }
            return efficacy;
        }
    }
}
