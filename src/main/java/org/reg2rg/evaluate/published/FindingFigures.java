package org.reg2rg.evaluate.published;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.reg2rg.evaluate.clinical.Efficacy;
import org.reg2rg.evaluate.clinical.LabelPair;
import org.reg2rg.evaluate.read.LabelFile;
import org.reg2rg.evaluate.read.ReportFile;
import org.reg2rg.report.Finding;

/** Clinical efficacy: of CTRG from the released labels, of RadGenome (Table II) as far as its tables determine it. */
final class FindingFigures {
    private static final Pattern ROW =
            Pattern.compile("^\\s*(\\S.*?)\\s{2,}([0-9.]+)\\s+([0-9.]+)\\s+([0-9.]+)\\s+([0-9]+)\\s*$");
    private static final String[] COLUMNS = {"precision", "recall", "F1"};

    private FindingFigures() {}

    static Section ofCtrg(Path results) throws IOException {
        Path folder = results.resolve("Reg2RG_ctrg");
        LabelFile labels = LabelFile.read(folder.resolve("label_inferred.csv"), ReportFile.Columns.ID);
        var efficacy = new Efficacy();
        ReportFile.open(folder.resolve("ctrg_combined_reports.csv"), ReportFile.Columns.defaults())
                .read(row -> {
                    LabelPair pair = labels.find(row.id()).orElseThrow();
                    efficacy.add(pair.referenceBits(), pair.predictionBits());
                });
        Map<String, Efficacy.Scores> recomputed = new LinkedHashMap<>();
        for (Finding finding : Finding.values()) {
            recomputed.put(finding.label(), efficacy.of(finding));
        }
        recomputed.put("micro avg", efficacy.micro());
        recomputed.put("macro avg", efficacy.macro());
        recomputed.put("weighted avg", efficacy.weighted());
        recomputed.put("samples avg", efficacy.samples());
        var figures = new ArrayList<Figure>();
        published(folder.resolve("test_classification_report.txt")).forEach((name, cells) -> {
            Efficacy.Scores scores = recomputed.getOrDefault(name, new Efficacy.Scores(-1, -1, -1));
            double[] values = {scores.precision(), scores.recall(), scores.f1()};
            for (int i = 0; i < COLUMNS.length; i++) {
                figures.add(new Figure(name + ", " + COLUMNS[i], cells.get(i), like(cells.get(i), values[i]), ""));
            }
        });
        return new Section(
                "CTRG, clinical efficacy", "`label_inferred.csv` against `test_classification_report.txt`", figures);
    }

    /**
     * The labels of RadGenome are not released, but precision, recall and support of each finding are: they give all
     * counts but the inventions of a finding that was never right.
     */
    static Section ofRadGenome(Path results) throws IOException {
        Path folder = results.resolve("Reg2RG_radgenome");
        Map<String, List<String>> published = published(folder.resolve("test_classification_report.txt"));
        double precisions = 0;
        double recalls = 0;
        double f1s = 0;
        double hits = 0;
        double positives = 0;
        for (Map<String, String> row : TextFigures.rows(folder.resolve("metrics_manual.csv"))) {
            if (Finding.find(row.getOrDefault("Label", "")).isPresent()) {
                double support = Double.parseDouble(row.getOrDefault("Support", ""));
                double recall = Double.parseDouble(row.getOrDefault("Recall", ""));
                precisions += Double.parseDouble(row.getOrDefault("Precision", ""));
                recalls += recall;
                f1s += Double.parseDouble(row.getOrDefault("F1 Score", ""));
                hits += recall * support;
                positives += support;
            }
        }
        int findings = Finding.values().length;
        List<String> macro = published.getOrDefault("macro avg", List.of("", "", ""));
        List<String> micro = published.getOrDefault("micro avg", List.of("", "", ""));
        List<String> samples = published.getOrDefault("samples avg", List.of("", "", ""));
        String unknown = "the inventions of a finding that was never right are in no table";
        String labels = "the labels are not released";
        return new Section(
                "RadGenome, clinical efficacy (Table II: the micro averages)",
                "per-finding rows of `metrics_manual.csv` against `test_classification_report.txt`",
                List.of(
                        new Figure("micro avg, precision", micro.get(0), "", unknown),
                        new Figure("micro avg, recall", micro.get(1), like(micro.get(1), hits / positives), ""),
                        new Figure("micro avg, F1", micro.get(2), "", unknown),
                        new Figure("macro avg, precision", macro.get(0), like(macro.get(0), precisions / findings), ""),
                        new Figure("macro avg, recall", macro.get(1), like(macro.get(1), recalls / findings), ""),
                        new Figure("macro avg, F1", macro.get(2), like(macro.get(2), f1s / findings), ""),
                        new Figure("samples avg, F1", samples.get(2), "", labels)));
    }

    static Section ofRegions(Path results) throws IOException {
        var figures = new ArrayList<Figure>();
        for (Map<String, String> row :
                TextFigures.rows(results.resolve("Reg2RG_radgenome/all_regions_micro_avg_results.csv"))) {
            String f1 = String.format(Locale.ROOT, "%.4f", Double.parseDouble(row.getOrDefault("f1-score", "")));
            figures.add(new Figure(
                    row.getOrDefault("region", "") + ", micro F1",
                    f1,
                    "",
                    "the labels of the regions are not released"));
        }
        return new Section(
                "RadGenome, clinical efficacy of regions (Table IV)", "`all_regions_micro_avg_results.csv`", figures);
    }

    /** Precision, recall, F1 and support by row of a classification report of scikit-learn. */
    private static Map<String, List<String>> published(Path file) throws IOException {
        var rows = new LinkedHashMap<String, List<String>>();
        for (String line : Files.readAllLines(file)) {
            Matcher row = ROW.matcher(line);
            if (row.matches()) {
                rows.put(row.group(1), List.of(row.group(2), row.group(3), row.group(4), row.group(5)));
            }
        }
        return rows;
    }

    /** A value with as many decimals as the published figure. */
    static String like(String published, double value) {
        int decimals = published.length() - published.indexOf('.') - 1;
        return String.format(Locale.ROOT, "%." + decimals + "f", value);
    }
}
