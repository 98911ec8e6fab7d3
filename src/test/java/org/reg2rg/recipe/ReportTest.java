package org.reg2rg.recipe;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.reg2rg.cohort.Phantom;
import org.reg2rg.cohort.PhantomSize;
import org.reg2rg.cohort.PhantomStudy;
import org.reg2rg.core.Json;
import org.reg2rg.ct.Bits;
import org.reg2rg.ct.GridSize;
import org.reg2rg.ct.NiftiWriter;
import org.reg2rg.ct.Region;
import org.reg2rg.ct.RegionMask;
import org.reg2rg.model.TinyModel;
import org.reg2rg.tensor.weights.WeightFiles;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** The command {@code report}, on a small synthetic study and a tiny model. */
class ReportTest {
    private static final PhantomSize SMALL = new PhantomSize(new GridSize(64, 64, 40), 5, 5, 7);

    @TempDir
    @SuppressWarnings("NullAway.Init")
    private static Path folder;

    @SuppressWarnings("NullAway.Init")
    private static PhantomStudy phantom;

    @SuppressWarnings("NullAway.Init")
    private static Path ct;

    @SuppressWarnings("NullAway.Init")
    private static Path masks;

    @BeforeAll
    static void drawAStudy() throws IOException {
        phantom = Phantom.generate(11, 0, SMALL);
        ct = folder.resolve("chest.nii.gz");
        masks = folder.resolve("masks");
        NiftiWriter.writeInt16(ct, phantom.volume());
        for (Region region : List.of(Region.HEART, Region.LUNG, Region.BONE)) {
            writeMask(masks, region, mask(region));
        }
        TinyModel.create(folder.resolve("model"), 1);
    }

    private static RegionMask mask(Region region) {
        return requireNonNull(phantom.masks().masks().get(region));
    }

    private static void writeMask(Path into, Region region, RegionMask mask) throws IOException {
        NiftiWriter.writeMask(into.resolve(region.datasetName() + ".nii.gz"), mask);
    }

    /** Runs the command with the usual study and model, quietly. */
    private static int report(Path out, String... more) {
        var words = new ArrayList<>(List.of("report", ct.toString(), "--masks", masks.toString(), "--quiet"));
        words.addAll(List.of("--model", folder.resolve("model").toString(), "--out", out.toString()));
        words.addAll(List.of("--max-new-tokens", "12"));
        words.addAll(List.of(more));
        return Main.run(words.toArray(String[]::new));
    }

    private static JsonNode json(Path out) throws IOException {
        return Json.read(out.resolve("report.json"));
    }

    private static List<String> slots(Path out) throws IOException {
        var slots = new ArrayList<String>();
        json(out)
                .get("regions")
                .forEach(region -> slots.add(region.get("supplied").asString()));
        return slots;
    }

    @Test
    void writesThreeFilesWithTheContractedNames() throws IOException {
        Path out = folder.resolve("whole");
        assertThat(report(out)).isEqualTo(Main.OK);
        JsonNode report = json(out);
        assertThat(report.propertyNames())
                .contains("schema", "notice", "study", "model", "settings", "text", "regions", "skipped", "provenance");
        assertThat(report.get("schema").asString()).isEqualTo("reg2rg-report/1");
        assertThat(report.get("notice").asString())
                .contains("not for clinical use")
                .contains("means nothing");
        assertThat(slots(out)).containsExactly("bone", "heart", "lung");
        JsonNode heart = report.get("regions").get(1);
        assertThat(heart.propertyNames())
                .contains(
                        "slot",
                        "supplied",
                        "recognised",
                        "agrees",
                        "sentences",
                        "mask",
                        "flags",
                        "mean_log_probability");
        assertThat(heart.get("mask").get("voxels").asInt())
                .isEqualTo(mask(Region.HEART).count());
        assertThat(out.resolve("report.txt")).content().contains("[1] heart");
        assertThat(out.resolve("report.html")).content().contains("<svg").doesNotContain("http");
    }

