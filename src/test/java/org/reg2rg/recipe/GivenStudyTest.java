package org.reg2rg.recipe;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.reg2rg.ct.Affine;
import org.reg2rg.ct.CtVolume;
import org.reg2rg.ct.Grid;
import org.reg2rg.ct.GridSize;
import org.reg2rg.ct.MaskLoader;
import org.reg2rg.ct.NiftiWriter;
import org.reg2rg.ct.Region;
import org.reg2rg.data.ModelGrid;
import org.reg2rg.report.GroundedReport.Skipped;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

class GivenStudyTest {
    private static final Grid GRID = new Grid(new GridSize(16, 16, 8), Affine.scaled(-4, -4, 4));

    @TempDir
    private Path folder = Path.of("");

    private Path ct = Path.of("");

    @Command
    private static final class Asked {
        @Mixin
        private Quiet quiet = new Quiet();
    }

    @BeforeEach
    void aScanWithoutLungs() throws Exception {
        ct = folder.resolve("ct.nii.gz");
        NiftiWriter.writeInt16(ct, new CtVolume(GRID, new float[16 * 16 * 8]));
    }

    private GivenStudy read(Optional<Path> masks, List<Region> regions) throws Exception {
        var asked = new Asked();
        new CommandLine(asked).parseArgs("--quiet");
        return GivenStudy.read(
                ct,
                Optional.empty(),
                new GivenStudy.Masks(masks, MaskLoader.Options.NONE),
                new GivenStudy.Slots(regions, false),
                ModelGrid.RADGENOME,
                asked.quiet);
    }

    @Test
    void aRegionThatIsAskedForAndNotFoundIsListedOnceWithTheReason() throws Exception {
        assertThat(read(Optional.empty(), List.of(Region.LUNG)).skipped())
                .containsExactly(new Skipped(Region.LUNG, "no lungs were found in this scan"));
    }

    @Test
    void allRegionsThatWereLookedForAndNotFoundAreListedWhereNoneIsNamed() throws Exception {
        assertThat(read(Optional.empty(), List.of()).skipped())
                .extracting(Skipped::region)
                .containsExactly(Region.values());
    }

    @Test
    void ofMaskFilesWhatIsNamedAndNotThereIsListed() throws Exception {
        Path heart = folder.resolve("heart.nii.gz");
        NiftiWriter.writeUint8(heart, GRID, n -> n < 100 ? 1 : 0);
        GivenStudy study = read(Optional.of(heart), List.of(Region.LUNG, Region.HEART));
        assertThat(study.masks().masks()).containsOnlyKeys(Region.HEART);
        assertThat(study.skipped()).containsExactly(new Skipped(Region.LUNG, "there is no mask of this region"));
    }
}
