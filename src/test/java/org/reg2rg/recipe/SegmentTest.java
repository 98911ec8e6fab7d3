package org.reg2rg.recipe;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.reg2rg.cohort.Phantom;
import org.reg2rg.cohort.PhantomSize;
import org.reg2rg.cohort.PhantomStudy;
import org.reg2rg.core.Json;
import org.reg2rg.ct.GridSize;
import org.reg2rg.ct.MaskLoader;
import org.reg2rg.ct.NiftiWriter;
import org.reg2rg.ct.Region;
import tools.jackson.databind.JsonNode;

class SegmentTest {
    /** Coarse, so that it is quick. */
    private static final PhantomSize SIZE = new PhantomSize(new GridSize(96, 96, 72), 3.4, 3.4, 4);

    @TempDir
    private Path folder = Path.of("");

    private final Program program = new Program();

    @Test
    void cutsPreviewsAndEvaluatesOnePatient() throws Exception {
        PhantomStudy study = Phantom.generate(3, 1, SIZE);
        Path ct = folder.resolve("ct.nii.gz");
        NiftiWriter.writeInt16(ct, study.volume());
        Path truth = Files.createDirectory(folder.resolve("truth"));
        for (Region region : Region.values()) {
            NiftiWriter.writeMask(truth.resolve(region.datasetName() + ".nii.gz"), study.mask(region));
        }
        Path masks = folder.resolve("masks");
        Path page = folder.resolve("page.html");
        int code = program.run(
                "segment",
                ct.toString(),
                "--out",
                masks.toString(),
                "--preview",
                page.toString(),
                "--evaluate",
                truth.toString());
        assertThat(code).as(program.err()).isEqualTo(Main.OK);

        JsonNode json = Json.read(masks.resolve("segmentation.json"));
        assertThat(json.at("/format").asString()).isEqualTo("reg2rg-segmentation/1");
        assertThat(json.at("/regions").size()).isEqualTo(10);
        assertThat(json.at("/regions/lung/status").asString()).isEqualTo("found");
        var read =
                MaskLoader.load(masks.resolve("labels.nii.gz"), study.volume().grid(), MaskLoader.Options.NONE);
        assertThat(read.masks()).containsKeys(Region.LUNG, Region.BONE, Region.HEART);
        assertThat(Files.size(masks.resolve("overview.png"))).isGreaterThan(10_000);
        assertThat(Files.readString(page)).contains("data:image/png", "esophagus");
        assertThat(program.out()).contains("left lung", "right lung", "HD95");

        // a folder of ours may be replaced, one of the user's may not
        assertThat(program.run("segment", ct.toString(), "--out", masks.toString()))
                .isEqualTo(Main.OK);
        assertThat(program.run("segment", ct.toString(), "--out", truth.toString()))
                .isEqualTo(Main.BAD_INPUT);
        assertThat(program.err()).contains("holds files that this program did not write");
    }

    @Test
    void somethingMustBeAskedFor() throws Exception {
        assertThat(program.run("segment", "ct.nii.gz")).isEqualTo(Main.BAD_INPUT);
        assertThat(program.err())
                .contains("segment: nothing to write; give --out DIR, --preview FILE or --evaluate TRUTH");
    }
}
