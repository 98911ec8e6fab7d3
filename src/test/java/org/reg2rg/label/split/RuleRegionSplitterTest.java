package org.reg2rg.label.split;

import static org.assertj.core.api.Assertions.assertThat;

import de.siegmar.fastcsv.reader.CsvReader;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.reg2rg.SharedFolder;
import org.reg2rg.ct.Region;
import org.reg2rg.report.SentenceSplitter;

class RuleRegionSplitterTest {
    private static final RuleRegionSplitter SPLITTER = new RuleRegionSplitter();

    private static List<String> regions(String report) {
        return SPLITTER.place(texts(report)).sentences().stream()
                .map(PlacedSentence::regionName)
                .toList();
    }

    private static List<String> texts(String report) {
        return SentenceSplitter.split(report).stream()
                .map(SentenceSplitter.Sentence::text)
                .toList();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "The windpipe and trachea are patent.|trachea and bronchie",
                "Both kidneys look unremarkable.|abdomen",
                "A 5 mm nodule lies in the right upper lobe.|lung",
                "There is a small left pleural effusion next to the lower lobe.|pleura",
                "Coronary stents are in place.|heart",
                "Small sliding hiatal hernia.|esophagus",
                "Oesophageal wall is thin.|esophagus",
                "The left lobe of the thyroid is enlarged.|thyroid",
                "Old healed rib fractures on the left.|bone",
                "Bilateral gynaecomastia.|breast",
                "Enlarged lymph nodes in the subcarinal station.|mediastinum",
                "Patchy ground-glass opacities.|lung",
                "Follow-up in six months is recommended.|other",
                "When viewed in the lung window; the trachea is shifted to the left.|trachea and bronchie",
                "Lung window: no abnormality.|lung",
            })
    void aSentenceBelongsToTheRegionItNames(String sentence, String region) {
        assertThat(regions(sentence)).containsExactly(region);
    }

    @Test
    void aSentenceThatNamesNothingContinuesTheOneBefore() {
        assertThat(regions("The liver is large. Its margin is smooth. Ultrasound is recommended. No lesion is seen."))
                .containsExactly("abdomen", "abdomen", "other", "abdomen");
        assertThat(regions("It is unchanged.")).containsExactly("other");
    }

    @Test
    void nothingIsLostAndOrderIsKept() {
        String report = "Trachea open. Liver normal. Lungs clear. Spleen normal. See above.";
        PlacedReport placed = SPLITTER.place(texts(report));
        assertThat(placed.sentences()).extracting(PlacedSentence::text).isEqualTo(texts(report));
        assertThat(placed.text(Optional.of(Region.ABDOMEN))).isEqualTo("Liver normal. Spleen normal. See above.");
        assertThat(placed.text(Optional.of(Region.THYROID))).isEmpty();
    }

    /** The released region texts, put together to one report a study and split back; see docs/split-report.md. */
    @Test
    void publishedRegionSentencesGoBackToTheirRegion() throws IOException {
        Path folder = SharedFolder.require("data/reports/reg2rg-results/Reg2RG_radgenome");
        Map<String, Map<String, String>> studies = new LinkedHashMap<>();
        for (String region : List.of("trachea and bronchie", "thyroid", "esophagus", "breast", "abdomen", "bone")) {
            try (var rows = CsvReader.builder().ofNamedCsvRecord(folder.resolve(region + "_reports.csv"))) {
                rows.forEach(row -> studies.computeIfAbsent(row.getField("AccNum"), _ -> new LinkedHashMap<>())
                        .put(region, row.getField("GT_combined_report")));
            }
        }
        var score = new Score();
        studies.values().forEach(score::add);
        System.out.println(score);
        assertThat(score.sentences).isGreaterThan(10_000);
        assertThat(score.right / (double) score.sentences).isGreaterThan(0.88);
        assertThat(score.rightElsewhere / (double) score.elsewhere).isGreaterThan(0.96);
    }

    /** Counts over all sentences, and over those that name neither the aorta nor the heart's vessels. */
    private static final class Score {
        private int sentences;
        private int right;
        private int elsewhere;
        private int rightElsewhere;

        void add(Map<String, String> study) {
            var all = new ArrayList<String>();
            Map<String, Set<String>> allowed = new HashMap<>();
            study.forEach((region, text) -> texts(text).forEach(sentence -> {
                all.add(sentence);
                allowed.computeIfAbsent(sentence, _ -> new HashSet<>()).add(region);
            }));
            for (PlacedSentence placed : SPLITTER.place(all).sentences()) {
                boolean good = allowed.getOrDefault(placed.text(), Set.of()).contains(placed.regionName());
                boolean vessel = placed.text().matches("(?i).*(aort|coronar).*");
                sentences++;
                right += good ? 1 : 0;
                elsewhere += vessel ? 0 : 1;
                rightElsewhere += good && !vessel ? 1 : 0;
            }
        }

        @Override
        public String toString() {
            return "RadGenome sentences in their region: %d of %d (%.3f); without aorta and coronaries %d of %d (%.3f)"
                    .formatted(
                            right,
                            sentences,
                            right / (double) sentences,
                            rightElsewhere,
                            elsewhere,
                            rightElsewhere / (double) elsewhere);
        }
    }
}
