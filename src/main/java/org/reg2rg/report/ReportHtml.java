package org.reg2rg.report;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import org.reg2rg.report.GroundedReport.RegionReport;
import org.reg2rg.report.SentenceSplitter.Sentence;

/** The report as one HTML file without any outside reference: text on the left, the regions' pictures on the right. */
public final class ReportHtml {
    private final StringBuilder out = new StringBuilder();
    private final GroundedReport report;
    private final ReportFacts facts;

    private ReportHtml(GroundedReport report, ReportFacts facts) {
        this.report = report;
        this.facts = facts;
    }

    /** @param panels the pictures, one a region of the report, in the same order */
    public static String write(GroundedReport report, ReportFacts facts, List<RegionPanel> panels) {
        return new ReportHtml(report, facts).document(panels);
    }

    private String document(List<RegionPanel> panels) {
        out.append("<!doctype html>\n<html lang=\"en\"><head><meta charset=\"utf-8\">");
        out.append("<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\"><title>");
        out.append(escape(facts.study().file())).append(" – chest CT report</title><style>\n");
        out.append(resource("report.css")).append("</style></head><body>\n");
        for (int i = 0; i < facts.notices().size(); i++) {
            out.append(i == 0 ? "<div class=\"notice\">" : "<div class=\"notice alarm\">");
            out.append(escape(facts.notices().get(i))).append("</div>\n");
        }
        header();
        out.append("<main><section class=\"text\">\n");
        warnings();
        report.regions().forEach(this::regionText);
        report.sections().forEach(s -> {
            out.append("<article class=\"loose\"><h2>")
                    .append(escape(s.title()))
                    .append("</h2><p>");
            sentences(s.sentences());
            out.append("</p></article>\n");
        });
        leftOut();
        out.append("</section><section class=\"pictures\">\n");
        for (int i = 0; i < panels.size(); i++) {
            panel(report.regions().get(i), panels.get(i));
        }
        out.append("</section></main>\n");
        provenance();
        out.append("<script>\n").append(resource("report.js")).append("</script></body></html>\n");
        return out.toString();
    }

    private void header() {
        var study = facts.study();
        out.append("<header><h1>Chest CT report, region by region</h1><p>");
        out.append(escape(study.file())).append(" · ").append(study.size()).append(" voxels · ");
        out.append(String.join(
                " × ", study.spacingMm().stream().map(s -> number("%.2f", s)).toList()));
        out.append(" mm · model <b>")
                .append(escape(facts.model().name()))
                .append("</b>, which recognised ")
                .append(report.agreeing())
                .append(" of ");
        out.append(report.regions().size()).append(" regions</p><p class=\"about\">");
        out.append(escape(facts.model().about())).append("</p></header>\n");
    }

    private void regionText(RegionReport region) {
        String name = region.supplied().datasetName();
        out.append("<article id=\"text-")
                .append(region.slot())
                .append("\" data-slot=\"")
                .append(region.slot());
        out.append("\" tabindex=\"0\" style=\"--region:")
                .append(region.supplied().css())
                .append("\"><h2>");
        out.append(escape(name))
                .append("<small title=\"region ")
                .append(region.slot())
                .append(" of the prompt\">");
        out.append(number("%.0f", region.mask().volumeMl())).append(" ml</small></h2>");
        if (!region.agrees()) {
            out.append("<p class=\"doubt\">");
            out.append(
                    region.named().isEmpty()
                            ? "The model did not answer for this region."
                            : "The model read this region as “" + escape(region.named())
                                    + "”: treat its text as unverified.");
            out.append("</p>");
        }
        if (!region.remarks().isEmpty()) {
            out.append("<p class=\"flags\">");
            region.remarks().forEach(words -> out.append("<span>").append(words).append("</span>"));
            out.append("</p>");
        }
        out.append("<p>");
        sentences(region.sentences());
        out.append("</p></article>\n");
    }

    private void sentences(List<Sentence> sentences) {
        if (sentences.isEmpty()) {
            out.append("<i>no text</i>");
        }
        for (Sentence s : sentences) {
            out.append("<span class=\"sentence\" title=\"characters ")
                    .append(s.start())
                    .append("–")
                    .append(s.end());
            out.append(" of the answer\">").append(escape(s.text())).append("</span> ");
        }
    }

