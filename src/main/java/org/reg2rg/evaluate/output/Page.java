package org.reg2rg.evaluate.output;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.reg2rg.core.Version;
import org.reg2rg.evaluate.Comparison;
import org.reg2rg.evaluate.Evaluation;
import org.reg2rg.evaluate.metric.TextMetric;
import org.reg2rg.evaluate.stat.Lengths;
import org.reg2rg.report.Finding;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** {@code evaluation.html}: the numbers of {@code evaluation.json} as tables and plots in one file without links. */
public final class Page {
    private static final String STYLE = """
            body{font:15px/1.45 system-ui,sans-serif;margin:2em auto;max-width:1100px;padding:0 1em;color:#222}
            table{border-collapse:collapse;margin:.6em 0}th,td{border:1px solid #ccc;padding:.25em .6em;text-align:left}
            th{background:#f3f3f3}svg{max-width:100%;height:auto;font-size:13px}.note{color:#555}
            .columns{display:flex;gap:1em;flex-wrap:wrap}.column{flex:1 1 300px;border:1px solid #ddd;padding:.4em 1em}
            .part{border-left:5px solid;padding-left:.6em}.agrees{background:#d5f0d5}.contradicts{background:#f8c9c9}
            .invented{background:#fde3c0}.omitted{background:#d9e4f7}
            .chip{border:1px solid #999;border-radius:1em;padding:0 .6em;margin-right:.3em;font-size:12px}
            """;
    private static final String BLUE = "#4477aa";
    private static final String ORANGE = "#ee7733";

    private final Html html = new Html();
    private final Evaluation evaluation;
    private final ObjectNode json;

    private Page(Evaluation evaluation, ObjectNode json) {
        this.evaluation = evaluation;
        this.json = json;
    }

    /** The page; {@code json} is the tree that {@link EvaluationJson} made of the same evaluation. */
    public static String of(
            Evaluation evaluation, ObjectNode json, List<Comparison> comparisons, List<ExamplesHtml.Example> examples) {
        var page = new Page(evaluation, json);
        page.head();
        page.texts();
        page.efficacy();
        RegionsHtml.write(page.html, json);
        page.lengths();
        page.collapse();
        page.checks();
        page.comparisons(comparisons);
        if (!examples.isEmpty()) {
            page.html.element("h2", "Studies side by side");
            ExamplesHtml.write(page.html, examples);
        }
        return page.html.raw("</body></html>").toString();
    }

    /** The start of a page up to its heading. */
    static String start(String title) {
        return "<!DOCTYPE html><html lang='en'><head><meta charset='utf-8'><title>" + Html.escape(title)
                + "</title><style>" + STYLE + "</style></head><body><h1>" + Html.escape(title) + "</h1>";
    }

    private void head() {
        String name = json.path("file").asString();
        html.raw(start("Evaluation of " + name));
        html.raw("<p class='note'>"
                + Html.escape(String.format(
                        Locale.ROOT,
                        "%d reports scored, %d broken rows skipped; columns %s; labels: %s; %d bootstrap draws, seed %d;"
                                + " reg2rg %s. Red dashes show the shuffled baseline: what the report of another"
                                + " study scores.",
                        json.path("reports").asInt(),
                        json.path("skipped").asInt(),
                        json.path("columns").asString(),
                        json.path("settings").path("labels").asString(),
                        json.path("settings").path("bootstrap").asInt(),
                        json.path("settings").path("seed").asLong(),
                        Version.CURRENT))
                + "</p>");
        JsonNode problems = json.path("problems");
        for (String problem : problems.propertyNames()) {
            if (problems.path(problem).isInt() && problems.path(problem).asInt() > 0) {
                html.element(
                        "p",
                        problem.replace('_', ' ') + ": "
                                + problems.path(problem).asInt() + " "
                                + problems.path(problem + "_listed").toString());
            }
        }
    }

    private void texts() {
        html.element("h2", "Text scores");
        html.tableStart(List.of("score", "mean of reports", "std", "95 % interval", "corpus", "shuffled"));
        var bars = new ArrayList<Svg.Bar>();
        JsonNode nlg = json.path("nlg");
        for (TextMetric metric : TextMetric.values()) {
            JsonNode mean = nlg.path("sentence_mean").path(metric.key());
            double baseline = number(nlg.path("shuffled_baseline").path(metric.key()));
            html.row(List.of(
                    metric.title(),
                    Html.number(number(mean.path("mean"))),
                    Html.number(number(mean.path("std"))),
                    Html.number(number(mean.path("ci_low"))) + " – " + Html.number(number(mean.path("ci_high"))),
                    Html.number(number(nlg.path("corpus").path(metric.key()))),
                    Html.number(baseline)));
            bars.add(new Svg.Bar(
                    metric.title(),
                    number(mean.path("mean")),
                    number(mean.path("ci_low")),
                    number(mean.path("ci_high")),
                    baseline,
                    BLUE));
        }
        html.tableEnd().raw(Svg.bars("Text scores", bars));
    }

