package org.reg2rg.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.reg2rg.core.InputException;
import org.reg2rg.ct.Affine;
import org.reg2rg.ct.Bits;
import org.reg2rg.ct.CtVolume;
import org.reg2rg.ct.Grid;
import org.reg2rg.ct.GridSize;
import org.reg2rg.ct.NiftiWriter;
import org.reg2rg.ct.Region;
import org.reg2rg.ct.RegionMask;

/** Folders with holes: what is whole is used, what is not is named. */
class StudyFolderTest {
    private static final Grid GRID = new Grid(new GridSize(6, 6, 6), Affine.IDENTITY);
    private static final StudyReader READER =
            new StudyReader(InputSpec.of(GRID.size()), ModelGrid.RADGENOME, ModelGrid.Choice.AUTO);

    @TempDir
    private Path data = Path.of("");

    @BeforeEach
    void someStudies() throws IOException {
        for (String name : new String[] {"a_1_a_1", "a_1_b_1", "b_2_a_1", "c_3_a_1"}) {
            volume(name);
            mask(name, Region.LUNG);
            mask(name, Region.HEART);
        }
        Files.writeString(data.resolve("reports.csv"), """
                Volumename,Anatomy,Sentence
                a_1_a_1.nii.gz,lung,Clear.
                a_1_a_1.nii.gz,lungs,No region has this name.
                a_1_b_1.nii.gz,lung,"Clear, still."
                b_2_a_1.nii.gz,heart,Large.
                c_3_a_1.nii.gz,lung
                """);
        Files.writeString(
                data.resolve("splits.csv"),
                "Volumename,Patient,Split\na_1_a_1.nii.gz,a_1,train\na_1_b_1.nii.gz,a_1,train\nb_2_a_1.nii.gz,b_2,test\n");
    }

    private Path image(String name) {
        String accession = name.substring(0, name.lastIndexOf('_'));
        String patient = accession.substring(0, accession.lastIndexOf('_'));
        return data.resolve("images").resolve(patient).resolve(accession).resolve(name + ".nii.gz");
    }

    private Path maskFile(String name, Region region) {
        return data.resolve("masks").resolve("seg_" + name).resolve(region.datasetName() + ".nii.gz");
    }

    private void volume(String name) throws IOException {
        float[] hu = new float[GRID.size().voxels()];
        Arrays.fill(hu, 40);
        NiftiWriter.writeInt16(image(name), new CtVolume(GRID, hu));
    }

    private void mask(String name, Region region) throws IOException {
        var bits = new Bits(GRID.size().voxels());
        for (int i = 0; i < 20; i++) {
            bits.set(i);
        }
        NiftiWriter.writeMask(maskFile(name, region), new RegionMask.Binary(GRID, bits));
    }

    @Test
    void holesCostOnlyWhatTheyTouch() throws IOException {
        Files.delete(maskFile("a_1_b_1", Region.LUNG));
        Files.writeString(maskFile("b_2_a_1", Region.HEART), "no mask");
        byte[] whole = Files.readAllBytes(image("a_1_a_1"));
        Files.write(image("a_1_a_1"), Arrays.copyOf(whole, whole.length - 20));
        StudyFolder folder = StudyFolder.open(data);
        assertThat(folder.leftOut())
                .extracting(LeftOut::toString)
                .containsExactly(
                        "reports.csv line 6: 2 cells, the header has 3",
                        "reports.csv: 'lungs' is no region (1 rows)",
                        "a_1_b_1.nii.gz, lung: it is reported but has no mask");
        var dataset = new StudyDataset(folder.studies(), READER);
        assertThat(dataset.size()).isEqualTo(2);
        assertThat(dataset.read(0)).isEmpty();
        assertThat(dataset.read(1)).isEmpty();
        assertThat(dataset.leftOut().getFirst().toString())
                .startsWith("a_1_a_1.nii.gz: ")
                .contains("cut off or damaged");
        assertThat(dataset.leftOut().get(1).toString()).contains("there is no region mask");
        // Without a report the heart of b_2_a_1 stays unread; the lung can be read all the same.
        StudyReader.Read read = READER.read(folder.studies().get(2), List.of(Region.values()));
        assertThat(read.input().regions()).containsOnlyKeys(Region.LUNG);
        assertThat(read.leftOut().toString()).contains("heart").contains("not a NIfTI file");
    }

    @Test
    void splitsAreByTable() throws IOException {
        StudyFolder folder = StudyFolder.open(data);
        assertThat(folder.split("train"))
                .extracting(StudyFiles::name)
                .containsExactly("a_1_a_1.nii.gz", "a_1_b_1.nii.gz");
        assertThat(folder.split("test").getFirst().text(Region.HEART)).isEqualTo("Large.");
        assertThat(folder.split("test").getFirst().combined(List.of(Region.LUNG, Region.HEART)))
                .isEqualTo("The region 0 is lung:  The region 1 is heart: Large. ");
        assertThatThrownBy(() -> folder.split("tset"))
                .isInstanceOf(InputException.class)
                .hasMessageContaining("no study is in the split 'tset'; did you mean 'test'?");
    }

    @Test
    void anEmptyFolderIsAnError() throws IOException {
        assertThatThrownBy(() -> StudyFolder.open(data.resolve("nowhere")))
                .isInstanceOf(InputException.class)
                .hasMessageContaining("no such folder; give a folder with images/<patient>");
        assertThatThrownBy(() -> StudyFolder.open(data.resolve("masks")))
                .isInstanceOf(InputException.class)
                .hasMessageContaining("there is no folder 'images' in it");
        Files.createDirectories(data.resolve("empty/images"));
        assertThatThrownBy(() -> StudyFolder.open(data.resolve("empty")))
                .isInstanceOf(InputException.class)
                .hasMessageContaining("there is no study in it");
        Files.move(data.resolve("masks"), data.resolve("elsewhere"));
        assertThatThrownBy(() -> StudyFolder.open(data))
                .isInstanceOf(InputException.class)
                .hasMessageContaining("no study of it can be used; 6 left out, the first: reports.csv");
        Files.writeString(data.resolve("reports.csv"), "name,text\n");
        assertThatThrownBy(() -> StudyFolder.open(data))
                .isInstanceOf(InputException.class)
                .hasMessageContaining("no column 'Volumename' (it has name, text)");
    }

    @Test
    void withoutReportsThereIsNothingToLearn() throws IOException {
        Files.delete(data.resolve("reports.csv"));
        StudyFolder folder = StudyFolder.open(data);
        assertThat(folder.studies()).hasSize(4);
        assertThatThrownBy(() -> new StudyDataset(folder.studies(), READER))
                .isInstanceOf(InputException.class)
                .hasMessageContaining("none of its 4 studies has a region with both a mask and a report");
    }
}
