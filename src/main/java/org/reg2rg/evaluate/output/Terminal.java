package org.reg2rg.evaluate.output;

import java.io.PrintWriter;
import java.util.List;
import java.util.Locale;
import org.reg2rg.evaluate.Comparison;
import org.reg2rg.evaluate.metric.TextMetric;
import tools.jackson.databind.JsonNode;

/** The summary on the terminal: the numbers that one looks at first, each with its shuffled baseline. */
public final class Terminal {
    private Terminal() {}

    /** Prints the summary of an {@code evaluation.json} tree. */
    public static void print(PrintWriter out, JsonNode json, List<Comparison> comparisons) {
        out.printf(
                Locale.ROOT,
                "%s: %d reports, %d skipped; labels: %s%n",
                json.path("file").asString(),
                json.path("reports").asInt(),
                json.path("skipped").asInt(),
                json.path("settings").path("labels").asString());
        problems(out, json.path("problems"));
        out.printf("%n%-12s %8s %8s   %-17s %8s %9s%n", "", "mean", "std", "95 % interval", "corpus", "shuffled");
        JsonNode nlg = json.path("nlg");
        for (TextMetric metric : TextMetric.values()) {
            JsonNode mean = nlg.path("sentence_mean").path(metric.key());
            out.printf(
                    "%-12s %8s %8s   %-17s %8s %9s%n",
                    metric.title(),
                    number(mean.path("mean")),
                    number(mean.path("std")),
                    number(mean.path("ci_low")) + " – " + number(mean.path("ci_high")),
                    number(nlg.path("corpus").path(metric.key())),
                    number(nlg.path("shuffled_baseline").path(metric.key())));
        }
        efficacy(out, json.path("ce"));
        others(out, json);
        comparisons.forEach(comparison -> comparison(out, comparison));
    }

    private static void problems(PrintWriter out, JsonNode problems) {
        for (String problem : problems.propertyNames()) {
            if (problems.path(problem).isInt() && problems.path(problem).asInt() > 0) {
                out.println("  " + problem.replace('_', ' ') + ": "
                        + problems.path(problem).asInt());
            }
        }
    }

    private static void efficacy(PrintWriter out, JsonNode ce) {
        if (!ce.isObject()) {
            return;
        }
        out.printf("%n%-12s %9s %8s %8s   %-17s %9s%n", "findings", "precision", "recall", "F1", "95 %", "shuffled");
        for (String average : List.of("micro", "macro", "weighted", "samples")) {
            JsonNode interval = ce.path("intervals").path(average + "_f1");
            out.printf(
                    "%-12s %9s %8s %8s   %-17s %9s%n",
                    average,
                    number(ce.path(average).path("precision")),
                    number(ce.path(average).path("recall")),
                    number(ce.path(average).path("f1")),
                    number(interval.path("ci_low")) + " – " + number(interval.path("ci_high")),
                    number(ce.path("shuffled_baseline").path(average).path("f1")));
        }
        out.printf(
                "%-12s %37s %28s%n",
                "CRG",
                number(ce.path("crg")),
                number(ce.path("shuffled_baseline").path("crg")));
    }

    private static void others(PrintWriter out, JsonNode json) {
        out.println();
        if (json.path("recognition").path("studies").asInt() > 0) {
            out.println("region recognition: "
                    + number(json.path("recognition").path("accuracy_mean")) + " ± "
                    + number(json.path("recognition").path("accuracy_std")) + " (strict rule "
                    + number(json.path("recognition_strict").path("accuracy_mean")) + ")");
        }
        JsonNode length = json.path("length");
        out.printf(
                Locale.ROOT,
                "words: reference mean %.1f, prediction mean %.1f; divergence %s%n",
                length.path("reference").path("mean").asDouble(),
                length.path("prediction").path("mean").asDouble(),
                number(length.path("kl_divergence")));
        JsonNode collapse = json.path("collapse");
        out.println("most frequent text: reference "
                + Html.percent(Page.number(collapse.path("reference").path("top1_share")))
                + ", prediction "
                + Html.percent(Page.number(collapse.path("prediction").path("top1_share")))
                + "; distinct: reference "
                + Html.percent(Page.number(collapse.path("reference").path("distinct_share"))) + ", prediction "
                + Html.percent(Page.number(collapse.path("prediction").path("distinct_share"))));
    }

    private static void comparison(PrintWriter out, Comparison comparison) {
        out.printf(
                "%n%-20s %8s %8s %8s   compared with %s, %d common studies%n",
                "", "here", "there", "p", comparison.file(), comparison.common());
        for (Comparison.Score score : comparison.scores()) {
            out.printf(
                    "%-20s %8s %8s %8s%n",
                    score.title(), Html.number(score.here()), Html.number(score.there()), Html.number(score.pValue()));
        }
    }

    private static String number(JsonNode node) {
        return Html.number(Page.number(node));
    }
}