    private void efficacy() {
        html.element("h2", "Clinical efficacy");
        JsonNode ce = json.path("ce");
        if (!ce.isObject()) {
            html.element("p", "No labels, so no clinical efficacy.");
            return;
        }
        html.tableStart(List.of("average", "precision", "recall", "F1", "F1, 95 % interval", "F1 shuffled"));
        for (String average : List.of("micro", "macro", "weighted", "samples", "macro_with_support")) {
            JsonNode interval = ce.path("intervals").path(average + "_f1");
            html.row(List.of(
                    average.replace('_', ' '),
                    Html.number(number(ce.path(average).path("precision"))),
                    Html.number(number(ce.path(average).path("recall"))),
                    Html.number(number(ce.path(average).path("f1"))),
                    Html.number(number(interval.path("ci_low"))) + " – "
                            + Html.number(number(interval.path("ci_high"))),
                    Html.number(
                            number(ce.path("shuffled_baseline").path(average).path("f1")))));
        }
        html.tableEnd();
        html.element(
                "p",
                "CRG " + Html.number(number(ce.path("crg"))) + " (shuffled "
                        + Html.number(number(ce.path("shuffled_baseline").path("crg")))
                        + "; 0.3333 for saying nothing and for saying everything)");
        var bars = new ArrayList<Svg.Bar>();
        for (Finding finding : Finding.values()) {
            JsonNode label = ce.path("per_label").path(finding.label());
            String name = finding.label() + " (" + label.path("support").asInt() + ")";
            bars.add(new Svg.Bar(name, number(label.path("f1")), Double.NaN, Double.NaN, Double.NaN, ORANGE));
        }
        html.element("h3", "F1 of each finding (positive references)").raw(Svg.bars("F1 of each finding", bars));
    }

    private void lengths() {
        html.element("h2", "Length of the reports");
        Lengths references = evaluation.whole().referenceLengths();
        Lengths predictions = evaluation.whole().predictionLengths();
        double longest = Math.max(references.longest(), predictions.longest());
        html.raw(Svg.curves(
                "Density of report lengths",
                "words",
                longest,
                List.of(
                        new Svg.Curve("reference", references.density(longest), BLUE),
                        new Svg.Curve("prediction", predictions.density(longest), ORANGE))));
        html.element(
                "p",
                String.format(
                        Locale.ROOT,
                        "Mean %.1f and %.1f words, median %.1f and %.1f; divergence of the predictions from the"
                                + " references %s nats.",
                        references.mean(),
                        predictions.mean(),
                        references.median(),
                        predictions.median(),
                        Html.number(number(json.path("length").path("kl_divergence")))));
    }

    private void collapse() {
        html.element("h2", "Template collapse");
        html.tableStart(List.of("texts", "side", "number", "distinct", "most frequent text", "ten most frequent"));
        collapseRows("whole reports", json.path("collapse"));
        json.path("regions").forEachEntry((name, region) -> collapseRows(name, region.path("collapse")));
        html.tableEnd();
        JsonNode rare = json.path("collapse").path("rare_findings");
        if (rare.path("support").asInt() > 0) {
            html.element(
                    "p",
                    "Rare findings (in at most 5 % of the references): "
                            + rare.path("findings").asString()
                            + " findings, " + rare.path("support").asString() + " times, recall "
                            + Html.number(number(rare.path("recall"))));
        }
    }

    private void collapseRows(String name, JsonNode collapse) {
        for (String side : List.of("reference", "prediction")) {
            JsonNode entry = collapse.path(side);
            html.row(List.of(
                    name,
                    side,
                    entry.path("texts").asString(),
                    Html.percent(number(entry.path("distinct_share"))),
                    Html.percent(number(entry.path("top1_share"))),
                    Html.percent(number(entry.path("top10_share")))));
        }
    }

    private void checks() {
        ChecksHtml.write(html, json.path("checks"), json.path("calibration"));
    }

    private void comparisons(List<Comparison> comparisons) {
        for (Comparison comparison : comparisons) {
            html.element("h2", "Compared with " + comparison.file());
            html.element(
                    "p",
                    comparison.common() + " common studies, " + comparison.onlyHere() + " only here, "
                            + comparison.onlyThere() + " only there; " + comparison.otherReferences()
                            + " common studies whose references differ in length.");
            html.tableStart(List.of("score", "here", "there", "difference", "p (paired randomisation)"));
            for (Comparison.Score score : comparison.scores()) {
                html.row(List.of(
                        score.title(),
                        Html.number(score.here()),
                        Html.number(score.there()),
                        Html.number(score.here() - score.there()),
                        Html.number(score.pValue())));
            }
            html.tableEnd();
        }
    }

    static double number(JsonNode node) {
        return node.isNumber() ? node.asDouble() : Double.NaN;
    }
}
