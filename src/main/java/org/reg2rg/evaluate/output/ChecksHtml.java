package org.reg2rg.evaluate.output;

import java.util.List;
import tools.jackson.databind.JsonNode;

/** The part of the page on contradictions, sizes, omissions and inventions, and on stated confidence. */
final class ChecksHtml {
    private ChecksHtml() {}

    static void write(Html html, JsonNode checks, JsonNode calibration) {
        html.element("h2", "Contradictions, sizes, omissions, inventions");
        html.tableStart(List.of("check", "count"));
        JsonNode negation = checks.path("negation");
        html.row(List.of(
                "findings of the reference that the prediction denies", text(negation, "denied_but_in_reference")));
        html.row(List.of(
                "findings that the reference denies and the prediction states",
                text(negation, "asserted_but_denied_by_reference")));
        JsonNode sides = checks.path("laterality");
        html.row(List.of(
                "common findings on contradicting sides, of those with a side on both",
                text(sides, "contradicting") + " of " + text(sides, "compared")));
        JsonNode sizes = checks.path("sizes");
        html.row(List.of(
                "common findings of agreeing size (1 mm or 20 %), of those with a size on both",
                text(sizes, "findings_agreeing") + " of " + text(sizes, "findings_compared")));
        html.row(List.of(
                "measurements in references / in predictions / agreeing within a study",
                text(sizes, "reference") + " / " + text(sizes, "prediction") + " / " + text(sizes, "agreeing")));
        html.tableEnd();
        tallies(html, "Omitted findings", checks.path("omissions"));
        tallies(html, "Invented findings", checks.path("inventions"));
        calibration(html, calibration);
    }

    private static String text(JsonNode node, String key) {
        return node.path(key).asString();
    }

    private static void tallies(Html html, String title, JsonNode tallies) {
        html.element("h3", title);
        tallies.forEachEntry((finding, tally) -> {
            if (tally.path("count").asInt() == 0) {
                return;
            }
            html.raw("<details><summary>" + Html.escape(finding + ": " + text(tally, "count")) + "</summary><ul>");
            for (JsonNode example : tally.path("examples")) {
                html.element("li", text(example, "id") + ": " + text(example, "sentence"));
            }
            html.raw("</ul></details>");
        });
    }

    private static void calibration(Html html, JsonNode calibration) {
        if (!calibration.isObject()) {
            return;
        }
        html.element("h2", "Is the stated confidence in the recognition right?");
        html.tableStart(List.of("confidence", "studies", "mean confidence", "right slots"));
        for (JsonNode bin : calibration.path("bins")) {
            html.row(List.of(
                    text(bin, "low") + " – " + text(bin, "high"),
                    text(bin, "count"),
                    Html.number(Page.number(bin.path("mean_confidence"))),
                    Html.number(Page.number(bin.path("accuracy")))));
        }
        html.tableEnd();
        html.element(
                "p",
                "Expected calibration error " + Html.number(Page.number(calibration.path("expected_error")))
                        + ", Brier score " + Html.number(Page.number(calibration.path("brier"))));
    }
}
