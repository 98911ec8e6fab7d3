package org.reg2rg.recipe;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.reg2rg.core.Json;
import org.reg2rg.evaluate.metric.TextMetric;
import tools.jackson.databind.JsonNode;

class EvaluateTest {
    private static final String REPORTS = """
            AccNum,GT_combined_report,Pred_combined_report
            1,"The region 0 is lung: A 5 mm nodule is seen in the right upper lobe. The region 1 is heart: The heart is enlarged.","The region 0 is lung: A 9 mm nodule is seen in the left upper lobe. The region 1 is heart: Heart size is normal."
            2,"The region 0 is lung: Both lungs are clear. The region 1 is pleura: No pleural effusion.","The region 0 is lung: Emphysema is seen. The region 1 is pleura: Bilateral pleural effusion."
            3,"The region 0 is lung: Both lungs are clear.","The region 0 is bone: Both lungs are clear."
            4,"Emphysema <b>in</b> both lungs.",
            """;

    @TempDir
    private Path folder = Path.of("");

    private final Program program = new Program();

    private String reports(String name) throws IOException {
        return Files.writeString(folder.resolve(name), REPORTS).toString();
    }

    private JsonNode evaluate(String... more) throws IOException {
        Path target = folder.resolve("out");
        String[] arguments = new String[more.length + 4];
        arguments[0] = "evaluate";
        arguments[1] = reports("a.csv");
        arguments[2] = "--out";
        arguments[3] = target.toString();
        System.arraycopy(more, 0, arguments, 4, more.length);
        assertThat(program.run(arguments)).as(program.err()).isEqualTo(Main.OK);
        return Json.read(target.resolve("evaluation.json"));
    }

    @Test
    void writesEveryPathOfTheContract() throws IOException {
        JsonNode json = evaluate("--strip-region-prefix", "--bootstrap", "20");
        for (TextMetric metric : TextMetric.values()) {
            for (String number : List.of("mean", "std", "ci_low", "ci_high")) {
                assertThat(json.at("/nlg/sentence_mean/" + metric.key() + "/" + number)
                                .isNumber())
                        .as(metric + " " + number)
                        .isTrue();
            }
        }
        for (String path : List.of(
                "/nlg/corpus/bleu_4",
                "/nlg/corpus/meteor",
                "/nlg/corpus/rouge_l",
                "/ce/micro/f1",
                "/ce/macro/precision",
                "/ce/weighted/recall",
                "/ce/samples/f1",
                "/ce/per_label/Lung nodule/support",
                "/ce/crg",
                "/regions/lung/amount",
                "/regions/lung/nlg/sentence_mean/bleu_1/mean",
                "/regions/lung/ce/micro/f1",
                "/recognition/accuracy_mean",
                "/recognition/accuracy_std",
                "/recognition/per_region/trachea and bronchie/precision",
                "/recognition_strict/per_region/lung/f1",
                "/length/reference/mean",
                "/length/prediction/median",
                "/length/kl_divergence",
                "/collapse/reference/distinct",
                "/collapse/prediction/top1_share",
                "/reports",
                "/skipped")) {
            assertThat(json.at(path).isNumber()).as(path).isTrue();
        }
    }

    @Test
    void findsWhatIsOmittedInventedAndContradicted() throws IOException {
        JsonNode json = evaluate();
        JsonNode checks = json.path("checks");
        assertThat(checks.at("/inventions/Emphysema/examples/0/sentence").asString())
                .isEqualTo("Emphysema is seen.");
        assertThat(checks.at("/omissions/Cardiomegaly/count").asInt()).isEqualTo(1);
        assertThat(checks.at("/laterality/compared").asInt()).isEqualTo(1);
        assertThat(checks.at("/laterality/contradicting").asInt()).isEqualTo(1);
        assertThat(checks.at("/sizes/findings_compared").asInt()).isEqualTo(1);
        assertThat(checks.at("/sizes/findings_agreeing").asInt()).isZero();
        assertThat(checks.at("/negation/asserted_but_denied_by_reference").asInt())
                .isPositive();
        assertThat(json.at("/problems/empty_prediction_listed/0").asString()).isEqualTo("4");
        assertThat(json.at("/recognition/accuracy_mean").asDouble()).isEqualTo(2.0 / 3);
    }

    @Test
    void withoutBootstrapIntervalsAreNull() throws IOException {
        JsonNode json = evaluate("--bootstrap", "0", "--compare", reports("b.csv"));
        assertThat(json.at("/nlg/sentence_mean/meteor/ci_low").isNull()).isTrue();
        assertThat(json.at("/ce/intervals/micro_f1/ci_high").isNull()).isTrue();
        assertThat(json.at("/comparisons/0/scores/bleu_1/p_value").isNull()).isTrue();
        assertThat(json.at("/comparisons/0/scores/bleu_1/difference").asDouble())
                .isZero();
    }

    @Test
    void pageIsOneFileWithEscapedTexts() throws IOException {
        evaluate("--compare", reports("b.csv"));
        String page = Files.readString(folder.resolve("out/evaluation.html"));
        assertThat(page)
                .contains("<svg", "Compared with b.csv", "Studies side by side", "class='contradicts'", "&lt;b&gt;in")
                .doesNotContain("<b>in", "http://", "https://", "<script", "<link");
        assertThat(Files.readAllLines(folder.resolve("out/per_report.csv"))).hasSize(5);
        assertThat(program.out()).contains("BLEU-1", "shuffled", "Written: ");
    }

    @Test
    void equalInputGivesEqualBytes() throws IOException {
        evaluate();
        byte[] first = Files.readAllBytes(folder.resolve("out/evaluation.json"));
        evaluate();
        assertThat(Files.readAllBytes(folder.resolve("out/evaluation.json"))).isEqualTo(first);
    }

    @Test
    void badInputEndsWithCodeTwoAndWritesNothing() throws IOException {
        Path bad = Files.writeString(folder.resolve("bad.csv"), "AccNum,text\n1,a\n");
        assertThat(program.run("evaluate", bad.toString(), "--out", folder + "/none"))
                .isEqualTo(Main.BAD_INPUT);
        assertThat(program.err()).contains("no column 'GT_combined_report'", "[AccNum, text]");
        assertThat(folder.resolve("none")).doesNotExist();
        assertThat(program.run("evaluate", reports("a.csv"), "--labels", "radbert"))
                .isEqualTo(Main.BAD_INPUT);
        assertThat(program.err())
                .contains("--labels radbert: the network needs its weights; name their folder with --labeller");
        assertThat(program.run("evaluate", reports("a.csv"), "--bootstrap", "-1"))
                .isEqualTo(Main.BAD_INPUT);
    }
}
