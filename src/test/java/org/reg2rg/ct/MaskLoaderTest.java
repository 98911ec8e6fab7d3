package org.reg2rg.ct;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.OptionalDouble;
import org.assertj.core.api.AbstractThrowableAssert;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.reg2rg.core.Hashes;
import org.reg2rg.core.InputException;

class MaskLoaderTest {
    private static final Grid CT = new Grid(new GridSize(3, 2, 2), Affine.scaled(-1, -1, 3));

    @TempDir
    Path folder;

    @Test
    void aFolderHasOneFilePerRegionInTheDatasetSpelling() throws IOException {
        write("trachea and bronchie.nii.gz", 0, 0, 1, 1);
        write("lung.nii", 1);
        write("labels.nii.gz", 6, 6, 14);
        Files.writeString(folder.resolve("README.txt"), "not a mask");
        RegionMasks masks = load();
        assertThat(masks.masks().keySet()).containsExactly(Region.LUNG, Region.TRACHEA_AND_BRONCHI);
        RegionMask trachea = mask(masks, Region.TRACHEA_AND_BRONCHI);
        assertThat(trachea).isInstanceOf(RegionMask.Binary.class);
        assertThat(trachea.count()).isEqualTo(2);
        assertThat(trachea.contains(3)).isTrue();
        assertThat(masks.sources().get(Region.LUNG))
                .containsEntry("lung.nii", Hashes.sha256(folder.resolve("lung.nii")));
    }

    @Test
    void unknownNamesAreToldWithTheNearest() throws IOException {
        write("lungs.nii.gz", 1);
        refused().hasMessageEndingWith("lungs.nii.gz: unknown region 'lungs'; did you mean 'lung'?");
        Files.delete(folder.resolve("lungs.nii.gz"));
        refused().hasMessageContaining("no mask file (expected names such as lung.nii.gz)");
        assertThatThrownBy(() -> MaskLoader.load(folder.resolve("x"), CT, MaskLoader.Options.NONE))
                .isInstanceOf(InputException.class)
                .hasMessageEndingWith("no such file or folder; check the path after --masks");
    }

    @Test
    void valuesFromZeroToOneAreFactorsAndTwoValuesAreAMask() throws IOException {
        write("lung.nii", 0, 0.5, 1, 0.25);
        write("heart.nii", 0, 255, 0, 255);
        write("bone.nii", 0, 0.5, 0.5);
        write("pleura.nii");
        RegionMasks masks = load();
        assertThat(mask(masks, Region.LUNG).value(1)).isEqualTo(0.5f);
        assertThat(mask(masks, Region.LUNG).value(3)).isEqualTo(0.25f);
        assertThat(mask(masks, Region.HEART)).isInstanceOf(RegionMask.Binary.class);
        assertThat(mask(masks, Region.HEART).value(3)).isEqualTo(1);
        assertThat(mask(masks, Region.BONE).value(2)).isEqualTo(0.5f);
        assertThat(mask(masks, Region.PLEURA).isEmpty()).isTrue();
    }

    @Test
    void otherValuesNeedAThreshold() throws IOException {
        write("lung.nii", 0, 3, 128, 255, 127, 0.5);
        refused()
                .hasMessageEndingWith("lung.nii: mask values run from 0 to 255 (expected 0 and one other value, or "
                        + "factors from 0 to 1); give --mask-threshold T to take what is above T");
        RegionMasks masks = load(new MaskLoader.Options(Optional.empty(), OptionalDouble.of(127)));
        assertThat(mask(masks, Region.LUNG).count()).isEqualTo(2);
        assertThat(mask(masks, Region.LUNG).contains(2)).isTrue();
        write("lung.nii", -0.1, 0.5, 1);
        refused().hasMessageContaining("mask values run from -0.1 to 1 ");
    }

    @Test
    void manyPiecesOfALargeFileGiveTheSameMask() throws IOException {
        var grid = new Grid(new GridSize(100, 100, 30), Affine.IDENTITY);
        float[] factors = new float[grid.size().voxels()];
        factors[5] = 1; // the third value comes several pieces later
        factors[200_000] = 0.5f;
        factors[299_999] = 0.75f;
        NiftiWriter.writeMask(folder.resolve("lung.nii.gz"), new RegionMask.Fractional(grid, factors));
        RegionMask mask = mask(MaskLoader.load(folder, grid, MaskLoader.Options.NONE), Region.LUNG);
        for (int index = 0; index < factors.length; index++) {
            assertThat(mask.value(index)).isEqualTo(factors[index]);
        }
    }

    @Test
    void aTableJoinsFilesByOr() throws IOException {
        write("lung_left.nii.gz", 0, 1, 1);
        write("lung_right.nii.gz", 0, 0, 1, 1);
        write("heart.nii.gz", 0, 0, 0, 0, 1);
        write("tumour.nii.gz", 1);
        MaskLoader.Options options = table("source,region\nlung_left.nii.gz,lung\nlung_right,lung\n");
        RegionMasks masks = load(options);
        assertThat(masks.masks().keySet()).containsExactly(Region.HEART, Region.LUNG);
        assertThat(mask(masks, Region.LUNG).count()).isEqualTo(3);
        assertThat(masks.sources().get(Region.LUNG)).containsOnlyKeys("lung_left.nii.gz", "lung_right.nii.gz");
        refused(table("lung_lefd.nii.gz,lung"))
                .hasMessageContaining("table.csv: there is no 'lung_lefd.nii.gz' in ")
                .hasMessageEndingWith("did you mean 'lung_left.nii.gz'?");
        refused(table("lung_left.nii.gz,lunge"))
                .hasMessageEndingWith("table.csv line 1: unknown region 'lunge'; did you mean 'lung'?");
        refused(table("a,b,c")).hasMessageContaining("3 columns (expected 2: source,region)");
        refused(table("")).hasMessageContaining("the table has no rows");
    }

