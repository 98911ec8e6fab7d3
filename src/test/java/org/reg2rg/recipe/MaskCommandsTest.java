package org.reg2rg.recipe;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.reg2rg.SharedFolder;
import org.reg2rg.cohort.Phantom;
import org.reg2rg.cohort.PhantomSize;
import org.reg2rg.cohort.PhantomStudy;
import org.reg2rg.core.Json;
import org.reg2rg.ct.Affine;
import org.reg2rg.ct.CtLoader;
import org.reg2rg.ct.Grid;
import org.reg2rg.ct.GridSize;
import org.reg2rg.ct.MaskLoader;
import org.reg2rg.ct.NiftiWriter;
import org.reg2rg.ct.Region;
import org.reg2rg.segment.MaskComparison;

class MaskCommandsTest {
    private static final PhantomSize SIZE = new PhantomSize(new GridSize(96, 96, 72), 3.4, 3.4, 4);

    @TempDir
    private Path folder = Path.of("");

    private final Program program = new Program();

    @Test
    void masksMirroredAgainstTheirCtAreFoundAndTurnedBack() throws Exception {
        PhantomStudy study = Phantom.generate(3, 1, SIZE);
        Path ct = folder.resolve("ct.nii.gz");
        NiftiWriter.writeInt16(ct, study.volume());
        Path masks = Files.createDirectory(folder.resolve("masks"));
        GridSize size = study.volume().size();
        for (Region region : Region.values()) {
            var mask = study.mask(region);
            NiftiWriter.writeUint8(masks.resolve(region.datasetName() + ".nii.gz"), mask.grid(), n -> {
                int z = size.z() - 1 - n / (size.x() * size.y());
                return mask.value(n % (size.x() * size.y()) + size.x() * size.y() * z);
            });
        }
        Path mended = folder.resolve("mended");
        Path page = folder.resolve("checks.html");
        int code = program.run(
                "check-masks",
                masks.toString(),
                "--ct",
                ct.toString(),
                "--repair",
                "--out",
                mended.toString(),
                "--preview",
                page.toString());
        assertThat(code).as(program.err()).isEqualTo(Main.OK);
        assertThat(program.out()).contains("error: all masks are mirrored along the third array axis of the CT");
        assertThat(Files.readString(page))
                .contains("alt=\"all masks are mirrored along the third", "repaired: all masks mirrored back");
        assertThat(Json.read(mended.resolve("checks.json")).at("/repairs").size())
                .isPositive();
        var read = MaskLoader.load(mended, study.volume().grid(), MaskLoader.Options.NONE);
        var lung = Objects.requireNonNull(read.masks().get(Region.LUNG));
        assertThat(MaskComparison.of(lung, study.mask(Region.LUNG)).dice()).isGreaterThan(0.95);
    }

    @Test
    void aLabelMapOfAnotherGridComesInByGeometry() throws Exception {
        PhantomStudy study = Phantom.generate(3, 2, SIZE);
        Path ct = folder.resolve("ct.nii.gz");
        NiftiWriter.writeInt16(ct, study.volume());
        // the lung as label 10 (an upper lobe of TotalSegmentator v2), first axis the other way round
        GridSize size = study.volume().size();
        Affine a = study.volume().grid().toWorld();
        double[] m = a.m().clone();
        double[] start = a.apply(size.x() - 1, 0, 0);
        for (int row = 0; row < 3; row++) {
            m[4 * row] = -m[4 * row];
            m[4 * row + 3] = start[row];
        }
        var lung = study.mask(Region.LUNG);
        Path labels = folder.resolve("seg.nii.gz");
        NiftiWriter.writeUint8(labels, new Grid(size, new Affine(m)), n -> {
            int x = n % size.x();
            return lung.contains(n - x + size.x() - 1 - x) ? 10 : 80;
        });
        Path masks = folder.resolve("masks");
        int code = program.run(
                "import-masks",
                labels.toString(),
                "--ct",
                ct.toString(),
                "--from",
                "totalsegmentator",
                "--out",
                masks.toString());
        assertThat(code).as(program.err()).isEqualTo(Main.OK);
        var read = MaskLoader.load(masks, study.volume().grid(), MaskLoader.Options.NONE);
        var found = Objects.requireNonNull(read.masks().get(Region.LUNG));
        assertThat(MaskComparison.of(found, lung).dice()).isGreaterThan(0.999);
        assertThat(read.masks()).containsKey(Region.PLEURA);
        assertThat(Json.read(masks.resolve("import.json")).at("/ignored/0").asString())
                .isEqualTo("label 80");
    }

