package org.reg2rg.evaluate.region;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.entry;

import java.io.IOException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.reg2rg.SharedFolder;
import org.reg2rg.ct.Region;
import org.reg2rg.evaluate.read.ReportFile;
import org.reg2rg.evaluate.read.ReportRow;

class RegionTextTest {
    @Test
    void stripsPrefixesAndCollapsesBlanks() {
        assertThat(RegionText.withoutPrefixes(
                        "The region 0 is lung: Clear.  The region 12 is trachea and bronchie: Open. "))
                .isEqualTo("Clear. Open.");
        assertThat(RegionText.withoutPrefixes("No prefix here.")).isEqualTo("No prefix here.");
        assertThat(RegionText.hasPrefix("The region x is lung: Clear.")).isFalse();
    }

    @Test
    void keepsTheWordsInTheBracesOfTheOtherReport() {
        assertThat(RegionText.withoutPrefixes(
                        "The region 0 is lung: Clear. The other report is: {mediastinum: Wide.}{pleura: }{other: Old."))
                .isEqualTo("Clear. Wide. Old.");
        assertThat(RegionText.withoutPrefixes("Clear. The other report is {pleura: Dry.}"))
                .isEqualTo("Clear. Dry.");
    }

    @Test
    void readsEachRegionAndJoinsRepeatedOnes() {
        Map<Region, String> regions = RegionText.parse("The region 0 is lung: Clear. The region 1 is heart:  "
                + "The region 2 is lung: No nodule. The region 3 is mars: Red. The region 4 is bone: Whole.");
        assertThat(regions).containsExactly(entry(Region.BONE, "Whole."), entry(Region.LUNG, "Clear. No nodule."));
    }

    @Test
    void equalsTheReleasedStrippedTextOfAllCtrgStudiesButTheOneCutOffInsideABrace() throws IOException {
        Path folder = SharedFolder.require("data/reports/reg2rg-results/Reg2RG_ctrg");
        var released = new HashMap<String, ReportRow>();
        ReportFile.open(folder.resolve("ctrg_combined_reports_rm_region_text.csv"), ReportFile.Columns.defaults())
                .read(row -> released.put(row.id(), row));
        int[] equal = new int[2];
        ReportFile.open(folder.resolve("ctrg_combined_reports.csv"), ReportFile.Columns.defaults())
                .read(row -> {
                    ReportRow stripped = released.get(row.id());
                    boolean same = stripped != null
                            && RegionText.withoutPrefixes(row.reference()).equals(stripped.reference())
                            && RegionText.withoutPrefixes(row.prediction()).equals(stripped.prediction());
                    equal[same ? 0 : 1]++;
                });
        assertThat(equal).containsExactly(360, 1);
    }
}
