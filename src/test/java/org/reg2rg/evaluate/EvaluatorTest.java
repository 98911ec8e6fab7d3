package org.reg2rg.evaluate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.concurrent.ForkJoinPool;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.reg2rg.Tolerance;
import org.reg2rg.core.InputException;
import org.reg2rg.core.Json;
import org.reg2rg.core.Progress;
import org.reg2rg.ct.Region;
import org.reg2rg.evaluate.metric.TextMetric;
import org.reg2rg.evaluate.output.EvaluationJson;
import org.reg2rg.evaluate.read.ReportFile;
import org.reg2rg.evaluate.stat.Summary;

class EvaluatorTest {
    private static final String HEADER = "AccNum,GT_combined_report,Pred_combined_report\n";
    private static final String[] SENTENCES = {
        "The lung is clear.", "A 5 mm nodule is seen.", "No pleural effusion.", "Wide heart shadow.", "Fibrotic bands."
    };

    @TempDir
    private Path folder = Path.of("");

    private Path file(String name, String content) throws IOException {
        return Files.writeString(folder.resolve(name), content);
    }

    private static List<String> rows(int count) {
        var random = new Random(4);
        var rows = new ArrayList<String>();
        for (int i = 0; i < count; i++) {
            rows.add("s" + i + ",The region 0 is lung: " + SENTENCES[random.nextInt(5)] + " The region 1 is heart: "
                    + SENTENCES[random.nextInt(5)] + ",The region 0 is lung: " + SENTENCES[random.nextInt(5)]
                    + " The region 1 is " + (random.nextBoolean() ? "heart" : "bone") + ": "
                    + SENTENCES[random.nextInt(5)]);
        }
        return rows;
    }

    private Evaluation evaluate(Path file) throws IOException {
        return evaluate(file, new LabelSource.None());
    }

    private Evaluation evaluate(Path file, LabelSource labels) throws IOException {
        return Evaluator.evaluate(
                ReportFile.open(file, ReportFile.Columns.defaults()),
                labels,
                new Settings(true, 50, 1, Progress.Style.QUIET));
    }

    @Test
    void orderOfRowsDoesNotMatter() throws IOException {
        List<String> rows = rows(300);
        Evaluation first = evaluate(file("a.csv", HEADER + String.join("\n", rows)));
        Collections.shuffle(rows, new Random(1));
        Evaluation second = evaluate(file("b.csv", HEADER + String.join("\n", rows)));
        for (TextMetric metric : TextMetric.values()) {
            assertThat(Summary.of(second.whole().scores(metric)).mean())
                    .isCloseTo(Summary.of(first.whole().scores(metric)).mean(), Tolerance.TEXT_SCORE.offset());
        }
        assertThat(second.whole().corpusBleu(4)).isEqualTo(first.whole().corpusBleu(4));
        assertThat(second.recognition().published().scores(Region.HEART))
                .isEqualTo(first.recognition().published().scores(Region.HEART));
    }

    @Test
    void threadsDoNotMatter() throws Exception {
        Path file = file("a.csv", HEADER + String.join("\n", rows(300)));
        String parallel = Json.MAPPER.writeValueAsString(EvaluationJson.of(evaluate(file), List.of()));
        String serial;
        try (var pool = new ForkJoinPool(1)) {
            serial = pool.submit(() -> Json.MAPPER.writeValueAsString(EvaluationJson.of(evaluate(file), List.of())))
                    .get();
        }
        assertThat(parallel).isEqualTo(serial);
    }

    @Test
    void regionsAreScoredWhereBothSidesHaveWords() throws IOException {
        Evaluation evaluation = evaluate(file(
                "a.csv",
                HEADER
                        + "1,The region 0 is lung: Clear. The region 1 is heart: ,The region 0 is lung: Clear. The region 1"
                        + " is heart: Wide.\n2,The region 0 is bone: Whole.,The region 0 is lung: Clear.\n"));
        assertThat(evaluation.regions()).containsOnlyKeys(Region.LUNG);
        assertThat(evaluation.regions().values()).extracting(Group::pairs).containsExactly(1);
        assertThat(evaluation.whole().pairs()).isEqualTo(2);
    }

    @Test
    void oddRowsAreCountedAndNamed() throws IOException {
        Evaluation evaluation = evaluate(file(
                "a.csv", HEADER + "1,Clear.,Clear.\n1,Wide.,\n2,only two\n3,a,b,c\n,,Invented.\n4,Clear.,Clear.\n"));
        assertThat(evaluation.whole().pairs()).isEqualTo(4);
        assertThat(evaluation.source().oddities().brokenRows())
                .containsExactly("line 4: 2 cells, the header has 3", "line 5: 4 cells, the header has 3");
        assertThat(evaluation.source().oddities().duplicateIds()).containsExactly("1");
        assertThat(evaluation.studies()).extracting(Study::id).containsExactly("1", "1", "line 6", "4");
        assertThat(evaluation.studies().get(1).words().note()).contains("empty prediction");
        assertThat(evaluation.studies().get(2).words().note()).contains("empty reference");
        assertThat(evaluation.whole().scores(TextMetric.BLEU_1)[1]).isZero();
    }

    @Test
    void shuffledBaselineNeverMeetsItsOwnStudy() throws IOException {
        Evaluation evaluation = evaluate(file("a.csv", HEADER + "1,a b,a b\n2,c d,c d\n3,e f,e f\n"));
        assertThat(evaluation.whole().baseline().pairs()).isEqualTo(3);
        assertThat(evaluation.whole().baseline().mean(TextMetric.ROUGE_1)).isZero();
        assertThat(Summary.of(evaluation.whole().scores(TextMetric.ROUGE_1)).mean())
                .isEqualTo(1);
    }

    @Test
    void comparesTwoSystemsOnTheirCommonStudies() throws IOException {
        Evaluation here = evaluate(file("a.csv", HEADER + "1,a b c,a b c\n2,c d e,c d e\n3,e f,e f\n"));
        Evaluation there = evaluate(file("b.csv", HEADER + "3,e f,x\n1,a b c,y\n9,q,q\n"));
        Comparison comparison = Comparison.of(here, there);
        assertThat(comparison.common()).isEqualTo(2);
        assertThat(comparison.onlyHere()).isEqualTo(1);
        assertThat(comparison.onlyThere()).isEqualTo(1);
        Comparison.Score rouge = comparison.scores().stream()
                .filter(score -> score.key().equals("rouge_1"))
                .findFirst()
                .orElseThrow();
        assertThat(rouge.here()).isEqualTo(1);
        assertThat(rouge.there()).isZero();
        assertThat(rouge.pValue()).isBetween(0.3, 0.7);
    }

    @Test
    void fileWithoutRowsIsAnError() throws IOException {
        Path file = file("a.csv", HEADER + "1,one cell too few\n");
        assertThatThrownBy(() -> evaluate(file))
                .isInstanceOf(InputException.class)
                .hasMessage(file + ": no row to score, 1 broken ones; give a file with reports");
    }
}