    @Test
    void masksWithoutGeometryAndUnknownToolsAreRefusedInWords() throws Exception {
        PhantomStudy study = Phantom.generate(3, 2, SIZE);
        Path ct = folder.resolve("ct.nii.gz");
        NiftiWriter.writeInt16(ct, study.volume());
        Path lost = folder.resolve("lung.nii.gz");
        NiftiWriter.writeUint8(lost, new Grid(new GridSize(20, 20, 20), Affine.IDENTITY), n -> 1);
        String[] start = {"import-masks", lost.toString(), "--ct", ct.toString(), "--out", folder + "/m"};
        assertThat(program.run(start)).isEqualTo(Main.BAD_INPUT);
        assertThat(program.err()).contains("has no geometry (the affine is the identity)");
        assertThat(program.run("import-masks", "x", "--ct", "y", "--out", "z", "--from", "totalsegmenter"))
                .isEqualTo(Main.BAD_INPUT);
        assertThat(program.err()).contains("unknown tool 'totalsegmenter'", "totalsegmentator");
        assertThat(program.run("check-masks", "x", "--ct", "y", "--repair")).isEqualTo(Main.BAD_INPUT);
        assertThat(program.err()).contains("--repair and --out belong together");
    }

    @Test
    void numbersOfAnotherToolAreNotTakenForTheTenRegions() throws Exception {
        Grid grid = new Grid(new GridSize(20, 20, 10), Affine.scaled(4, 4, 4));
        Path ct = folder.resolve("ct.nii.gz");
        NiftiWriter.writeInt16(ct, new org.reg2rg.ct.CtVolume(grid, new float[4000]));
        Path labels = folder.resolve("seg.nii.gz");
        NiftiWriter.writeUint8(labels, grid, n -> n < 100 ? 6 : 51);
        String[] plain = {"import-masks", labels.toString(), "--ct", ct.toString(), "--out", folder + "/m"};
        assertThat(program.run(plain)).isEqualTo(Main.BAD_INPUT);
        assertThat(program.err())
                .contains(
                        "has labels up to 51, and the ten regions have the numbers 1 to 10", "--from totalsegmentator");
        Path heart = folder.resolve("heart.nii.gz");
        NiftiWriter.writeUint8(heart, grid, n -> 0);
        String[] empty = {"import-masks", heart.toString(), "--ct", ct.toString(), "--out", folder + "/m"};
        assertThat(program.run(empty)).isEqualTo(Main.BAD_INPUT);
        assertThat(program.err()).contains("all its masks are empty on this CT");
        assertThat(folder.resolve("m")).doesNotExist();
    }

    @Test
    void filesNamedAsSatNamesThemBecomeRegions() throws Exception {
        Grid grid = new Grid(new GridSize(20, 20, 10), Affine.scaled(4, 4, 4));
        Path ct = folder.resolve("ct.nii.gz");
        NiftiWriter.writeInt16(ct, new org.reg2rg.ct.CtVolume(grid, new float[4000]));
        Path source = Files.createDirectory(folder.resolve("sat"));
        String[] names = {"left lung", "right lung", "liver", "spleen", "heart ventricle", "brain"};
        for (int s = 0; s < names.length; s++) {
            int from = 400 * s;
            NiftiWriter.writeUint8(
                    source.resolve(names[s] + ".nii.gz"), grid, n -> n >= from && n < from + 400 ? 1 : 0);
        }
        Path out = folder.resolve("masks");
        assertThat(program.run(
                        "import-masks", source.toString(), "--ct", ct.toString(), "--from", "sat", "--out", out + ""))
                .as(program.err())
                .isEqualTo(Main.OK);
        var masks = MaskLoader.load(out, grid, MaskLoader.Options.NONE).masks();
        assertThat(Objects.requireNonNull(masks.get(Region.LUNG)).count()).isEqualTo(800);
        assertThat(Objects.requireNonNull(masks.get(Region.ABDOMEN)).count()).isEqualTo(800);
        assertThat(Objects.requireNonNull(masks.get(Region.HEART)).count()).isEqualTo(400);
        assertThat(Json.read(out.resolve("import.json")).at("/ignored/0").asString())
                .isEqualTo("brain.nii.gz");
    }

