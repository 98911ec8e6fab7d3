package org.reg2rg.recipe;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.reg2rg.cohort.Cohort;
import org.reg2rg.cohort.CohortWriter;
import org.reg2rg.cohort.PhantomSize;
import org.reg2rg.core.CsvTable;
import org.reg2rg.core.Json;
import org.reg2rg.core.Progress;
import org.reg2rg.ct.GridSize;
import org.reg2rg.model.TinyModel;
import tools.jackson.databind.JsonNode;

/** The command {@code generate}, on a small cohort and a tiny model. */
class GenerateTest {
    private static final PhantomSize SMALL = new PhantomSize(new GridSize(48, 48, 30), 7, 7, 9);
    private static final int STUDIES = 3;

    @TempDir
    @SuppressWarnings("NullAway.Init")
    private static Path folder;

    @BeforeAll
    static void drawACohort() throws IOException {
        try (Progress progress = Progress.of("", "", STUDIES, Progress.Style.QUIET)) {
            new CohortWriter(new Cohort(3, STUDIES, SMALL), folder.resolve("cohort"), false).write(1, progress);
        }
        TinyModel.create(folder.resolve("model"), 1);
    }

    private final Program program = new Program();

    private static Path file(String name) {
        return folder.resolve(name + ".csv");
    }

    private int generate(String name, String... more) {
        var words = new ArrayList<>(
                List.of("generate", "--data", folder.resolve("cohort").toString(), "--quiet"));
        words.addAll(List.of("--model", folder.resolve("model").toString(), "--max-new-tokens", "8"));
        words.addAll(List.of("--out", file(name).toString()));
        words.addAll(List.of(more));
        int code = program.run(words.toArray(String[]::new));
        return code;
    }

    private byte[] generated(String name, String... more) throws IOException {
        assertThat(generate(name, more)).as(program.err()).isEqualTo(Main.OK);
        return Files.readAllBytes(file(name));
    }

    /** Study → cells by column. */
    private static Map<String, Map<String, String>> rows(String name) throws IOException {
        var rows = new LinkedHashMap<String, Map<String, String>>();
        CsvTable table = CsvTable.open(file(name));
        assertThat(table.header()).containsExactly("AccNum", "Question", "GT_combined_report", "Pred_combined_report");
        table.read((_, cells) -> rows.put(
                cells.getFirst(),
                Map.of("question", cells.get(1), "reference", cells.get(2), "prediction", cells.get(3))));
        return rows;
    }

    private static String cell(String name, String study, String column) throws IOException {
        return rows(name).getOrDefault(study, Map.of()).getOrDefault(column, "");
    }

    @Test
    void writesThePublishedColumnsAndIsJudgedByTheTruth() throws IOException {
        generated("plain");
        assertThat(rows("plain")).hasSize(STUDIES).containsKey("phantom_1_a_1.nii.gz");
        assertThat(cell("plain", "phantom_1_a_1.nii.gz", "question"))
                .startsWith("The global information is provided as the context: <image><image0>")
                .endsWith("when generating each region report.");
        assertThat(cell("plain", "phantom_1_a_1.nii.gz", "reference")).startsWith("The region 0 is abdomen: ");
        JsonNode about = Json.read(folder.resolve("plain.json"));
        assertThat(about.at("/settings/order").asString()).isEqualTo("alphabetical");
        assertThat(about.at("/notice").asString()).contains("means nothing");
        assertThat(about.at("/finished").asBoolean()).isTrue();
        int code = program.run(
                "evaluate-cohort",
                file("plain").toString(),
                "--truth",
                folder.resolve("cohort/truth.jsonl").toString(),
                "--out",
                folder.resolve("judged").toString(),
                "--bootstrap",
                "10",
                "--quiet");
        assertThat(code).as(program.err()).isEqualTo(Main.OK);
        JsonNode judged = Json.read(folder.resolve("judged/cohort.json"));
        assertThat(judged.path("reports").asInt()).isEqualTo(STUDIES);
        for (String contracted : List.of(
                "/recognition/per_region/lung/precision",
                "/recognition/per_region/trachea and bronchie/recall",
                "/recognition/per_region/pleura/f1",
                "/recognition/accuracy_mean",
                "/recognition/accuracy_std",
                "/ce/micro/precision",
                "/ce/macro/f1",
                "/ce/per_label/Lung nodule",
                "/size_error/share_of_nodules",
                "/collapse/reference/distinct",
                "/collapse/reference/top1_share",
                "/collapse/prediction/distinct",
                "/collapse/prediction/top1_share")) {
            assertThat(judged.at(contracted).isMissingNode()).as(contracted).isFalse();
        }
    }

