package org.reg2rg.report;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.reg2rg.report.GroundedReport.RegionReport;

/** The report as plain text for a terminal or a clipboard. */
public final class ReportText {
    private static final int WIDTH = 100;

    private ReportText() {}

    public static String write(GroundedReport report, ReportFacts facts) {
        var out = new StringBuilder();
        facts.notices().forEach(notice -> wrap(out, "", notice));
        out.append('\n');
        out.append("Study  ")
                .append(facts.study().file())
                .append("  ")
                .append(facts.study().size())
                .append(" voxels, ");
        out.append(facts.study().orientation()).append('\n');
        out.append("Model  ")
                .append(facts.model().name())
                .append("  ")
                .append(facts.model().sha256(), 0, 12);
        out.append('\n');
        facts.warnings().forEach(warning -> wrap(out, "", "Warning: " + warning));
        out.append('\n');
        for (RegionReport region : report.regions()) {
            out.append(heading(region)).append('\n');
            wrap(out, "  ", region.sentences().isEmpty() ? "(no text)" : region.joined());
            out.append('\n');
        }
        for (var section : report.sections()) {
            out.append("[without a region] ").append(section.title()).append('\n');
            wrap(
                    out,
                    "  ",
                    String.join(
                            " ",
                            section.sentences().stream()
                                    .map(SentenceSplitter.Sentence::text)
                                    .toList()));
            out.append('\n');
        }
        for (var skipped : report.skipped()) {
            out.append("Left out: ").append(skipped.region().datasetName()).append(" (");
            out.append(skipped.reason()).append(")\n");
        }
        out.append(String.format(
                Locale.ROOT,
                "Regions recognised: %d of %d%n",
                report.agreeing(),
                report.regions().size()));
        return out.toString();
    }

    private static String heading(RegionReport region) {
        var notes = new ArrayList<>(
                List.of(String.format(Locale.ROOT, "%.0f ml", region.mask().volumeMl())));
        if (!region.agrees()) {
            notes.add(region.named().isEmpty() ? "not answered" : "the model read it as '" + region.named() + "'");
        }
        notes.addAll(region.remarks());
        return "[" + region.slot() + "] " + region.supplied().datasetName() + "  (" + String.join("; ", notes) + ")";
    }

    private static void wrap(StringBuilder out, String indent, String text) {
        int column = 0;
        for (String word : text.strip().split("\\s+")) {
            if (column > 0 && column + 1 + word.length() > WIDTH) {
                out.append('\n');
                column = 0;
            }
            out.append(column == 0 ? indent : " ").append(word);
            column += word.length() + (column == 0 ? indent.length() : 1);
        }
        out.append('\n');
    }
}
