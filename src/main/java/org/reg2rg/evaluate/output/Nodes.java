package org.reg2rg.evaluate.output;

import java.util.Optional;
import org.reg2rg.core.Json;
import org.reg2rg.ct.Region;
import org.reg2rg.evaluate.clinical.Efficacy;
import org.reg2rg.evaluate.region.Recognition;
import org.reg2rg.evaluate.stat.Bootstrap;
import org.reg2rg.evaluate.stat.Repetition;
import org.reg2rg.evaluate.stat.Summary;
import org.reg2rg.report.Finding;
import tools.jackson.databind.node.ObjectNode;

/** The JSON blocks that every evaluation has, under one set of names. An undefined number is null. */
public final class Nodes {
    private Nodes() {}

    static ObjectNode object() {
        return Json.MAPPER.createObjectNode();
    }

    /** Puts a number, or null for NaN and infinities, which JSON does not have. */
    static void put(ObjectNode node, String key, double value) {
        if (Double.isFinite(value)) {
            node.put(key, value);
        } else {
            node.putNull(key);
        }
    }

    static void putInterval(ObjectNode node, Optional<Bootstrap.Interval> interval) {
        put(node, "ci_low", interval.map(Bootstrap.Interval::low).orElse(Double.NaN));
        put(node, "ci_high", interval.map(Bootstrap.Interval::high).orElse(Double.NaN));
    }

    static ObjectNode scores(Efficacy.Scores scores) {
        ObjectNode node = object();
        put(node, "precision", scores.precision());
        put(node, "recall", scores.recall());
        put(node, "f1", scores.f1());
        return node;
    }

    /** {@code micro, macro, weighted, samples, macro_with_support, crg, per_label, reports, positives}. */
    public static ObjectNode efficacy(Efficacy efficacy) {
        ObjectNode node = object();
        node.set("micro", scores(efficacy.micro()));
        node.set("macro", scores(efficacy.macro()));
        node.set("weighted", scores(efficacy.weighted()));
        node.set("samples", scores(efficacy.samples()));
        node.set("macro_with_support", scores(efficacy.macroWithSupport()));
        put(node, "crg", efficacy.crg().orElse(Double.NaN));
        ObjectNode labels = node.putObject("per_label");
        for (Finding finding : Finding.values()) {
            ObjectNode label = scores(efficacy.of(finding));
            label.put("support", efficacy.support(finding));
            label.put("omitted", efficacy.omissions(finding));
            label.put("invented", efficacy.inventions(finding));
            labels.set(finding.label(), label);
        }
        node.put("reports", efficacy.reports());
        node.put("positives", efficacy.support());
        return node;
    }

    /**
     * {@code accuracy_mean, accuracy_std, per_region.<region>.{precision, recall, f1, support}, studies,
     * studies_without_regions} and the means without lung and pleura.
     */
    public static ObjectNode recognition(Recognition recognition) {
        ObjectNode node = object();
        Summary accuracy = Summary.of(recognition.accuracies());
        put(node, "accuracy_mean", accuracy.mean());
        put(node, "accuracy_std", accuracy.std());
        node.put("studies", recognition.studies());
        node.put("studies_without_regions", recognition.withoutRegions());
        ObjectNode regions = node.putObject("per_region");
        double[] sums = new double[3];
        for (Region region : Region.values()) {
            Recognition.Scores scores = recognition.scores(region);
            ObjectNode entry = regions.putObject(region.datasetName());
            put(entry, "precision", scores.precision());
            put(entry, "recall", scores.recall());
            put(entry, "f1", scores.f1());
            entry.put("support", scores.support());
            if (region != Region.LUNG && region != Region.PLEURA) {
                sums[0] += scores.precision();
                sums[1] += scores.recall();
                sums[2] += scores.f1();
            }
        }
        int others = Region.values().length - 2;
        ObjectNode mean = node.putObject("mean_without_lung_and_pleura");
        put(mean, "precision", sums[0] / others);
        put(mean, "recall", sums[1] / others);
        put(mean, "f1", sums[2] / others);
        return node;
    }

    /** {@code distinct, distinct_share, top1_count, top1_share, top10_share, texts}. */
    public static ObjectNode repetition(Repetition repetition) {
        ObjectNode node = object();
        node.put("texts", repetition.texts());
        node.put("distinct", repetition.distinct());
        put(node, "distinct_share", repetition.distinctShare());
        node.put("top1_count", repetition.top().map(Repetition.Top::count).orElse(0));
        put(node, "top1_share", repetition.topShare(1));
        put(node, "top10_share", repetition.topShare(10));
        return node;
    }
}