    @Test
    void contoursOfARealStudyBecomeTheLungsThatWereDrawn() throws Exception {
        Path study = SharedFolder.require("data/ct/LUNG1-001");
        Path ct = study.resolve("LUNG1-001/image");
        Path out = folder.resolve("masks");
        int code = program.run(
                "import-masks",
                study.resolve("LUNG1-001/mask_rtstruct").toString(),
                "--ct",
                ct.toString(),
                "--out",
                out.toString());
        assertThat(code).as(program.err()).isEqualTo(Main.OK);
        Grid grid = CtLoader.load(ct).volume().grid();
        var lung = Objects.requireNonNull(
                MaskLoader.load(out, grid, MaskLoader.Options.NONE).masks().get(Region.LUNG));
        Path table = folder.resolve("table.csv");
        Files.writeString(table, "source,region\nmask_Lung-Left,lung\nmask_Lung-Right,lung\n");
        Path drawn = Files.createDirectory(folder.resolve("drawn"));
        for (String side : new String[] {"mask_Lung-Left.nii.gz", "mask_Lung-Right.nii.gz"}) {
            Files.copy(study.resolve("derived").resolve(side), drawn.resolve(side));
        }
        Path again = folder.resolve("again");
        assertThat(program.run(
                        "import-masks",
                        drawn.toString(),
                        "--ct",
                        ct.toString(),
                        "--table",
                        table.toString(),
                        "--out",
                        again.toString()))
                .as(program.err())
                .isEqualTo(Main.OK);
        var truth = Objects.requireNonNull(
                MaskLoader.load(again, grid, MaskLoader.Options.NONE).masks().get(Region.LUNG));
        assertThat(MaskComparison.of(lung, truth).dice()).isGreaterThan(0.98);
    }

    @Test
    void aRealDicomSegmentationComesInOnItsOwnSlices() throws Exception {
        Path there = SharedFolder.require("data/dicom/dcmqi/data/segmentations");
        Path out = folder.resolve("masks");
        int code = program.run(
                "import-masks",
                there.resolve("liver.dcm").toString(),
                "--ct",
                there.resolve("ct-3slice").toString(),
                "--out",
                out.toString());
        assertThat(code).as(program.err()).isEqualTo(Main.OK);
        assertThat(program.out()).contains("abdomen", "Liver");
    }

    @Test
    void totalSegmentatorsExampleFitsItsCtAndNotTheOneOfAnotherPlace() throws Exception {
        Path there = SharedFolder.require("data/ct/TotalSegmentator");
        String labels = there.resolve("example_seg_fast_force_split.nii.gz").toString();
        Path masks = folder.resolve("masks");
        int code = program.run(
                "import-masks",
                labels,
                "--ct",
                there.resolve("example_ct.nii.gz").toString(),
                "--from",
                "totalsegmentator",
                "--out",
                masks.toString());
        assertThat(code).as(program.err()).isEqualTo(Main.OK);
        var grid = CtLoader.load(there.resolve("example_ct.nii.gz")).volume().grid();
        assertThat(MaskLoader.load(masks, grid, MaskLoader.Options.NONE).masks())
                .containsKeys(Region.ABDOMEN, Region.BONE, Region.LUNG);
    }
}
