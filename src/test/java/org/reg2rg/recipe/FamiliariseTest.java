package org.reg2rg.recipe;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.SplittableRandom;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.reg2rg.cohort.Cohort;
import org.reg2rg.cohort.CohortWriter;
import org.reg2rg.cohort.PhantomSize;
import org.reg2rg.cohort.PhantomStudy;
import org.reg2rg.core.Json;
import org.reg2rg.core.Progress;
import org.reg2rg.ct.CtVolume;
import org.reg2rg.ct.GridSize;
import org.reg2rg.ct.NiftiWriter;
import org.reg2rg.ct.Region;
import org.reg2rg.model.Familiarity;
import org.reg2rg.model.ModelFolder;
import org.reg2rg.model.TinyModel;
import tools.jackson.databind.JsonNode;

/** A model that knows a small cohort, shown a study of it and one of another kind. */
class FamiliariseTest {
    private static final PhantomSize SMALL = new PhantomSize(new GridSize(48, 48, 30), 7, 7, 9);
    private static final int STUDIES = 10;

    @TempDir
    @SuppressWarnings("NullAway.Init")
    private static Path folder;

    @SuppressWarnings("NullAway.Init")
    private static String before;

    private final Program program = new Program();

    @BeforeAll
    static void learnACohort() throws IOException {
        var cohort = new Cohort(9, STUDIES, SMALL);
        Path data = folder.resolve("cohort");
        try (Progress progress = Progress.of("", "", STUDIES, Progress.Style.QUIET)) {
            new CohortWriter(cohort, data, false).write(1, progress);
        }
        var splits = new StringBuilder("Volumename,Split\n");
        for (int n = 0; n < STUDIES; n++) {
            splits.append(cohort.name(n).accNum()).append(n < 6 ? ",train\n" : n < 9 ? ",validation\n" : ",test\n");
        }
        Files.writeString(data.resolve("splits.csv"), splits);
        Path model = folder.resolve("model");
        TinyModel.create(model, 1);
        before = ModelFolder.sha256(model);
        var program = new Program();
        assertThat(program.run("familiarise", "--model", model.toString(), "--data", data.toString(), "--quiet"))
                .as(program.err())
                .isEqualTo(Main.OK);
        assertThat(program.out()).contains("from 6 studies; limit ").contains("beyond it 0 of 3 held-out studies");
        PhantomStudy known = cohort.study(2);
        NiftiWriter.writeInt16(folder.resolve("known.nii.gz"), known.volume());
        var random = new SplittableRandom(5);
        float[] hu = new float[known.volume().hu().length];
        for (int i = 0; i < hu.length; i++) {
            hu[i] = random.nextInt(-900, 1500);
        }
        NiftiWriter.writeInt16(
                folder.resolve("strange.nii.gz"), new CtVolume(known.volume().grid(), hu));
        NiftiWriter.writeMask(folder.resolve("lung.nii.gz"), known.mask(Region.LUNG));
    }

    /** Reports on a CT and returns what the terminal said. */
    private static String report(String ct) {
        var program = new Program();
        int code = program.run(
                "report",
                folder.resolve(ct + ".nii.gz").toString(),
                "--masks",
                folder.resolve("lung.nii.gz").toString(),
                "--model",
                folder.resolve("model").toString(),
                "--max-new-tokens",
                "4",
                "--out",
                folder.resolve(ct).toString());
        assertThat(code).as(program.err()).isEqualTo(Main.OK);
        return program.err();
    }

    private static String text(String ct) throws IOException {
        // Lines are wrapped.
        return Files.readString(folder.resolve(ct).resolve("report.txt")).replaceAll("\\s+", " ");
    }

