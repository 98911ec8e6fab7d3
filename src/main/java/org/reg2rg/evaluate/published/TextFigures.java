package org.reg2rg.evaluate.published;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.reg2rg.core.InputException;
import org.reg2rg.core.Progress;
import org.reg2rg.ct.Region;
import org.reg2rg.evaluate.Evaluation;
import org.reg2rg.evaluate.Evaluator;
import org.reg2rg.evaluate.LabelSource;
import org.reg2rg.evaluate.Settings;
import org.reg2rg.evaluate.metric.TextMetric;
import org.reg2rg.evaluate.read.ReportFile;
import org.reg2rg.evaluate.stat.Summary;

/** The text scores: Table I of CTRG, and those of Table IV whose region file is released. */
final class TextFigures {
    private static final String RANDOM = "the original is the middle of a random bootstrap; here the mean";
    private static final String ABSENT = "the generated reports are not released";

    private TextFigures() {}

    static Section ofCtrg(Path results) throws IOException {
        Path folder = results.resolve("Reg2RG_ctrg");
        Map<String, String> published =
                rows(folder.resolve("nlg_evaluation_results.csv")).getFirst();
        return new Section(
                "CTRG, text scores of whole reports",
                "`ctrg_combined_reports_rm_region_text.csv` against `nlg_evaluation_results.csv`",
                compare(published, folder.resolve("ctrg_combined_reports_rm_region_text.csv")));
    }

    static Section ofRadGenome(Path results) throws IOException {
        Map<String, String> published = rows(results.resolve("Reg2RG_radgenome/nlg_evaluation_results.csv"))
                .getFirst();
        return new Section(
                "RadGenome, text scores of whole reports (Table I)", "`nlg_evaluation_results.csv`", absent(published));
    }

    static List<Section> ofRegions(Path results) throws IOException {
        Path folder = results.resolve("Reg2RG_radgenome");
        var sections = new ArrayList<Section>();
        for (Map<String, String> published : rows(folder.resolve("nlg_evaluation_results_all_regions.csv"))) {
            String region = published.getOrDefault("region", "");
            Region.parse("nlg_evaluation_results_all_regions.csv", region);
            Path reports = folder.resolve(region + "_reports.csv");
            sections.add(new Section(
                    "RadGenome, text scores of region " + region + " (Table IV)",
                    "`" + reports.getFileName() + "` against `nlg_evaluation_results_all_regions.csv`",
                    Files.exists(reports) ? compare(published, reports) : absent(published)));
        }
        return sections;
    }

    private static List<Figure> absent(Map<String, String> published) {
        return published.entrySet().stream()
                .filter(entry -> !entry.getKey().equals("region"))
                .map(entry -> new Figure(entry.getKey(), entry.getValue(), "", ABSENT))
                .toList();
    }

    private static List<Figure> compare(Map<String, String> published, Path reports) throws IOException {
        Evaluation evaluation = Evaluator.evaluate(
                ReportFile.open(reports, ReportFile.Columns.defaults()),
                new LabelSource.None(),
                new Settings(false, 0, 0, Progress.Style.QUIET));
        Map<String, String> recomputed = recompute(evaluation);
        return published.entrySet().stream()
                .filter(entry -> recomputed.containsKey(entry.getKey()))
                .map(entry -> new Figure(
                        entry.getKey(),
                        entry.getValue(),
                        recomputed.getOrDefault(entry.getKey(), ""),
                        entry.getKey().startsWith("Overall_ROUGE") ? RANDOM : ""))
                .toList();
    }

    private static Map<String, String> recompute(Evaluation evaluation) {
        var figures = new LinkedHashMap<String, String>();
        for (TextMetric metric : TextMetric.values()) {
            Summary summary = Summary.of(evaluation.whole().scores(metric));
            figures.put(metric.title(), String.format(Locale.ROOT, "%.4f±%.4f", summary.mean(), summary.std()));
            double overall = switch (metric) {
                case BLEU_1, BLEU_2, BLEU_3, BLEU_4 -> evaluation.whole().corpusBleu(metric.ordinal() + 1);
                case METEOR, ROUGE_1, ROUGE_2, ROUGE_L, CIDER -> summary.mean();
            };
            figures.put("Overall_" + metric.title(), String.format(Locale.ROOT, "%.4f", overall));
        }
        return figures;
    }

    /** The rows of a small CSV file without quotes, by column. */
    static List<Map<String, String>> rows(Path file) throws IOException {
        if (!Files.isRegularFile(file)) {
            throw new InputException(
                    file.toString(), "no such file", "give the folder with Reg2RG_ctrg and Reg2RG_radgenome");
        }
        List<String> lines = Files.readAllLines(file);
        String[] names = lines.getFirst().split(",");
        var rows = new ArrayList<Map<String, String>>();
        for (String line : lines.subList(1, lines.size())) {
            String[] cells = line.split(",");
            var row = new LinkedHashMap<String, String>();
            for (int i = 0; i < Math.min(names.length, cells.length); i++) {
                row.put(names[i], cells[i]);
            }
            rows.add(row);
        }
        return rows;
    }
}
