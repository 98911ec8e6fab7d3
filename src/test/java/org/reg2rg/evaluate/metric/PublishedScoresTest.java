package org.reg2rg.evaluate.metric;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.reg2rg.SharedFolder;
import org.reg2rg.evaluate.read.ReportFile;
import org.reg2rg.evaluate.read.ReportRow;
import org.reg2rg.evaluate.stat.Summary;
import org.reg2rg.evaluate.text.PythonText;

/** Every text score that the paper's repository prints, recomputed from the outputs it ships, to the last digit. */
class PublishedScoresTest {
    private static final String RESULTS = "data/reports/reg2rg-results/";

    @Test
    void ctrgReports() throws IOException {
        Path folder = SharedFolder.require(RESULTS + "Reg2RG_ctrg");
        List<String> lines = Files.readAllLines(folder.resolve("nlg_evaluation_results.csv"));
        check(columns(lines.getFirst(), lines.get(1)), folder.resolve("ctrg_combined_reports_rm_region_text.csv"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"abdomen", "bone", "breast", "esophagus", "thyroid", "trachea and bronchie"})
    void radGenomeRegion(String region) throws IOException {
        Path folder = SharedFolder.require(RESULTS + "Reg2RG_radgenome");
        List<String> lines = Files.readAllLines(folder.resolve("nlg_evaluation_results_all_regions.csv"));
        String row = lines.stream()
                .filter(line -> line.startsWith(region + ","))
                .findFirst()
                .orElseThrow();
        check(columns(lines.getFirst(), row), folder.resolve(region + "_reports.csv"));
    }

    private static Map<String, String> columns(String header, String row) {
        String[] names = header.split(",");
        String[] cells = row.split(",");
        var columns = new LinkedHashMap<String, String>();
        for (int i = 0; i < names.length; i++) {
            columns.put(names[i], cells[i]);
        }
        return columns;
    }

    private static void check(Map<String, String> published, Path reports) throws IOException {
        var rows = new ArrayList<ReportRow>();
        var corpus = new CiderCorpus();
        ReportFile.open(reports, ReportFile.Columns.defaults()).read(row -> {
            rows.add(row);
            corpus.add(PythonText.split(row.reference()));
        });
        var scorer = new PairScorer(corpus);
        List<PairScorer.Scores> scores = rows.stream()
                .map(row -> scorer.score(row.reference(), row.prediction()))
                .toList();
        assertThat(Arrays.stream(TextMetric.values())
                        .map(metric -> meanAndDeviation(metric, scores))
                        .toList())
                .isEqualTo(Arrays.stream(TextMetric.values())
                        .map(metric -> published.get(metric.title()))
                        .toList());
        Bleu.Counts corpusCounts =
                scores.stream().map(PairScorer.Scores::bleu).reduce(Bleu.Counts.none(), Bleu.Counts::plus);
        for (int order = 1; order <= Bleu.ORDERS; order++) {
            assertThat(String.format(Locale.ROOT, "%.4f", Bleu.score(corpusCounts, order)))
                    .isEqualTo(published.get("Overall_BLEU-" + order));
        }
    }

    private static String meanAndDeviation(TextMetric metric, List<PairScorer.Scores> scores) {
        Summary summary = Summary.of(
                scores.stream().mapToDouble(score -> score.get(metric)).toArray());
        return String.format(Locale.ROOT, "%.4f±%.4f", summary.mean(), summary.std());
    }
}
