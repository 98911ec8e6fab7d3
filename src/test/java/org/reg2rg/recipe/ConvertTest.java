package org.reg2rg.recipe;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.reg2rg.ct.CtLoader;
import org.reg2rg.ct.CtVolume;
import org.reg2rg.ct.dicom.TinyCt;

/** The command convert, and inspect of a DICOM folder. */
class ConvertTest {
    @TempDir
    private Path folder;

    private final Program program = new Program();

    @Test
    void aSeriesBecomesTheSameVolumeAsNifti() throws IOException {
        Path study = folder.resolve("study");
        new TinyCt().write(study, 4);
        Path nifti = folder.resolve("ct.nii.gz");

        int code = program.run("convert", study.toString(), "--out", nifti.toString());

        CtVolume written = CtLoader.load(nifti).volume();
        CtVolume dicom = CtLoader.load(study).volume();
        assertThat(code).isZero();
        assertThat(written.hu()).isEqualTo(dicom.hu());
        assertThat(written.grid().toWorld().m())
                .isEqualTo(dicom.grid().toWorld().m());
        assertThat(program.out()).contains("ct.nii.gz: 6×5×4 voxels of 2.000 × 3.000 × 4.000 mm, LPS");
    }

    @Test
    void badInputIsToldAndNothingIsWritten() throws IOException {
        Path notes = Files.writeString(folder.resolve("notes.txt"), "not DICOM");
        Path nifti = folder.resolve("ct.nii.gz");

        assertThat(program.run("convert", notes.toString(), "--out", nifti.toString()))
                .isEqualTo(Main.BAD_INPUT);
        assertThat(program.run("convert", folder + "/none", "--out", nifti.toString()))
                .isEqualTo(Main.BAD_INPUT);
        assertThat(program.run("convert", notes.toString(), "--out", folder + "/ct.png"))
                .isEqualTo(Main.BAD_INPUT);

        assertThat(program.err())
                .contains("Error: " + notes + ": not a DICOM file; give a CT as DICOM or NIfTI")
                .contains("Error: " + folder + "/none: no such file or folder; check the path")
                .contains("Error: " + folder + "/ct.png: not the name of a NIfTI file; end --out with .nii or .nii.gz");
        assertThat(nifti).doesNotExist();
    }

    @Test
    void inspectNamesTheSeriesButNobody() throws IOException {
        Path study = folder.resolve("study");
        new TinyCt().write(study, 4);

        int code = program.run("inspect", study.toString());

        assertThat(code).isZero();
        // The folder's random name may hold any digits.
        assertThat(program.out().replace(folder.toString(), ""))
                .contains("DICOM, 1 series", "would be read: axial, 4 slices of 6×5", "size         6×5×4 voxels")
                .doesNotContain("WINTER", "4711", "1950");
    }
}
