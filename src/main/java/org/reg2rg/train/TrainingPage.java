package org.reg2rg.train;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.reg2rg.core.AtomicFiles;
import org.reg2rg.core.Html;
import org.reg2rg.ct.Region;
import tools.jackson.databind.JsonNode;

/** {@code training.html}: how a run goes, on one page without any other file. */
final class TrainingPage {
    private static final int MOST_SAMPLES = 8;
    private static final String LOSS = "loss";
    private static final String STYLE = """
            body { margin: 0 auto; max-width: 1180px; padding: 1rem 1.2rem; background: #f3f5f8; color: #1c2530;
                   font: 15px/1.5 system-ui, "Segoe UI", "DejaVu Sans", sans-serif; }
            h1 { font-size: 1.35rem; margin: 0 0 .3rem; } h2 { font-size: 1.1rem; margin: 1.4rem 0 .5rem; }
            h3 { font-size: .92rem; margin: 0 0 .3rem; font-weight: 650; }
            p.about { white-space: pre-line; color: #5b6673; margin: .2rem 0; max-width: 60rem; }
            .charts { display: grid; grid-template-columns: repeat(auto-fit, minmax(26rem, 1fr)); gap: .8rem; }
            section { background: #fff; border: 1px solid #d9dee5; border-radius: 6px; padding: .6rem .8rem; }
            section.wide { margin-top: .8rem; overflow-x: auto; }
            svg { display: block; width: 100%; } svg text { font-size: 11px; fill: #5b6673; }
            .grid { stroke: #e6e9ee; } polyline { fill: none; stroke-width: 1.6; stroke-linejoin: round; }
            .legend { margin: .3rem 0 0; font-size: .82rem; color: #5b6673; } .legend span { margin-right: 1rem; }
            .legend i { display: inline-block; width: .8rem; height: .3rem; margin-right: .3rem; vertical-align: middle; }
            table { border-collapse: collapse; font-size: .85rem; }
            th, td { padding: .15rem .5rem; text-align: right; border-bottom: 1px solid #eef1f5; vertical-align: top; }
            th { font-weight: 600; } th:first-child, td.text { text-align: left; }
            td.text { white-space: pre-line; max-width: 30rem; }
            details { margin-top: 1rem; } pre { font-size: .8rem; overflow-x: auto; }
            """;

    private final RunFolder folder;

    TrainingPage(RunFolder folder) {
        this.folder = folder;
    }

    /** Writes the page anew. */
    void write(Metrics metrics) throws IOException {
        TrainConfig config = folder.config();
        Path place = folder.path().toAbsolutePath().normalize();
        var html = new StringBuilder("<!DOCTYPE html><html lang='en'><head><meta charset='utf-8'><title>Training "
                + Html.escape(String.valueOf(place.getFileName())) + "</title><style>" + STYLE
                + "</style></head><body>");
        html.append("<h1>Training ")
                .append(Html.escape(String.valueOf(place.getFileName())))
                .append("</h1><p>")
                .append(state(metrics))
                .append("</p><p class='about'>")
                .append(Html.escape(config.about().strip()))
                .append("</p>");
        for (String stage : stages(metrics)) {
            html.append(stage(stage, of(metrics, stage, "step"), of(metrics, stage, "validation")));
        }
        html.append("<details><summary>Config (SHA-256 ")
                .append(config.sha256())
                .append(")</summary><pre>")
                .append(Html.escape(config.text()))
                .append("</pre></details></body></html>\n");
        AtomicFiles.write(folder.page(), html.toString());
    }

    private String state(Metrics metrics) {
        List<JsonNode> lines = metrics.lines();
        String state = folder.isFinished() ? "Finished" : "Not finished";
        if (lines.isEmpty()) {
            return state + ".";
        }
        JsonNode line = lines.getLast();
        return String.format(
                Locale.ROOT,
                "%s: stage %s, step %,d, %s of training.",
                state,
                Html.escape(line.path("stage").asString("")),
                line.path("step").asLong(),
                clock(Math.round(metrics.seconds())));
    }

    private static String clock(long seconds) {
        return String.format(Locale.ROOT, "%d:%02d:%02d h", seconds / 3600, seconds / 60 % 60, seconds % 60);
    }

    private static Set<String> stages(Metrics metrics) {
        var stages = new LinkedHashSet<String>();
        metrics.lines().forEach(line -> stages.add(line.path("stage").asString("")));
        return stages;
    }

