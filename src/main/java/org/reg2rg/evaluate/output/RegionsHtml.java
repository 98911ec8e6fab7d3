package org.reg2rg.evaluate.output;

import java.util.ArrayList;
import java.util.List;
import org.reg2rg.ct.Region;
import org.reg2rg.evaluate.metric.TextMetric;
import tools.jackson.databind.JsonNode;

/** The part of the page on single regions: their scores (Table IV) and their recognition (Table III). */
final class RegionsHtml {
    private RegionsHtml() {}

    static void write(Html html, JsonNode json) {
        regions(html, json);
        recognition(html, json);
    }

    private static void regions(Html html, JsonNode json) {
        if (json.path("regions").isEmpty()) {
            return;
        }
        html.element("h2", "Regions");
        html.tableStart(List.of(
                "region", "amount", "BLEU-1", "BLEU-4", "METEOR", "ROUGE-L", "ROUGE-L shuffled", "CE micro F1", "CRG"));
        json.path("regions")
                .forEachEntry((name, region) -> html.row(List.of(
                        name,
                        region.path("amount").asString(),
                        mean(region, TextMetric.BLEU_1),
                        mean(region, TextMetric.BLEU_4),
                        mean(region, TextMetric.METEOR),
                        mean(region, TextMetric.ROUGE_L),
                        Html.number(Page.number(
                                region.path("nlg").path("shuffled_baseline").path("rouge_l"))),
                        Html.number(Page.number(region.path("ce").path("micro").path("f1"))),
                        Html.number(Page.number(region.path("ce").path("crg"))))));
        html.tableEnd();
    }

    private static String mean(JsonNode node, TextMetric metric) {
        return Html.number(Page.number(
                node.path("nlg").path("sentence_mean").path(metric.key()).path("mean")));
    }

    static void recognition(Html html, JsonNode json) {
        html.element("h2", "Region recognition");
        JsonNode published = json.path("recognition");
        JsonNode strict = json.path("recognition_strict");
        if (published.path("studies").asInt() == 0) {
            html.element("p", "No reference names a region.");
            return;
        }
        html.element(
                "p",
                "Right slots of a study: " + Html.number(Page.number(published.path("accuracy_mean"))) + " ± "
                        + Html.number(Page.number(published.path("accuracy_std"))) + " by the published rule, "
                        + Html.number(Page.number(strict.path("accuracy_mean"))) + " by the strict rule.");
        var bars = new ArrayList<Svg.Bar>();
        html.tableStart(List.of("region", "slots", "precision", "recall", "F1", "F1 strict"));
        for (Region region : Region.values()) {
            JsonNode scores = published.path("per_region").path(region.datasetName());
            double strictF1 = Page.number(
                    strict.path("per_region").path(region.datasetName()).path("f1"));
            html.row(List.of(
                    region.datasetName(),
                    scores.path("support").asString(),
                    Html.number(Page.number(scores.path("precision"))),
                    Html.number(Page.number(scores.path("recall"))),
                    Html.number(Page.number(scores.path("f1"))),
                    Html.number(strictF1)));
            bars.add(new Svg.Bar(
                    region.datasetName(),
                    Page.number(scores.path("f1")),
                    Double.NaN,
                    Double.NaN,
                    Double.NaN,
                    region.css()));
        }
        html.tableEnd().raw(Svg.bars("F1 of region recognition", bars));
    }
}