    @Test
    void anUnknownKindOfCtIsFlaggedWhereverOneLooks() throws IOException {
        String terminal = report("strange");
        JsonNode json = Json.read(folder.resolve("strange/report.json"));
        assertThat(json.at("/familiarity/flagged").asBoolean()).isTrue();
        assertThat(json.at("/familiarity/distance").asDouble())
                .isGreaterThan(json.at("/familiarity/threshold").asDouble());
        assertThat(json.at("/regions/0/flags").toString()).contains("\"unfamiliar\"");
        assertThat(json.path("notice").asString()).contains("Unfamiliar CT: to this model it looks unlike every study");
        assertThat(terminal).contains("Unfamiliar CT: ");
        assertThat(text("strange")).contains("Unfamiliar CT: ").contains("Do not rely on any sentence below");
        assertThat(folder.resolve("strange/report.html"))
                .content()
                .contains("<div class=\"notice alarm\">Unfamiliar CT: ")
                .contains("<span>unfamiliar CT</span>");
    }

    @Test
    void aKnownKindIsNotFlaggedButTheNoticeOfTheWeightsStandsEverywhere() throws IOException {
        String terminal = report("known");
        JsonNode json = Json.read(folder.resolve("known/report.json"));
        assertThat(json.at("/familiarity/flagged").asBoolean()).isFalse();
        assertThat(json.at("/regions/0/flags").toString()).doesNotContain("unfamiliar");
        String notice = "Untrained model: these weights were generated, not learned. The text below means nothing.";
        assertThat(json.path("notice").asString()).endsWith(notice);
        assertThat(terminal).contains(notice).doesNotContain("Unfamiliar");
        assertThat(text("known")).contains(notice);
        String html = Files.readString(folder.resolve("known/report.html"));
        assertThat(html)
                .contains("<div class=\"notice alarm\">" + notice)
                .contains(".notice.alarm { background: #b3261e");
        assertThat(html.indexOf(notice)).isLessThan(html.indexOf("<header>"));
    }

    @Test
    void generateTellsWhichStudiesAreUnfamiliar() throws IOException {
        Path out = folder.resolve("noise.csv");
        assertThat(program.run(
                        "generate",
                        "--data",
                        folder.resolve("cohort").toString(),
                        "--model",
                        folder.resolve("model").toString(),
                        "--volume",
                        "noise",
                        "--split",
                        "test",
                        "--max-new-tokens",
                        "4",
                        "--quiet",
                        "--out",
                        out.toString()))
                .as(program.err())
                .isEqualTo(Main.OK);
        assertThat(Json.read(folder.resolve("noise.json")).path("unfamiliar").toString())
                .contains("phantom_8_b_1.nii.gz");
        assertThat(folder.resolve("noise.jsonl")).content().contains("\"unfamiliar\":{\"distance\":");
    }

    @Test
    void theMeasureBelongsToTheModel() throws IOException {
        Path model = folder.resolve("model");
        assertThat(ModelFolder.sha256(model)).isNotEqualTo(before);
        Path exported = folder.resolve("exported.bin");
        assertThat(program.run("export", "--model", model.toString(), "--out", exported.toString(), "--quiet"))
                .as(program.err())
                .isEqualTo(Main.OK);
        assertThat(Familiarity.besideCheckpoint(exported)).hasSameBinaryContentAs(model.resolve(Familiarity.FILE));
    }

    @Test
    void withoutStudiesThereIsNothingToKnow() throws IOException {
        Path data = folder.resolve("holes");
        var cohort = new Cohort(9, 2, SMALL);
        try (Progress progress = Progress.of("", "", 2, Progress.Style.QUIET)) {
            new CohortWriter(cohort, data, false).write(1, progress);
        }
        Files.writeString(
                data.resolve("splits.csv"),
                "Volumename,Split\n" + cohort.name(0).accNum() + ",train\n"
                        + cohort.name(1).accNum() + ",validation\n");
        int code = program.run(
                "familiarise", "--model", folder.resolve("model").toString(), "--data", data.toString(), "--quiet");
        assertThat(code).isEqualTo(Main.BAD_INPUT);
        assertThat(program.err()).contains("only 1 training and 1 held-out studies can be read");
        assertThat(program.out()).isEmpty();
    }
}
