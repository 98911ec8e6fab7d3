package org.reg2rg.evaluate.region;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.reg2rg.SharedFolder;
import org.reg2rg.ct.Region;
import org.reg2rg.evaluate.read.ReportFile;
import org.reg2rg.evaluate.stat.Summary;

class RecognitionTest {
    private static final String REFERENCE =
            "The region 0 is lung: a. The region 1 is trachea and bronchie: b. The region 2 is heart: c.";

    @Test
    void publishedRuleTakesTheFirstWordAndTheLastStatement() {
        var recognition = new Recognition(Recognition.Rule.PUBLISHED);
        var study = recognition.add(
                REFERENCE, "The region 0 is bone: x. The region 0 is lung: a. The region 1 is trachea only: b.");
        assertThat(study).isEqualTo(new Recognition.Study(3, 2));
        assertThat(recognition.scores(Region.TRACHEA_AND_BRONCHI).recall()).isEqualTo(1 / (1 + 1e-5));
        assertThat(recognition.scores(Region.HEART).recall()).isZero();
        assertThat(recognition.scores(Region.HEART).support()).isEqualTo(1);
    }

    @Test
    void strictRuleForgivesNothing() {
        var recognition = new Recognition(Recognition.Rule.STRICT);
        var study = recognition.add(
                REFERENCE,
                "The region 0 is bone: x. The region 0 is lung: a. The region 1 is trachea only: b. "
                        + "The region 2 is heart: c. The region 7 is heart: d.");
        assertThat(study).isEqualTo(new Recognition.Study(3, 1));
        assertThat(recognition.scores(Region.HEART).precision()).isEqualTo(0.5);
        assertThat(recognition.scores(Region.HEART).recall()).isEqualTo(1);
    }

    @Test
    void studiesWithoutRegionsAreCountedAndLeftOut() {
        var recognition = new Recognition(Recognition.Rule.PUBLISHED);
        recognition.add("No prefix.", "The region 0 is lung: a.");
        recognition.add(REFERENCE, REFERENCE);
        assertThat(recognition.withoutRegions()).isEqualTo(1);
        assertThat(recognition.accuracies()).containsExactly(1);
    }

    @Test
    void meanAccuracyOfTheReleasedCtrgReports() throws IOException {
        Path file = SharedFolder.require("data/reports/reg2rg-results/Reg2RG_ctrg/ctrg_combined_reports.csv");
        var recognition = new Recognition(Recognition.Rule.PUBLISHED);
        ReportFile.open(file, ReportFile.Columns.defaults())
                .read(row -> recognition.add(row.reference(), row.prediction()));
        assertThat(String.format(
                        Locale.ROOT,
                        "%.4f",
                        Summary.of(recognition.accuracies()).mean()))
                .isEqualTo("0.8838");
    }
}
