package org.reg2rg.evaluate.output;

import java.util.Optional;
import java.util.function.ToDoubleFunction;
import org.reg2rg.evaluate.Group;
import org.reg2rg.evaluate.Settings;
import org.reg2rg.evaluate.clinical.Efficacy;
import org.reg2rg.evaluate.metric.TextMetric;
import org.reg2rg.evaluate.stat.Bootstrap;
import org.reg2rg.evaluate.stat.Lengths;
import org.reg2rg.evaluate.stat.Summary;
import org.reg2rg.report.Finding;
import tools.jackson.databind.node.ObjectNode;

/** The blocks {@code nlg}, {@code ce}, {@code length} and {@code collapse} of the whole reports or of one region. */
final class GroupJson {
    /** A finding is rare if at most this share of the references has it. */
    private static final double RARE = 0.05;

    private final Group group;
    private final Bootstrap bootstrap;

    GroupJson(Group group, Settings settings) {
        this.group = group;
        this.bootstrap = new Bootstrap(settings.bootstrap(), settings.seed());
    }

    void addTo(ObjectNode node) {
        node.set("nlg", nlg());
        group.efficacy().ifPresentOrElse(efficacy -> node.set("ce", ce(efficacy)), () -> node.putNull("ce"));
        node.set("length", length());
        node.set("collapse", collapse());
    }

    private ObjectNode nlg() {
        ObjectNode node = Nodes.object();
        ObjectNode means = node.putObject("sentence_mean");
        Optional<Bootstrap.Interval[]> intervals = bootstrap.meanIntervals(group.scores());
        for (TextMetric metric : TextMetric.values()) {
            Summary summary = Summary.of(group.scores(metric));
            ObjectNode entry = means.putObject(metric.key());
            Nodes.put(entry, "mean", summary.mean());
            Nodes.put(entry, "std", summary.std());
            Nodes.putInterval(entry, intervals.map(all -> all[metric.ordinal()]));
        }
        ObjectNode corpus = node.putObject("corpus");
        for (TextMetric metric : TextMetric.values()) {
            switch (metric) {
                case BLEU_1, BLEU_2, BLEU_3, BLEU_4 ->
                    Nodes.put(corpus, metric.key(), group.corpusBleu(metric.ordinal() + 1));
                case METEOR, ROUGE_1, ROUGE_2, ROUGE_L ->
                    Nodes.put(
                            corpus,
                            metric.key(),
                            Summary.of(group.scores(metric)).mean());
                case CIDER -> {}
            }
        }
        ObjectNode shuffled = node.putObject("shuffled_baseline");
        for (TextMetric metric : TextMetric.values()) {
            Nodes.put(shuffled, metric.key(), group.baseline().mean(metric));
        }
        shuffled.put("pairs", group.baseline().pairs());
        return node;
    }

    private ObjectNode ce(Efficacy efficacy) {
        ObjectNode node = Nodes.efficacy(efficacy);
        ObjectNode intervals = node.putObject("intervals");
        putInterval(intervals, "micro_precision", e -> e.micro().precision());
        putInterval(intervals, "micro_recall", e -> e.micro().recall());
        putInterval(intervals, "micro_f1", e -> e.micro().f1());
        putInterval(intervals, "macro_f1", e -> e.macro().f1());
        putInterval(intervals, "weighted_f1", e -> e.weighted().f1());
        putInterval(intervals, "samples_f1", e -> e.samples().f1());
        putInterval(intervals, "crg", e -> e.crg().orElse(Double.NaN));
        Efficacy baseline = group.baseline().efficacy();
        ObjectNode shuffled = node.putObject("shuffled_baseline");
        shuffled.put("pairs", baseline.reports());
        shuffled.set("micro", Nodes.scores(baseline.micro()));
        shuffled.set("macro", Nodes.scores(baseline.macro()));
        Nodes.put(shuffled, "crg", baseline.crg().orElse(Double.NaN));
        return node;
    }

    private void putInterval(ObjectNode node, String key, ToDoubleFunction<Efficacy> score) {
        int[] references = group.referenceLabels();
        int[] predictions = group.predictionLabels();
        Nodes.putInterval(
                node.putObject(key),
                bootstrap.interval(
                        references.length,
                        sample -> score.applyAsDouble(Efficacy.of(references, predictions, sample))));
    }

    private ObjectNode length() {
        ObjectNode node = Nodes.object();
        length(node.putObject("reference"), group.referenceLengths());
        length(node.putObject("prediction"), group.predictionLengths());
        Nodes.put(node, "kl_divergence", Lengths.divergence(group.referenceLengths(), group.predictionLengths()));
        return node;
    }

    private static void length(ObjectNode node, Lengths lengths) {
        Nodes.put(node, "mean", lengths.mean());
        Nodes.put(node, "median", lengths.median());
        node.put("longest", lengths.longest());
    }

    private ObjectNode collapse() {
        ObjectNode node = Nodes.object();
        node.set("reference", Nodes.repetition(group.referenceRepetition()));
        node.set("prediction", Nodes.repetition(group.predictionRepetition()));
        group.efficacy().ifPresent(efficacy -> {
            ObjectNode rare = node.putObject("rare_findings");
            long wanted = 0;
            long found = 0;
            int findings = 0;
            for (Finding finding : Finding.values()) {
                long support = efficacy.support(finding);
                if (support > 0 && support <= RARE * efficacy.reports()) {
                    findings++;
                    wanted += support;
                    found += support - efficacy.omissions(finding);
                }
            }
            rare.put("findings", findings);
            rare.put("support", wanted);
            Nodes.put(rare, "recall", (double) found / wanted);
        });
        return node;
    }
}
