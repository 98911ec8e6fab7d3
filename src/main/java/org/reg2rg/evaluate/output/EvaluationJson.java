package org.reg2rg.evaluate.output;

import java.util.List;
import org.reg2rg.core.Version;
import org.reg2rg.evaluate.Comparison;
import org.reg2rg.evaluate.Evaluation;
import org.reg2rg.evaluate.clinical.Audit;
import org.reg2rg.evaluate.read.ReportFile;
import org.reg2rg.evaluate.stat.Calibration;
import org.reg2rg.report.Finding;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** {@code evaluation.json}: every number of an evaluation under the paths that docs/evaluate.md lists. */
public final class EvaluationJson {
    private EvaluationJson() {}

    /** The whole tree. */
    public static ObjectNode of(Evaluation evaluation, List<Comparison> comparisons) {
        ObjectNode node = Nodes.object();
        node.put("program", "reg2rg " + Version.CURRENT);
        node.put("file", evaluation.source().file().name());
        node.put("columns", evaluation.source().file().describe());
        node.put("reports", evaluation.whole().pairs());
        node.put("skipped", evaluation.source().oddities().broken());
        node.set("settings", settings(evaluation));
        node.set("problems", problems(evaluation));
        new GroupJson(evaluation.whole(), evaluation.source().settings()).addTo(node);
        ObjectNode regions = node.putObject("regions");
        evaluation.regions().forEach((region, group) -> {
            ObjectNode entry = regions.putObject(region.datasetName());
            entry.put("amount", group.pairs());
            new GroupJson(group, evaluation.source().settings()).addTo(entry);
        });
        node.set("recognition", Nodes.recognition(evaluation.recognition().published()));
        node.set(
                "recognition_strict", Nodes.recognition(evaluation.recognition().strict()));
        evaluation
                .recognition()
                .calibration()
                .ifPresentOrElse(
                        calibration -> node.set("calibration", calibration(calibration)),
                        () -> node.putNull("calibration"));
        node.set("checks", checks(evaluation));
        ArrayNode compared = node.putArray("comparisons");
        comparisons.forEach(comparison -> compared.add(comparison(comparison)));
        return node;
    }

    private static ObjectNode settings(Evaluation evaluation) {
        ObjectNode node = Nodes.object();
        var settings = evaluation.source().settings();
        node.put("labels", evaluation.source().labels());
        node.put("strip_region_prefix", settings.stripRegionPrefix());
        node.put("bootstrap", settings.bootstrap());
        node.put("seed", settings.seed());
        return node;
    }

    private static ObjectNode problems(Evaluation evaluation) {
        ObjectNode node = Nodes.object();
        ReportFile.Oddities oddities = evaluation.source().oddities();
        node.put("broken_rows", oddities.broken());
        names(node.putArray("broken_rows_listed"), oddities.brokenRows());
        node.put("duplicate_ids", oddities.duplicates());
        names(node.putArray("duplicate_ids_listed"), oddities.duplicateIds());
        for (String note : List.of("empty reference", "empty prediction", "both texts empty")) {
            List<String> ids = evaluation.studies().stream()
                    .filter(study -> study.words().note().filter(note::equals).isPresent())
                    .map(study -> study.id())
                    .toList();
            String key = note.replace(' ', '_');
            node.put(key, ids.size());
            names(node.putArray(key + "_listed"), ids.stream().limit(50).toList());
        }
        node.put("without_labels", evaluation.findings().missing());
        names(node.putArray("without_labels_listed"), evaluation.findings().unlabelled());
        node.put("labels_without_report", evaluation.findings().unused());
        return node;
    }

    private static void names(ArrayNode array, List<String> names) {
        names.forEach(array::add);
    }

    private static ObjectNode calibration(Calibration calibration) {
        ObjectNode node = Nodes.object();
        node.put("column", ReportFile.Columns.FLAG);
        node.put("studies", calibration.studies());
        node.put("unreadable", calibration.unreadable());
        Nodes.put(node, "expected_error", calibration.expectedError());
        Nodes.put(node, "brier", calibration.brier());
        ArrayNode bins = node.putArray("bins");
        for (Calibration.Bin bin : calibration.bins()) {
            ObjectNode entry = bins.addObject();
            Nodes.put(entry, "low", bin.low());
            Nodes.put(entry, "high", bin.high());
            entry.put("count", bin.count());
            Nodes.put(entry, "mean_confidence", bin.meanConfidence());
            Nodes.put(entry, "accuracy", bin.accuracy());
        }
        return node;
    }

    private static ObjectNode checks(Evaluation evaluation) {
        ObjectNode node = Nodes.object();
        Audit.Counts counts = evaluation.findings().audit().counts();
        ObjectNode negation = node.putObject("negation");
        negation.put("denied_but_in_reference", counts.deniedAgainstReference());
        negation.put("asserted_but_denied_by_reference", counts.assertedAgainstReference());
        ObjectNode laterality = node.putObject("laterality");
        laterality.put("compared", counts.sidesCompared());
        laterality.put("contradicting", counts.sidesContradicting());
        ObjectNode numbers = node.putObject("sizes");
        var sizes = evaluation.findings().sizes();
        numbers.put("reference", sizes.reference());
        numbers.put("prediction", sizes.prediction());
        numbers.put("agreeing", sizes.agreeing());
        Nodes.put(numbers, "precision", (double) sizes.agreeing() / sizes.prediction());
        Nodes.put(numbers, "recall", (double) sizes.agreeing() / sizes.reference());
        numbers.put("findings_compared", counts.sizesCompared());
        numbers.put("findings_agreeing", counts.sizesAgreeing());
        ObjectNode omissions = node.putObject("omissions");
        ObjectNode inventions = node.putObject("inventions");
        for (Finding finding : Finding.values()) {
            omissions.set(finding.label(), tally(evaluation.findings().audit().omissions(finding)));
            inventions.set(finding.label(), tally(evaluation.findings().audit().inventions(finding)));
        }
        return node;
    }

    private static ObjectNode tally(Audit.Tally tally) {
        ObjectNode node = Nodes.object();
        node.put("count", tally.count());
        ArrayNode examples = node.putArray("examples");
        for (Audit.Example example : tally.examples()) {
            examples.addObject().put("id", example.id()).put("sentence", example.sentence());
        }
        return node;
    }

    private static ObjectNode comparison(Comparison comparison) {
        ObjectNode node = Nodes.object();
        node.put("file", comparison.file());
        node.put("common", comparison.common());
        node.put("only_here", comparison.onlyHere());
        node.put("only_there", comparison.onlyThere());
        node.put("other_references", comparison.otherReferences());
        ObjectNode scores = node.putObject("scores");
        comparison.scores().forEach(score -> {
            ObjectNode entry = scores.putObject(score.key());
            Nodes.put(entry, "this", score.here());
            Nodes.put(entry, "other", score.there());
            Nodes.put(entry, "difference", score.here() - score.there());
            Nodes.put(entry, "p_value", score.pValue());
        });
        return node;
    }
}
