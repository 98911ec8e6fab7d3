package org.reg2rg.evaluate.output;

import java.util.ArrayList;
import java.util.List;
import org.reg2rg.report.Finding;
import tools.jackson.databind.JsonNode;

/** {@code cohort.html}: the numbers of {@code cohort.json} as tables and plots, in one file without links. */
public final class CohortPage {
    private CohortPage() {}

    /** The page of a {@link CohortJson} tree. */
    public static String of(JsonNode json) {
        var html = new Html();
        html.raw(Page.start("Reports of " + json.path("file").asString() + " against the truth"));
        html.element(
                "p",
                json.path("reports").asString() + " reports, "
                        + json.path("without_truth").asString() + " without a truth; findings read by "
                        + json.path("labels").asString() + ".");
        JsonNode ce = json.path("ce");
        html.element("h2", "Findings against the exact truth");
        html.tableStart(List.of("average", "precision", "recall", "F1", "F1, 95 % interval", "F1 shuffled"));
        for (String average : List.of("micro", "macro")) {
            JsonNode interval = ce.path("intervals").path(average + "_f1");
            html.row(List.of(
                    average,
                    text(ce.path(average).path("precision")),
                    text(ce.path(average).path("recall")),
                    text(ce.path(average).path("f1")),
                    text(interval.path("ci_low")) + " – " + text(interval.path("ci_high")),
                    text(ce.path("shuffled_baseline").path(average).path("f1"))));
        }
        html.tableEnd();
        var bars = new ArrayList<Svg.Bar>();
        for (Finding finding : Finding.values()) {
            JsonNode label = ce.path("per_label").path(finding.label());
            String name = finding.label() + " (" + label.path("support").asString() + ")";
            bars.add(new Svg.Bar(name, Page.number(label.path("f1")), Double.NaN, Double.NaN, Double.NaN, "#ee7733"));
        }
        html.raw(Svg.bars("F1 of each finding", bars));
        JsonNode sizes = json.path("size_error");
        html.element("h2", "Sizes of nodules of at least 8 mm");
        html.element(
                "p",
                sizes.path("nodules").asString() + " studies with one, "
                        + sizes.path("mentioned").asString()
                        + " mentioned, " + sizes.path("sized").asString() + " with a size, "
                        + sizes.path("within_30_percent").asString() + " of them within 30 %; mean error "
                        + text(sizes.path("mean_error_mm")) + " mm.");
        RegionsHtml.recognition(html, json);
        html.element("h2", "Template collapse");
        html.tableStart(List.of("texts", "distinct references", "distinct predictions", "most frequent prediction"));
        row(html, "whole reports", json.path("collapse"));
        json.path("regions").forEachEntry((name, region) -> row(html, name, region.path("collapse")));
        return html.tableEnd().raw("</body></html>").toString();
    }

    private static void row(Html html, String name, JsonNode collapse) {
        html.row(List.of(
                name,
                collapse.path("reference").path("distinct").asString(),
                collapse.path("prediction").path("distinct").asString(),
                Html.percent(Page.number(collapse.path("prediction").path("top1_share")))));
    }

    private static String text(JsonNode node) {
        return Html.number(Page.number(node));
    }
}
