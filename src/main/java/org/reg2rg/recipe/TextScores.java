package org.reg2rg.recipe;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.reg2rg.evaluate.metric.CiderCorpus;
import org.reg2rg.evaluate.metric.PairScorer;
import org.reg2rg.evaluate.metric.TextMetric;
import org.reg2rg.evaluate.region.RegionText;
import org.reg2rg.train.TextJudge;

/** The seam between training and evaluation: text scores of whole reports without their region prefixes, as {@code evaluate} has them. */
final class TextScores implements TextJudge {
    private static final List<TextMetric> METRICS = List.of(TextMetric.BLEU_4, TextMetric.METEOR, TextMetric.ROUGE_L);

    @Override
    public Map<String, Double> scores(List<Pair> pairs) {
        var scorer = new PairScorer(new CiderCorpus()); // CIDEr of a few studies says nothing
        List<PairScorer.Scores> all = pairs.stream()
                .map(pair -> scorer.score(
                        RegionText.withoutPrefixes(pair.truth()), RegionText.withoutPrefixes(pair.written())))
                .toList();
        var means = new LinkedHashMap<String, Double>();
        for (TextMetric metric : METRICS) {
            means.put(
                    metric.key(),
                    all.stream()
                            .mapToDouble(scores -> scores.get(metric))
                            .average()
                            .orElse(0));
        }
        return means;
    }
}
