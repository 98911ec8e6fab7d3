package org.reg2rg.recipe;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.reg2rg.core.Json;
import org.reg2rg.report.Finding;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.SerializationFeature;

class EvaluateCohortTest {
    private static final String HEADER = "AccNum,Question,GT_combined_report,Pred_combined_report\n";

    @TempDir
    private Path folder = Path.of("");

    private final Program program = new Program();

    private int run(String reports, String truth) throws IOException {
        Files.writeString(folder.resolve("reports.csv"), HEADER + reports);
        Files.writeString(folder.resolve("truth.jsonl"), truth);
        return program.run(
                "evaluate-cohort",
                folder + "/reports.csv",
                "--truth",
                folder + "/truth.jsonl",
                "--out",
                folder + "/out",
                "--bootstrap",
                "20");
    }

    private static String truth(String volume, double noduleMm, Set<Finding> present) {
        var labels = new LinkedHashMap<String, Integer>();
        for (Finding finding : Finding.values()) {
            labels.put(finding.label(), present.contains(finding) ? 1 : 0);
        }
        var line = new LinkedHashMap<String, Object>();
        line.put("volume", volume);
        line.put("labels", labels);
        line.put("nodule_mm", noduleMm);
        return Json.MAPPER.writer().without(SerializationFeature.INDENT_OUTPUT).writeValueAsString(line) + "\n";
    }

    @Test
    void judgesSentencesByTheTruthAndNotByTheReference() throws IOException {
        int code = run(
                """
                a,q,"The region 0 is lung: Both lungs are clear.","The region 0 is lung: A 10 mm nodule is seen in the right upper lobe."
                b,q,"The region 0 is lung: Both lungs are clear.","The region 0 is bone: A 30 mm nodule is seen in the left lower lobe."
                c,q,"The region 0 is lung: Emphysema is seen.","The region 0 is lung: Both lungs are clear."
                x,q,"The region 0 is lung: Both lungs are clear.","The region 0 is lung: Both lungs are clear."
                """,
                truth("a", 9, Set.of(Finding.LUNG_NODULE))
                        + truth("b", 12, Set.of(Finding.LUNG_NODULE))
                        + truth("c", 0, Set.of(Finding.EMPHYSEMA)));
        assertThat(code).as(program.err()).isEqualTo(Main.OK);
        JsonNode json = Json.read(folder.resolve("out/cohort.json"));
        assertThat(json.at("/ce/micro/precision").asDouble()).isEqualTo(1);
        assertThat(json.at("/ce/micro/recall").asDouble()).isEqualTo(2.0 / 3);
        assertThat(json.at("/ce/macro/recall").asDouble()).isEqualTo(0.5);
        assertThat(json.at("/ce/per_label/Emphysema/omitted").asInt()).isEqualTo(1);
        assertThat(json.at("/size_error/nodules").asInt()).isEqualTo(2);
        assertThat(json.at("/size_error/within_30_percent").asInt()).isEqualTo(1);
        assertThat(json.at("/recognition/accuracy_mean").asDouble()).isEqualTo(0.75);
        assertThat(json.at("/collapse/prediction/distinct").asInt()).isEqualTo(3);
        assertThat(json.at("/without_truth_listed/0").asString()).isEqualTo("x");
        assertThat(folder.resolve("out/cohort.html")).content().contains("<svg", "within 30 %");
    }

    @Test
    void badTruthEndsWithCodeTwo() throws IOException {
        assertThat(run("a,q,b,c\n", "{\"volume\": \"a\"}\n")).isEqualTo(Main.BAD_INPUT);
        assertThat(program.err()).contains("truth.jsonl line 1: expected 'volume' and 'nodule_mm'");
        assertThat(run("a,q,b,c\n", truth("z", 0, Set.of()))).isEqualTo(Main.BAD_INPUT);
        assertThat(program.err()).contains("none of its 1 studies is in the truth, the first is [a]");
        assertThat(run("a,q,b,c\n", "no json\n")).isEqualTo(Main.BAD_INPUT);
        assertThat(run("a,q,b,c\n", truth("a", 0, Set.of()) + truth("a", 0, Set.of())))
                .isEqualTo(Main.BAD_INPUT);
        assertThat(program.err()).contains("line 2: study 'a' is there twice");
        assertThat(folder.resolve("out")).doesNotExist();
    }
}
