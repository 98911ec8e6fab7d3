package org.reg2rg.evaluate.clinical;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.reg2rg.SharedFolder;
import org.reg2rg.evaluate.read.LabelFile;
import org.reg2rg.evaluate.read.ReportFile;
import org.reg2rg.report.Finding;

/** The CTRG classification report of the paper's repository, recomputed from its released labels. */
class PublishedEfficacyTest {
    @Test
    void allRowsOfTheClassificationReport() throws IOException {
        Path folder = SharedFolder.require("data/reports/reg2rg-results/Reg2RG_ctrg");
        LabelFile labels = LabelFile.read(folder.resolve("label_inferred.csv"), "AccNum");
        var efficacy = new Efficacy();
        ReportFile.open(folder.resolve("ctrg_combined_reports.csv"), ReportFile.Columns.defaults())
                .read(row -> {
                    LabelPair pair = labels.find(row.id()).orElseThrow();
                    efficacy.add(pair.referenceBits(), pair.predictionBits());
                });
        List<String> published = Files.readAllLines(folder.resolve("test_classification_report.txt")).stream()
                .skip(1)
                .filter(line -> !line.isBlank())
                .map(line -> line.strip().replaceAll(" {2,}", " | "))
                .toList();
        assertThat(report(efficacy)).isEqualTo(published);
    }

    private static List<String> report(Efficacy efficacy) {
        var lines = new ArrayList<String>();
        for (Finding finding : Finding.values()) {
            lines.add(line(finding.label(), efficacy.of(finding), efficacy.support(finding)));
        }
        lines.add(line("micro avg", efficacy.micro(), efficacy.support()));
        lines.add(line("macro avg", efficacy.macro(), efficacy.support()));
        lines.add(line("weighted avg", efficacy.weighted(), efficacy.support()));
        lines.add(line("samples avg", efficacy.samples(), efficacy.support()));
        return lines;
    }

    private static String line(String name, Efficacy.Scores scores, long support) {
        return String.format(
                Locale.ROOT,
                "%s | %.2f | %.2f | %.2f | %d",
                name,
                scores.precision(),
                scores.recall(),
                scores.f1(),
                support);
    }
}