    @Test
    void aLabelMapHasTheTenRegionsInOrderOrAsTheTableSays() throws IOException {
        write("seg.nii.gz", 0, 5, 6, 6);
        Path map = folder.resolve("seg.nii.gz");
        RegionMasks masks = MaskLoader.load(map, CT, MaskLoader.Options.NONE);
        assertThat(masks.masks().keySet()).containsExactly(Region.HEART, Region.LUNG);
        assertThat(mask(masks, Region.LUNG).count()).isEqualTo(2);
        RegionMasks named = MaskLoader.load(map, CT, table("6,pleura\n5,lung\n6,lung\n7,bone"));
        assertThat(mask(named, Region.LUNG).count()).isEqualTo(3);
        assertThat(mask(named, Region.PLEURA).count()).isEqualTo(2);
        assertThat(mask(named, Region.BONE).isEmpty()).isTrue();
        write("seg.nii.gz", 0, 5, 14, 14);
        assertThatThrownBy(() -> MaskLoader.load(map, CT, MaskLoader.Options.NONE))
                .isInstanceOf(InputException.class)
                .hasMessageEndingWith("seg.nii.gz: no region has label 14 (2 voxels) (expected 0 to 10); "
                        + "say with --mask-table which label is which region");
        write("seg.nii.gz", 0, 0.5);
        assertThatThrownBy(() -> MaskLoader.load(map, CT, MaskLoader.Options.NONE))
                .isInstanceOf(InputException.class)
                .hasMessageContaining("a label map has whole numbers, but there is 0.5");
    }

    @Test
    void aFolderWithNothingButLabelsIsALabelMap() throws IOException {
        write("labels.nii.gz", 10, 1);
        assertThat(load().masks().keySet()).containsExactly(Region.ABDOMEN, Region.TRACHEA_AND_BRONCHI);
    }

    @Test
    void aMaskFileOfOneRegionIsThatRegionNotALabelMap() throws IOException {
        write("lung.nii.gz", 1, 1);
        RegionMasks masks = MaskLoader.load(folder.resolve("lung.nii.gz"), CT, MaskLoader.Options.NONE);
        assertThat(masks.masks().keySet()).containsExactly(Region.LUNG);
    }

    @Test
    void ofSeveralBadFilesTheFirstIsNamedThoughTheyAreReadSideBySide() throws IOException {
        for (Region region : Region.values()) {
            write(region.datasetName() + ".nii.gz", 1, 1);
        }
        write("heart.nii.gz", 0, 7, 8);
        write("thyroid.nii.gz", 0, 5, 6);
        for (int run = 0; run < 20; run++) {
            refused().hasMessageContaining("heart.nii.gz: mask values run from 0 to 8 ");
        }
    }

    @Test
    void masksOfAnotherGridAreRefused() throws IOException {
        var longer = new Grid(new GridSize(3, 2, 3), CT.toWorld());
        NiftiWriter.writeUint8(folder.resolve("lung.nii.gz"), longer, index -> 1);
        refused().hasMessageEndingWith("lung.nii.gz: mask is 3×2×3 but the CT is 3×2×2; segment this series again");
        writeShifted(0.05);
        assertThat(load().masks()).containsOnlyKeys(Region.LUNG);
        writeShifted(0.2);
        refused()
                .hasMessageContaining(
                        "mask lies elsewhere than the CT: corner [0, 0, 0] is off by 0.2 voxels (expected at most 0.1)");
        var flipped = new Grid(CT.size(), Affine.scaled(1, -1, 3));
        NiftiWriter.writeUint8(folder.resolve("lung.nii.gz"), flipped, index -> 1);
        refused().hasMessageContaining("check orientation and origin");
    }

    @Test
    void twoFilesForOneRegionAreRefused() throws IOException {
        write("lung.nii.gz", 1);
        write("lung.nii", 1);
        refused().hasMessageEndingWith("both lung.nii and lung.nii.gz are there; keep one");
    }

    private void writeShifted(double voxels) throws IOException {
        double[] m = CT.toWorld().m().clone();
        m[11] += 3 * voxels;
        NiftiWriter.writeUint8(folder.resolve("lung.nii.gz"), new Grid(CT.size(), new Affine(m)), index -> 1);
    }

    private void write(String name, double... first) throws IOException {
        float[] values = new float[CT.size().voxels()];
        for (int n = 0; n < first.length; n++) {
            values[n] = (float) first[n];
        }
        NiftiWriter.writeFloat32(folder.resolve(name), new CtVolume(CT, values));
    }

    private MaskLoader.Options table(String rows) throws IOException {
        Path file = folder.resolve("table.csv");
        Files.writeString(file, rows);
        return new MaskLoader.Options(Optional.of(file), OptionalDouble.empty());
    }

    private static RegionMask mask(RegionMasks masks, Region region) {
        RegionMask mask = masks.masks().get(region);
        assertThat(mask).as(region.datasetName()).isNotNull();
        return java.util.Objects.requireNonNull(mask);
    }

    private RegionMasks load() throws IOException {
        return load(MaskLoader.Options.NONE);
    }

    private RegionMasks load(MaskLoader.Options options) throws IOException {
        return MaskLoader.load(folder, CT, options);
    }

    private AbstractThrowableAssert<?, ?> refused() {
        return refused(MaskLoader.Options.NONE);
    }

    private AbstractThrowableAssert<?, ?> refused(MaskLoader.Options options) {
        return assertThatThrownBy(() -> load(options)).isInstanceOf(InputException.class);
    }
}