    @Test
    void equalInputGivesEqualBytesOutsideOfProvenance() throws IOException {
        Path first = folder.resolve("first");
        Path second = folder.resolve("second");
        assertThat(report(first, "--sample", "--seed", "3")).isEqualTo(Main.OK);
        assertThat(report(second, "--sample", "--seed", "3")).isEqualTo(Main.OK);
        assertThat(withoutProvenance(first)).isEqualTo(withoutProvenance(second));
        assertThat(out(first, "report.txt")).isEqualTo(out(second, "report.txt"));
    }

    private static String withoutProvenance(Path out) throws IOException {
        return ((ObjectNode) json(out)).without("provenance").toString();
    }

    private static String out(Path folder, String name) throws IOException {
        return Files.readString(folder.resolve(name));
    }

    @Test
    void regionsAndTheirOrderAreTheUsersChoice() throws IOException {
        Path out = folder.resolve("given");
        assertThat(report(out, "--regions", "lung,thyroid,heart", "--order", "given"))
                .isEqualTo(Main.OK);
        assertThat(slots(out)).containsExactly("lung", "heart");
        assertThat(json(out).get("skipped").toString()).contains("thyroid").contains("no mask");
        assertThat(report(out, "--regions", "lung,heart")).isEqualTo(Main.OK);
        assertThat(slots(out)).containsExactly("heart", "lung");
    }

    @Test
    void anEmptyMaskOnlyDropsItsRegion() throws IOException {
        Path some = folder.resolve("some");
        writeMask(some, Region.LUNG, mask(Region.LUNG));
        writeMask(some, Region.PLEURA, empty());
        Path out = folder.resolve("one-empty");
        assertThat(report(out, "--masks", some.toString())).isEqualTo(Main.BAD_INPUT); // given twice
        assertThat(Main.run(
                        "report",
                        ct.toString(),
                        "--masks",
                        some.toString(),
                        "--out",
                        out.toString(),
                        "--quiet",
                        "--model",
                        folder.resolve("model").toString(),
                        "--max-new-tokens",
                        "4"))
                .isEqualTo(Main.OK);
        assertThat(slots(out)).containsExactly("lung");
        assertThat(json(out).get("skipped").toString()).contains("pleura").contains("its mask is empty");
    }

    private static RegionMask empty() {
        var grid = phantom.volume().grid();
        return new RegionMask.Binary(grid, new Bits(grid.size().voxels()));
    }

    @Test
    void theTraceHoldsTheContractedTensors() throws Exception {
        Path trace = folder.resolve("trace.safetensors");
        assertThat(report(folder.resolve("traced"), "--trace", trace.toString()))
                .isEqualTo(Main.OK);
        try (var source = WeightFiles.open(trace)) {
            assertThat(source.entries())
                    .extracting(e -> e.name())
                    .contains(
                            "prompt.ids",
                            "input.global",
                            "input.texture.lung",
                            "input.mask.lung",
                            "visual.global",
                            "visual.region.lung",
                            "embeddings",
                            "logits.prefill",
                            "generated.ids");
        }
    }

    @Test
    void badInputIsToldAndNothingIsWritten() throws IOException {
        Path out = folder.resolve("never");
        Path notNifti = Files.writeString(folder.resolve("notes.txt"), "not a CT");
        assertThat(error("report", notNifti.toString(), "--out", out.toString()))
                .contains("notes.txt")
                .contains("not a CT");
        assertThat(error(
                        "report",
                        ct.toString(),
                        "--masks",
                        folder.resolve("nowhere").toString(),
                        "--out",
                        out.toString()))
                .contains("nowhere");
        assertThat(error("report", ct.toString(), "--regions", "lunge", "--out", out.toString()))
                .contains("--regions: unknown region 'lunge'; did you mean 'lung'?");
        assertThat(error("report", ct.toString(), "--format", "pdf", "--out", out.toString()))
                .contains("--format");
        assertThat(error("report", ct.toString(), "--model", folder.toString(), "--out", out.toString()))
                .contains("config.json");
        assertThat(error(
                        "report",
                        ct.toString(),
                        "--device",
                        "cuda",
                        "--masks",
                        masks.toString(),
                        "--out",
                        out.toString()))
                .contains("--device cuda");
        assertThat(out).doesNotExist();
    }

    private static String error(String... words) {
        var program = new Program();
        int code = program.run(words);
        assertThat(code).as(program.err()).isEqualTo(Main.BAD_INPUT);
        return program.err();
    }
}
