package org.reg2rg.cohort;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import org.reg2rg.core.AtomicFiles;
import org.reg2rg.core.Json;
import tools.jackson.databind.JsonNode;

/** One HTML file that shows the first studies of a cohort with their findings and reports, and how common each finding is. */
final class ContactSheet {
    /** How many studies are shown; each adds about 40 kB. */
    static final int SHOWN = 60;

    private static final String STYLE = """
            body{font:14px system-ui,sans-serif;margin:24px;background:#fff;color:#222}
            section{margin:0 0 28px;border-top:1px solid #ccc;padding-top:8px}
            img{max-width:100%;background:#000}
            .warn{background:#b00020;color:#fff;padding:8px 12px}
            ul{margin:4px 0 4px 18px;padding:0}
            table{border-collapse:collapse}td,th{padding:2px 12px 2px 0;text-align:left}
            """;

    private ContactSheet() {}

    /**
     * @param truth the lines of truth.jsonl
     * @param pictures folder of the strips, {@code <volume>.jpg}
     */
    static void write(Path file, List<String> truth, Path pictures) throws IOException {
        AtomicFiles.write(file, page(truth, pictures));
    }

    private static String page(List<String> truth, Path pictures) throws IOException {
        var html = new StringBuilder("<!DOCTYPE html><html lang=\"en\"><head><meta charset=\"utf-8\">")
                .append("<title>Synthetic cohort</title><style>")
                .append(STYLE)
                .append("</style></head><body><h1>Synthetic chest CT cohort</h1>")
                .append("<p class=\"warn\">Drawn by a program. No person was scanned. For research only.</p><p>")
                .append(truth.size())
                .append(" studies; the first ")
                .append(Math.min(SHOWN, truth.size()))
                .append(" are shown: two axial slices, a coronal one, then a slice through each finding (framed;")
                .append(" bones from the side).</p>");
        prevalence(html, truth);
        for (String line : truth.subList(0, Math.min(SHOWN, truth.size()))) {
            study(html, Json.MAPPER.readTree(line), pictures);
        }
        return html.append("</body></html>\n").toString();
    }

    private static void prevalence(StringBuilder html, List<String> truth) {
        int[] counts = new int[FindingType.values().length];
        for (String line : truth) {
            boolean[] seen = new boolean[counts.length];
            Json.MAPPER.readTree(line).get("findings").forEach(f -> {
                for (FindingType type : FindingType.values()) {
                    seen[type.ordinal()] |= type.title().equals(f.get("type").asString());
                }
            });
            for (int n = 0; n < counts.length; n++) {
                counts[n] += seen[n] ? 1 : 0;
            }
        }
        html.append("<details><summary>How common each finding is</summary><table>");
        for (FindingType type : FindingType.values()) {
            int n = counts[type.ordinal()];
            html.append("<tr><td>")
                    .append(type.title())
                    .append("</td><td>")
                    .append(n)
                    .append("</td><td>");
            html.append(String.format(Locale.ROOT, "%.1f %%", 100.0 * n / truth.size()))
                    .append("</td></tr>");
        }
        html.append("</table></details>");
    }

    private static void study(StringBuilder html, JsonNode truth, Path pictures) throws IOException {
        String volume = truth.get("volume").asString();
        String name = volume.substring(0, volume.indexOf('.'));
        html.append("<section><h2>")
                .append(name)
                .append(" (")
                .append(truth.get("split").asString());
        html.append(")</h2>");
        Path picture = pictures.resolve(name + ".jpg");
        if (Files.exists(picture)) {
            String base64 = Base64.getEncoder().encodeToString(Files.readAllBytes(picture));
            html.append("<img alt=\"slices\" src=\"data:image/jpeg;base64,")
                    .append(base64)
                    .append("\">");
        }
        html.append("<ul>");
        truth.get("findings")
                .forEach(f -> html.append("<li>").append(finding(f)).append("</li>"));
        html.append("</ul><details><summary>Report</summary>");
        for (var region : truth.get("regions").properties()) {
            var text = new StringBuilder();
            region.getValue()
                    .get("sentences")
                    .forEach(s -> text.append(s.get("text").asString()).append(' '));
            if (!text.isEmpty()) {
                html.append("<p><b>")
                        .append(region.getKey())
                        .append("</b>: ")
                        .append(text)
                        .append("</p>");
            }
        }
        html.append("</details></section>");
    }

    private static String finding(JsonNode f) {
        var text = new StringBuilder(
                f.get("type").asString() + ", " + f.get("kind").asString());
        String place = f.get("place").asString();
        text.append(", ").append(place.isEmpty() ? f.get("side").asString() : place);
        if (f.get("size_mm").asDouble() > 0) {
            text.append(String.format(Locale.ROOT, ", %.0f mm", f.get("size_mm").asDouble()));
        }
        if (f.get("count").asInt() > 1) {
            text.append(", ").append(f.get("count").asInt()).append(" of them");
        }
        return text.toString();
    }
}
