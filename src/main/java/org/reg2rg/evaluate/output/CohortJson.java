package org.reg2rg.evaluate.output;

import java.util.Map;
import java.util.function.ToDoubleFunction;
import org.reg2rg.core.Version;
import org.reg2rg.ct.Region;
import org.reg2rg.evaluate.Evaluation;
import org.reg2rg.evaluate.Group;
import org.reg2rg.evaluate.Settings;
import org.reg2rg.evaluate.clinical.Efficacy;
import org.reg2rg.evaluate.stat.Bootstrap;
import org.reg2rg.evaluate.truth.NoduleSizes;
import org.reg2rg.evaluate.truth.TruthEvaluation;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** {@code cohort.json}: recognition, findings against the exact truth, sizes of nodules, template collapse. */
public final class CohortJson {
    private CohortJson() {}

    /** The whole tree; {@code ce.macro} is over the findings that some study has. */
    public static ObjectNode of(Evaluation evaluation, TruthEvaluation truth, String labeller) {
        Settings settings = evaluation.source().settings();
        ObjectNode node = Nodes.object();
        node.put("program", "reg2rg " + Version.CURRENT);
        node.put("file", evaluation.source().file().name());
        node.put("labels", labeller);
        node.put("reports", evaluation.whole().pairs());
        node.put("skipped", evaluation.source().oddities().broken());
        node.put("without_truth", truth.unknownCount());
        ArrayNode listed = node.putArray("without_truth_listed");
        truth.unknown().forEach(listed::add);
        node.set("recognition", Nodes.recognition(evaluation.recognition().published()));
        node.set(
                "recognition_strict", Nodes.recognition(evaluation.recognition().strict()));
        node.set("ce", ce(truth, settings));
        node.set("size_error", sizes(truth.sizes()));
        node.set("collapse", collapse(evaluation.whole()));
        ObjectNode regions = node.putObject("regions");
        for (Map.Entry<Region, Group> region : evaluation.regions().entrySet()) {
            ObjectNode entry = regions.putObject(region.getKey().datasetName());
            entry.put("amount", region.getValue().pairs());
            entry.set("collapse", collapse(region.getValue()));
        }
        return node;
    }

    private static ObjectNode ce(TruthEvaluation truth, Settings settings) {
        ObjectNode node = Nodes.efficacy(truth.efficacy());
        node.set("macro_all", node.path("macro"));
        node.set("macro", Nodes.scores(truth.efficacy().macroWithSupport()));
        ObjectNode intervals = node.putObject("intervals");
        interval(
                intervals.putObject("micro_f1"), truth, settings, e -> e.micro().f1());
        interval(
                intervals.putObject("macro_f1"),
                truth,
                settings,
                e -> e.macroWithSupport().f1());
        Efficacy shuffled = truth.shuffled(settings.seed());
        ObjectNode baseline = node.putObject("shuffled_baseline");
        baseline.set("micro", Nodes.scores(shuffled.micro()));
        baseline.set("macro", Nodes.scores(shuffled.macroWithSupport()));
        return node;
    }

    private static void interval(
            ObjectNode node, TruthEvaluation truth, Settings settings, ToDoubleFunction<Efficacy> score) {
        int[] truths = truth.truths();
        int[] predictions = truth.predictions();
        Nodes.putInterval(
                node,
                new Bootstrap(settings.bootstrap(), settings.seed())
                        .interval(
                                truths.length,
                                sample -> score.applyAsDouble(Efficacy.of(truths, predictions, sample))));
    }

    private static ObjectNode sizes(NoduleSizes sizes) {
        ObjectNode node = Nodes.object();
        Nodes.put(node, "smallest_mm", NoduleSizes.SMALLEST_MM);
        node.put("nodules", sizes.nodules());
        node.put("mentioned", sizes.mentioned());
        node.put("sized", sizes.sized());
        node.put("within_30_percent", sizes.right());
        Nodes.put(node, "share_of_nodules", (double) sizes.right() / sizes.nodules());
        Nodes.put(node, "share_of_mentioned", (double) sizes.right() / sizes.mentioned());
        Nodes.put(node, "share_of_sized", (double) sizes.right() / sizes.sized());
        Nodes.put(node, "mean_error_mm", sizes.meanErrorMm());
        return node;
    }

    private static ObjectNode collapse(Group group) {
        ObjectNode node = Nodes.object();
        node.set("reference", Nodes.repetition(group.referenceRepetition()));
        node.set("prediction", Nodes.repetition(group.predictionRepetition()));
        Nodes.put(
                node,
                "distinct_of_reference",
                (double) group.predictionRepetition().distinct()
                        / group.referenceRepetition().distinct());
        return node;
    }
}
