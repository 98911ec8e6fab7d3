package org.reg2rg.recipe;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.reg2rg.ct.Affine;
import org.reg2rg.ct.CtVolume;
import org.reg2rg.ct.Grid;
import org.reg2rg.ct.GridSize;
import org.reg2rg.ct.NiftiWriter;
import picocli.CommandLine;

class InspectTest {
    @TempDir
    Path folder;

    @Test
    void tellsOfEveryVolumeEvenIfOneIsBad() throws IOException {
        Path volume = folder.resolve("ct.nii.gz");
        NiftiWriter.writeInt16(
                volume, new CtVolume(new Grid(new GridSize(4, 5, 6), Affine.scaled(-1, -1, 30)), new float[120]));
        Path bad = folder.resolve("notes.txt");
        Files.writeString(bad, "not a volume");
        var out = new StringWriter();
        var err = new StringWriter();
        int code = new CommandLine(new Inspect())
                .setOut(new PrintWriter(out))
                .setErr(new PrintWriter(err))
                .execute(bad.toString(), volume.toString());
        assertThat(code).isEqualTo(Main.BAD_INPUT);
        assertThat(out.toString())
                .contains("ct.nii.gz", "4×5×6 voxels", "1 × 1 × 30 mm", "LPS", "warning      anisotropic");
        assertThat(err.toString()).contains("notes.txt: ");
    }
}
