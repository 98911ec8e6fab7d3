package org.reg2rg.ct;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.reg2rg.core.InputException;
import org.reg2rg.core.Progress;

/** A series can be named for DICOM only. */
class SeriesOfNiftiTest {
    @TempDir
    private Path folder = Path.of("");

    @Test
    void aNiftiFileHasNoSeries() throws Exception {
        Path file = folder.resolve("ct.nii.gz");
        Grid grid = new Grid(new GridSize(4, 4, 4), Affine.scaled(2, 2, 2));
        NiftiWriter.writeInt16(file, new CtVolume(grid, new float[64]));
        assertThatThrownBy(() -> CtLoader.load(file, Optional.of("1.2.3"), Progress.Style.QUIET))
                .isInstanceOf(InputException.class)
                .hasMessage("--series: " + file + " is no DICOM and has no series (got 1.2.3); leave it out");
        assertThat(CtLoader.load(file, Optional.empty(), Progress.Style.QUIET)
                        .volume()
                        .size())
                .isEqualTo(grid.size());
    }
}
