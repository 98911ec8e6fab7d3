package org.reg2rg.evaluate.published;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.reg2rg.evaluate.read.ReportFile;
import org.reg2rg.evaluate.read.ReportRow;
import org.reg2rg.evaluate.region.Recognition;
import org.reg2rg.evaluate.region.RegionText;
import org.reg2rg.evaluate.stat.Summary;

/** Region recognition (Table III) and the stripping of region prefixes. */
final class RegionFigures {
    private static final Pattern MEAN = Pattern.compile("Mean accuracy: ([0-9.]+)");

    private RegionFigures() {}

    static Section recognition(Path results) throws IOException {
        Path reports = results.resolve("Reg2RG_ctrg/ctrg_combined_reports.csv");
        var recognition = new Recognition(Recognition.Rule.PUBLISHED);
        ReportFile.open(reports, ReportFile.Columns.defaults())
                .read(row -> recognition.add(row.reference(), row.prediction()));
        Summary summary = Summary.of(recognition.accuracies());
        return new Section(
                "Region recognition (Table III)",
                "`ctrg_combined_reports.csv` against `region_classification_report.txt`; RadGenome: its file only",
                List.of(
                        new Figure(
                                "CTRG, mean accuracy",
                                meanOf(results.resolve("Reg2RG_ctrg/region_classification_report.txt")),
                                String.format(Locale.ROOT, "%.4f", summary.mean()),
                                "the published file comes from another run than the released reports"),
                        new Figure(
                                "RadGenome, mean accuracy",
                                meanOf(results.resolve("Reg2RG_radgenome/region_classification_report.txt")),
                                "",
                                "the generated reports are not released")));
    }

    private static String meanOf(Path file) throws IOException {
        for (String line : Files.readAllLines(file)) {
            Matcher mean = MEAN.matcher(line);
            if (mean.find()) {
                return String.format(Locale.ROOT, "%.4f", Double.parseDouble(mean.group(1)));
            }
        }
        return "";
    }

    static Section stripping(Path results) throws IOException {
        var released = new HashMap<String, ReportRow>();
        ReportFile.open(
                        results.resolve("Reg2RG_ctrg/ctrg_combined_reports_rm_region_text.csv"),
                        ReportFile.Columns.defaults())
                .read(row -> released.put(row.id(), row));
        var differing = new ArrayList<String>();
        int[] rows = new int[1];
        ReportFile.open(results.resolve("Reg2RG_ctrg/ctrg_combined_reports.csv"), ReportFile.Columns.defaults())
                .read(row -> {
                    rows[0]++;
                    if (!strippedAlike(row, released.getOrDefault(row.id(), row))) {
                        differing.add(row.id());
                    }
                });
        return new Section(
                "CTRG, texts without region prefixes",
                "`ctrg_combined_reports.csv` with `--strip-region-prefix` against"
                        + " `ctrg_combined_reports_rm_region_text.csv`",
                List.of(new Figure(
                        "studies with equal texts",
                        String.valueOf(rows[0]),
                        String.valueOf(rows[0] - differing.size()),
                        "study " + String.join(", ", differing)
                                + " was cut off inside a brace, which the released text keeps")));
    }

    private static boolean strippedAlike(ReportRow raw, ReportRow stripped) {
        return RegionText.withoutPrefixes(raw.reference()).equals(stripped.reference())
                && RegionText.withoutPrefixes(raw.prediction()).equals(stripped.prediction());
    }

    static List<Section> all(Path results) throws IOException {
        return List.of(recognition(results), stripping(results));
    }
}