    private static List<JsonNode> of(Metrics metrics, String stage, String kind) {
        return metrics.lines().stream()
                .filter(line -> line.path("stage").asString("").equals(stage)
                        && line.path("kind").asString("").equals(kind))
                .toList();
    }

    private static String stage(String name, List<JsonNode> steps, List<JsonNode> validations) {
        var html = new StringBuilder("<h2>Stage ").append(Html.escape(name)).append("</h2><div class='charts'>");
        html.append(chart("Loss", List.of(series("training", steps, "loss"), heldLoss(validations))));
        html.append(chart("Held-out studies", scores(validations)));
        html.append(chart("Gradient norm before clipping", List.of(series("norm", steps, "gradient_norm"))));
        html.append(chart("Learning rate", List.of(series("rate", steps, "rate"))));
        html.append("</div>");
        if (!validations.isEmpty()) {
            JsonNode last = validations.getLast();
            html.append(recognition(last)).append(samples(last.path("samples")));
        }
        return html.toString();
    }

    private static String chart(String title, List<Chart.Series> series) {
        String svg = Chart.svg(series);
        return svg.isEmpty() ? "" : "<section><h3>" + title + "</h3>" + svg + "</section>";
    }

    private static Chart.Series series(String name, List<JsonNode> lines, String key) {
        return new Chart.Series(
                name,
                lines.stream()
                        .filter(line -> line.has(key))
                        .map(line -> new double[] {
                            line.path("step").asDouble(), line.path(key).asDouble()
                        })
                        .toList());
    }

    private static Chart.Series heldLoss(List<JsonNode> validations) {
        return new Chart.Series(
                "held-out",
                validations.stream()
                        .filter(line -> line.path("scores").has(LOSS))
                        .map(line -> new double[] {
                            line.path("step").asDouble(),
                            line.path("scores").path(LOSS).asDouble()
                        })
                        .toList());
    }

    /** The whole scores; those of single findings would be too many lines for one chart. */
    private static List<Chart.Series> scores(List<JsonNode> validations) {
        var points = new LinkedHashMap<String, List<double[]>>();
        for (JsonNode line : validations) {
            line.path("scores").properties().stream()
                    .filter(score ->
                            !score.getKey().equals(LOSS) && !score.getKey().contains(Validation.PART))
                    .forEach(score -> points.computeIfAbsent(score.getKey(), _ -> new ArrayList<>())
                            .add(new double[] {
                                line.path("step").asDouble(), score.getValue().asDouble()
                            }));
        }
        return points.entrySet().stream()
                .map(e -> new Chart.Series(e.getKey(), e.getValue()))
                .toList();
    }

    private static String recognition(JsonNode validation) {
        JsonNode matrix = validation.path("recognition");
        if (matrix.isEmpty()) {
            return "";
        }
        var html = new StringBuilder("<section class='wide'><h3>Which region (row) was taken for which, step ")
                .append(validation.path("step").asLong())
                .append("</h3><table><tr><th></th>");
        for (Region region : Region.values()) {
            html.append("<th>").append(Html.escape(region.datasetName())).append("</th>");
        }
        html.append("</tr>");
        for (Region row : Region.values()) {
            JsonNode counts = matrix.path(row.ordinal());
            double all =
                    Math.max(1, counts.valueStream().mapToInt(JsonNode::asInt).sum());
            html.append("<tr><th>").append(Html.escape(row.datasetName())).append("</th>");
            for (Region column : Region.values()) {
                int count = counts.path(column.ordinal()).asInt();
                String colour = row == column ? "45, 138, 78" : "194, 87, 26";
                html.append(String.format(
                        Locale.ROOT,
                        "<td style='background:rgba(%s, %.2f)'>%s</td>",
                        colour,
                        0.6 * count / all,
                        count == 0 ? "" : Integer.toString(count)));
            }
            html.append("</tr>");
        }
        return html.append("</table></section>").toString();
    }

    private static String samples(JsonNode samples) {
        if (samples.isEmpty()) {
            return "";
        }
        var html = new StringBuilder("<section class='wide'><h3>Samples</h3><table>"
                + "<tr><th>study</th><th>region</th><th>truth</th><th>written</th></tr>");
        samples.valueStream().limit(MOST_SAMPLES).forEach(sample -> {
            html.append("<tr>");
            for (String key : List.of("study", "region", "truth", "written")) {
                html.append("<td class='text'>")
                        .append(Html.escape(sample.path(key).asString("")))
                        .append("</td>");
            }
            html.append("</tr>");
        });
        return html.append("</table></section>").toString();
    }
}
