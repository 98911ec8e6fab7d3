package org.reg2rg.ct.dicom;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.Test;
import org.reg2rg.SharedFolder;
import org.reg2rg.core.Progress;
import org.reg2rg.ct.CtLoader;
import org.reg2rg.ct.CtVolume;
import org.reg2rg.ct.Grid;
import org.reg2rg.ct.GridSize;
import org.reg2rg.ct.LoadedCt;
import org.reg2rg.ct.Orientation;

/** Whole studies from scanners, against volumes that other programs made of them. */
class RealStudiesTest {
    private static final double MICROMETRE = 1e-3;

    @Test
    void wholeChestHasTheVoxelsAndTheGridOfItsNifti() throws IOException {
        Path folder = SharedFolder.require("data/ct/LUNG1-001/LUNG1-001");
        Path derived = SharedFolder.require("data/ct/LUNG1-001/derived");

        LoadedCt loaded = CtLoader.load(folder);

        CtVolume ct = loaded.volume();
        assertThat(ct.size()).isEqualTo(new GridSize(512, 512, 134));
        assertSameGrid(
                ct.grid(),
                CtLoader.load(derived.resolve("mask_GTV-1.nii.gz")).volume().grid());
        // The derived file is the mean of 2×2 pixels, as a whole number.
        CtVolume half = CtLoader.load(derived.resolve("ct_half_inplane.nii.gz")).volume();
        int worst = 0;
        for (int k = 0; k < 134; k++) {
            for (int j = 0; j < 256; j++) {
                for (int i = 0; i < 256; i++) {
                    double mean = (ct.at(2 * i, 2 * j, k)
                                    + ct.at(2 * i + 1, 2 * j, k)
                                    + ct.at(2 * i, 2 * j + 1, k)
                                    + ct.at(2 * i + 1, 2 * j + 1, k))
                            / 4;
                    worst = Math.max(worst, (int) Math.ceil(Math.abs(mean - half.at(i, j, k)) - 0.75));
                }
            }
        }
        assertThat(worst).isZero();
        assertThat(loaded.warnings()).anyMatch(w -> w.contains("of 2: axial, 134 slices of 512×512, 3.00 mm apart"));
    }

    @Test
    void dicomSlicesHaveTheVoxelsOfTheirNrrd() throws IOException {
        Path folder = SharedFolder.require("data/ct/CIP/ct-64Dicom");
        short[] nrrd = nrrd(SharedFolder.require("data/ct/CIP/ct-64.nrrd"));

        CtVolume ct = CtLoader.load(folder).volume();

        assertThat(ct.size()).isEqualTo(new GridSize(64, 64, 79));
        assertThat(Orientation.of(ct.grid().toWorld()).code()).isEqualTo("LPS");
        assertThat(ct.grid().spacing()[2]).isCloseTo(3.98734, within(MICROMETRE));
        for (int i = 0; i < nrrd.length; i++) {
            assertThat(ct.hu()[i]).isEqualTo(nrrd[i]);
        }
    }

    @Test
    void jpeg2000SeriesReads() throws IOException {
        Path folder = SharedFolder.require("data/ct/TotalSegmentator/example_ct_dicom");

        LoadedCt loaded = DicomReader.load(folder, Optional.empty(), Progress.Style.QUIET);

        assertThat(loaded.volume().size()).isEqualTo(new GridSize(512, 512, 20));
        assertThat(loaded.volume().grid().spacing()[2]).isCloseTo(2, within(MICROMETRE));
        assertThat(loaded.warnings()).isEmpty();
    }

    @Test
    void thickSlicesRead() throws IOException {
        Path folder = SharedFolder.require("data/ct/Lung_Dx-A0002");

        LoadedCt loaded = CtLoader.load(folder);

        assertThat(loaded.volume().size()).isEqualTo(new GridSize(512, 512, 30));
        assertThat(loaded.volume().grid().spacing()[2]).isCloseTo(8, within(MICROMETRE));
    }

    private static void assertSameGrid(Grid actual, Grid expected) {
        assertThat(actual.size()).isEqualTo(expected.size());
        for (int n = 0; n < 12; n++) {
            assertThat(actual.toWorld().m()[n]).isCloseTo(expected.toWorld().m()[n], within(MICROMETRE));
        }
    }

    /** A NRRD of little-endian int16 in gzip, whose header ends with an empty line. */
    private static short[] nrrd(Path file) throws IOException {
        byte[] all = Files.readAllBytes(file);
        String text = new String(all, StandardCharsets.ISO_8859_1);
        int end = text.indexOf("\n\n") + 2;
        try (InputStream in = new GZIPInputStream(new java.io.ByteArrayInputStream(all, end, all.length - end))) {
            ByteBuffer voxels = ByteBuffer.wrap(in.readAllBytes()).order(ByteOrder.LITTLE_ENDIAN);
            short[] values = new short[voxels.remaining() / 2];
            voxels.asShortBuffer().get(values);
            return values;
        }
    }
}