    private void warnings() {
        for (String warning : facts.warnings()) {
            out.append("<p class=\"aside warning\">").append(escape(warning)).append("</p>\n");
        }
    }

    private void leftOut() {
        for (var skipped : report.skipped()) {
            out.append("<p class=\"aside\">Left out: <b>")
                    .append(escape(skipped.region().datasetName()));
            out.append("</b> – ").append(escape(skipped.reason())).append("</p>\n");
        }
    }

    private void panel(RegionReport region, RegionPanel panel) {
        out.append("<figure id=\"pictures-")
                .append(region.slot())
                .append("\" data-slot=\"")
                .append(region.slot());
        out.append("\" style=\"--region:").append(region.supplied().css()).append("\"><figcaption>");
        out.append(escape(region.supplied().datasetName()))
                .append("<small>")
                .append(escape(panel.window().toString()));
        out.append(
                "; patient right is on the left of axial and coronal views</small></figcaption><div class=\"views\">\n");
        panel.slices().forEach(this::slice);
        if (panel.slices().isEmpty()) {
            out.append("<p>The mask is empty: nothing to show.</p>");
        }
        out.append("</div>");
        panel.modelView().ifPresent(view -> {
            out.append("<div class=\"strip\"><img alt=\"model input\" src=\"").append(dataUri(view.strip()));
            out.append("\"><small>what the model saw: ").append(view.size());
            out.append(" voxels, cut out and stretched, from top to bottom</small></div>");
        });
        out.append("</figure>\n");
    }

    private void slice(SlicePicture s) {
        String box = number("%.2f", s.widthMm()) + " " + number("%.2f", s.heightMm());
        boolean sagittal = s.plane().equals("sagittal");
        out.append("<div class=\"view\"><svg viewBox=\"0 0 ").append(box).append("\"><image width=\"");
        out.append(number("%.2f", s.widthMm())).append("\" height=\"").append(number("%.2f", s.heightMm()));
        out.append("\" preserveAspectRatio=\"none\" href=\"")
                .append(dataUri(s.jpeg()))
                .append("\"/>");
        out.append("<path class=\"outline\" transform=\"scale(").append(number("%.5f", s.widthMm() / s.columns()));
        out.append(' ')
                .append(number("%.5f", s.heightMm() / s.rows()))
                .append(")\" d=\"")
                .append(s.outline());
        out.append("\"/></svg><span class=\"side left\">")
                .append(sagittal ? "A" : "R")
                .append("</span>");
        out.append("<span class=\"side right\">").append(sagittal ? "P" : "L").append("</span><small>");
        out.append(s.plane()).append(", slice ").append(s.slice()).append("</small></div>\n");
    }

    private void provenance() {
        out.append("<details><summary>Where this report comes from</summary><table>\n");
        row("array axes go to", facts.study().orientation());
        row("study sha256", facts.study().sha256());
        row("model sha256", facts.model().sha256());
        facts.settings().forEach(this::row);
        facts.provenance().forEach(this::row);
        out.append("</table></details>\n");
    }

    private void row(String name, Object value) {
        switch (value) {
            case Map<?, ?> map -> map.forEach((k, v) -> row(name + " " + k, Objects.toString(v, "")));
            default ->
                out.append("<tr><th>")
                        .append(escape(name))
                        .append("</th><td>")
                        .append(escape(value.toString()))
                        .append("</td></tr>\n");
        }
    }

    private static String dataUri(byte[] jpeg) {
        return "data:image/jpeg;base64," + Base64.getEncoder().encodeToString(jpeg);
    }

    private static String number(String format, double value) {
        return String.format(Locale.ROOT, format, value);
    }

    private static String escape(String text) {
        return text.replace("&", "&amp;")
                .replace("<", "&lt;")
                .replace(">", "&gt;")
                .replace("\"", "&quot;");
    }

    private static String resource(String name) {
        try (InputStream in = ReportHtml.class.getResourceAsStream(name)) {
            return new String(Objects.requireNonNull(in, name).readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
