package org.reg2rg.segment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.reg2rg.core.InputException;
import org.reg2rg.ct.dicom.MaskObjects;
import org.reg2rg.segment.MaskImport.From;

class MaskSourceTest {
    @TempDir
    private Path folder = Path.of("");

    @Test
    void aFolderWithOneStructureSetStandsForIt() throws Exception {
        Path contours = Files.write(folder.resolve("1-1.dcm"), MaskObjects.structures());
        Files.writeString(folder.resolve("LICENSE"), "free");
        assertThat(MaskSource.of(folder, Optional.empty())).isEqualTo(new MaskSource(contours, From.RTSTRUCT));
        assertThat(MaskSource.of(folder, Optional.of(From.RTSTRUCT)))
                .isEqualTo(new MaskSource(contours, From.RTSTRUCT));
        assertThatThrownBy(() -> MaskSource.of(folder, Optional.of(From.DICOM_SEG)))
                .isInstanceOf(InputException.class)
                .hasMessageContaining("there are no masks in it");
    }

    @Test
    void amongSeveralStructureSetsOneMustBeChosen() throws Exception {
        Files.write(folder.resolve("a.dcm"), MaskObjects.structures());
        Files.write(folder.resolve("b.dcm"), MaskObjects.structures());
        assertThatThrownBy(() -> MaskSource.of(folder, Optional.empty()))
                .isInstanceOf(InputException.class)
                .hasMessageContaining("there are 2 DICOM objects with masks in it: a.dcm, b.dcm")
                .hasMessageContaining("give one of these files");
    }

    @Test
    void niftiFilesComeBeforeAStructureSetBesideThem() throws Exception {
        Files.write(folder.resolve("contours.dcm"), MaskObjects.structures());
        Path lung = Files.writeString(folder.resolve("lung.nii.gz"), "");
        Files.writeString(folder.resolve(".heart.nii.gz"), "");
        assertThat(MaskSource.of(folder, Optional.empty())).isEqualTo(new MaskSource(folder, From.RADGENOME));
        assertThat(MaskSource.niftiFiles(folder)).containsExactly(lung);
    }

    @Test
    void aFolderWithoutMasksIsToldInWords() {
        assertThatThrownBy(() -> MaskSource.of(folder, Optional.empty()))
                .isInstanceOf(InputException.class)
                .hasMessageContaining("expected NIfTI files, or a DICOM RTSTRUCT or SEG");
        assertThatThrownBy(() -> MaskSource.of(folder.resolve("nowhere"), Optional.empty()))
                .isInstanceOf(InputException.class)
                .hasMessageContaining("no such file or folder");
    }
}