    @Test
    void goesOnBehindTheLastWholeRowToTheSameBytes() throws IOException {
        byte[] straight = generated("straight", "--order", "shuffled", "--seed", "4", "--workers", "1");
        Path stopped = file("stopped");
        generated("stopped", "--order", "shuffled", "--seed", "4", "--workers", "2");
        assertThat(Files.readAllBytes(stopped)).isEqualTo(straight);
        assertThat(rows("straight")).hasSize(STUDIES);
        for (int end : new int[] {straight.length - 9, 3}) {
            Files.write(stopped, Arrays.copyOf(straight, end));
            assertThat(generated("stopped", "--order", "shuffled", "--seed", "4", "--resume"))
                    .as("stopped at byte %d of %d", end, straight.length)
                    .isEqualTo(straight);
        }
        assertThat(generate("stopped")).isEqualTo(Main.BAD_INPUT);
        assertThat(program.err()).contains("it is there already; give --resume");
        assertThat(generate("stopped", "--order", "shuffled", "--seed", "5", "--resume"))
                .isEqualTo(Main.BAD_INPUT);
        assertThat(program.err()).contains("it was made with other settings: seed expected 5, got 4");
        Files.delete(folder.resolve("stopped.json"));
        assertThat(generate("stopped", "--resume")).isEqualTo(Main.BAD_INPUT);
        assertThat(program.err()).contains("there is no stopped.json beside it");
        assertThat(Files.readAllBytes(stopped)).isEqualTo(straight);
    }

    @Test
    void regionsAndOrderAreTheUsersChoice() throws IOException {
        String study = "phantom_2_a_1.nii.gz";
        generated("some", "--regions", "lung,heart", "--order", "given");
        assertThat(cell("some", study, "reference"))
                .startsWith("The region 0 is lung: ")
                .contains("region 1 is heart: ");
        generated("back", "--regions", "lung,heart,bone", "--order", "reversed");
        assertThat(cell("back", study, "reference"))
                .startsWith("The region 0 is lung: ")
                .contains("region 2 is bone: ");
        generated("few", "--regions", "random:1-3", "--order", "shuffled");
        assertThat(cell("few", study, "reference"))
                .startsWith("The region 0 is ")
                .doesNotContain("region 3 is");
        assertThat(generate("bad", "--regions", "random:3-11")).isEqualTo(Main.BAD_INPUT);
        assertThat(program.err()).contains("--regions: expected 1 to 10 regions");
        assertThat(generate("bad", "--order", "alphabetic")).isEqualTo(Main.BAD_INPUT);
        assertThat(program.err()).contains("did you mean 'alphabetical'?");
        assertThat(generate("bad", "--split", "tests")).isEqualTo(Main.BAD_INPUT);
        assertThat(program.err()).contains("no study is in the split 'tests'");
        assertThat(file("bad")).doesNotExist();
    }

    @Test
    void anotherVolumeKeepsThePromptAndTheReference() throws IOException {
        generated("own", "--studies", "2");
        for (String volume : List.of("noise", "blank", "other")) {
            generated(volume, "--volume", volume, "--studies", "2");
            assertThat(rows(volume)).hasSize(2);
            for (String study : rows(volume).keySet()) {
                assertThat(cell(volume, study, "reference")).isEqualTo(cell("own", study, "reference"));
                assertThat(cell(volume, study, "question")).isEqualTo(cell("own", study, "question"));
            }
        }
        assertThat(Files.readAllLines(folder.resolve("other.jsonl")).getFirst())
                .contains("\"study\":\"phantom_1_a_1.nii.gz\",\"shown\":\"phantom_2_a_1.nii.gz\"");
    }

    @Test
    void aStudyThatCannotBeReadIsLeftOutAndTold() throws IOException {
        Path broken = folder.resolve("broken");
        try (Progress progress = Progress.of("", "", 2, Progress.Style.QUIET)) {
            new CohortWriter(new Cohort(3, 2, SMALL), broken, false).write(1, progress);
        }
        Path ct = broken.resolve("images/phantom_1/phantom_1_a/phantom_1_a_1.nii.gz");
        Files.write(ct, Arrays.copyOf(Files.readAllBytes(ct), 1000));
        assertThat(generate("rest", "--data", broken.toString())).isEqualTo(Main.BAD_INPUT); // --data twice
        int code = program.run(
                "generate",
                "--data",
                broken.toString(),
                "--model",
                folder.resolve("model").toString(),
                "--out",
                file("rest").toString(),
                "--max-new-tokens",
                "4",
                "--quiet");
        assertThat(code).as(program.err()).isEqualTo(Main.OK);
        assertThat(rows("rest")).containsOnlyKeys("phantom_2_a_1.nii.gz");
        assertThat(Json.read(folder.resolve("rest.json")).path("left_out").toString())
                .contains("phantom_1_a_1.nii.gz: ")
                .contains("cut off or damaged");
    }
}
