package org.reg2rg.ct.dicom;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.reg2rg.core.InputException;
import org.reg2rg.ct.CtLoader;
import org.reg2rg.ct.CtVolume;
import org.reg2rg.ct.GridSize;
import org.reg2rg.ct.LoadedCt;
import org.reg2rg.ct.dicom.DicomBytes.Encoding;

/** Gaps, tilts, copies and mixtures: resampled where that is safe, refused in words where it is not. */
class StackGeometryTest {
    private static final float HUNDREDTH_HU = 0.01f;

    @TempDir
    private Path folder;

    private final TinyCt ct = new TinyCt();

    @Test
    void unevenDistancesAreInterpolated() throws IOException {
        // The HU of the tiny CT grow by 100 a slice of 4 mm, so that a place tells what must be there.
        double[] places = {0, 4, 8, 9, 12, 16};
        for (int n = 0; n < places.length; n++) {
            write(n, slice(places[n] / 4, 10 + places[n]));
        }

        LoadedCt loaded = CtLoader.load(folder);

        CtVolume volume = loaded.volume();
        double step = volume.grid().spacing()[2];
        for (int k = 0; k < volume.size().z(); k++) {
            assertThat(volume.at(3, 2, k))
                    .isCloseTo((float) (TinyCt.hu(3, 2, 0) + 25 * step * k), within(HUNDREDTH_HU));
        }
        assertThat(step * (volume.size().z() - 1)).isCloseTo(16, within(1e-6));
        assertThat(loaded.warnings()).contains("the slices lie 1.00 to 4.00 mm apart: interpolated to even distances");
    }

    @Test
    void manyMissingSlicesAreRefused() throws IOException {
        for (int k = 0; k < 12; k++) {
            if (k < 4 || k > 7) {
                write(k, ct.slice(k));
            }
        }

        assertThatThrownBy(() -> CtLoader.load(folder))
                .isInstanceOf(InputException.class)
                .hasMessageContaining("slices are missing: after 22.0 mm along the scan the next one is at 42.0 mm,"
                        + " the others lie 4.0 mm apart (about 4 missing in all); send the series again, complete");
    }

    @Test
    void aTiltedGantryIsStraightened() throws IOException {
        // Slices move by one row (3 mm) down for every 4 mm upwards.
        for (int k = 0; k < 4; k++) {
            write(k, ct.slice(k, -20, -30 + 3 * k, 10 + TinyCt.STEP * k));
        }

        LoadedCt loaded = CtLoader.load(folder);

        CtVolume volume = loaded.volume();
        assertThat(volume.size()).isEqualTo(new GridSize(6, 8, 4));
        assertThat(volume.at(2, 3, 3)).isEqualTo(TinyCt.hu(2, 0, 3));
        assertThat(volume.at(2, 3, 0)).isEqualTo(TinyCt.hu(2, 3, 0));
        assertThat(volume.at(2, 2, 3)).isEqualTo(-1024);
        assertThat(loaded.warnings())
                .contains("the gantry was tilted by 36.9°: the slices were shifted onto an upright grid");
    }

    @Test
    void obliqueSlicesKeepTheirDirections() throws IOException {
        for (int k = 0; k < 3; k++) {
            // Rows towards the back, columns towards the feet: a sagittal series, counted to the left.
            write(k, ct.slice(k, 5 * k, -30, 10).text(Tag.IMAGE_ORIENTATION, "DS", "0\\1\\0\\0\\0\\-1"));
        }

        CtVolume volume = CtLoader.load(folder).volume();

        // The normal of these planes looks to the right, so that slice 0 is the last.
        assertThat(volume.grid().toWorld().apply(0, 0, 0)).containsExactly(-10, 30, 10);
        assertThat(volume.grid().toWorld().apply(1, 1, 2)).containsExactly(0, 28, 7);
        assertThat(volume.at(1, 1, 2)).isEqualTo(TinyCt.hu(1, 1, 0));
    }

    @Test
    void copiesAreLeftOutAndForeignSizesToo() throws IOException {
        ct.write(folder, 6);
        Files.copy(folder.resolve("IM997"), folder.resolve("copy"));
        write(
                99,
                ct.image(1, 1)
                        .text(Tag.SOP_CLASS, "UI", TinyCt.CLASSIC)
                        .text(Tag.SOP_INSTANCE, "UI", "1.9")
                        .text(Tag.IMAGE_POSITION, "DS", "0\\0\\0")
                        .text(Tag.IMAGE_ORIENTATION, "DS", "1\\0\\0\\0\\1\\0")
                        .text(Tag.PIXEL_SPACING, "DS", "1\\1")
                        .raw(Tag.PIXEL_DATA, "OW", new byte[2], 2));

        LoadedCt loaded = CtLoader.load(folder);

        assertThat(loaded.volume().size().z()).isEqualTo(6);
        assertThat(loaded.warnings())
                .containsExactly(
                        "1 images of another size or direction were left out: 7 of 6×5 at 2.000 mm, axial;"
                                + " 1 of 1×1 at 1.000 mm, axial",
                        "1 copies of the same image were left out");
    }

    @Test
    void twoReconstructionsInOneSeriesAreRefused() throws IOException {
        ct.write(folder, 4);
        for (int k = 0; k < 4; k++) {
            write(k, ct.slice(k).text(Tag.SOP_INSTANCE, "UI", "1.8." + k));
        }

        assertThatThrownBy(() -> CtLoader.load(folder))
                .hasMessageContaining("4 places are filled by more than one image"
                        + " (several time points or reconstructions in one series);"
                        + " export one of them as a series of its own");
    }

    @Test
    void ofTwoTimePointsTheLongerIsTaken() throws IOException {
        for (int k = 0; k < 4; k++) {
            write(k, ct.slice(k).text(Tag.ACQUISITION_NUMBER, "IS", "1"));
        }
        for (int k = 0; k < 5; k++) {
            write(10 + k, ct.slice(k).text(Tag.ACQUISITION_NUMBER, "IS", "2").text(Tag.SOP_INSTANCE, "UI", "1.8." + k));
        }

        LoadedCt loaded = CtLoader.load(folder);

        assertThat(loaded.volume().size().z()).isEqualTo(5);
        assertThat(loaded.warnings()).contains("2 time points in one series: took acquisition 2, time 0 (5 images)");
    }

    @Test
    void mixedDirectionsAreRefused() throws IOException {
        for (int k = 0; k < 6; k++) {
            DicomBytes slice = ct.slice(k);
            write(k, k % 2 == 0 ? slice : slice.text(Tag.IMAGE_ORIENTATION, "DS", "0\\1\\0\\0\\0\\-1"));
        }

        assertThatThrownBy(() -> CtLoader.load(folder))
                .hasMessageContaining("the series mixes images that make no single volume: 3 of 6×5 at 2.000 mm, axial;"
                        + " 3 of 6×5 at 2.000 mm, sagittal; export them as separate series");
    }

    @Test
    void anImageWithoutSpacingIsRefused() throws IOException {
        for (int k = 0; k < 3; k++) {
            write(k, ct.slice(k).without(Tag.PIXEL_SPACING));
        }

        assertThatThrownBy(() -> CtLoader.load(folder))
                .isInstanceOf(InputException.class)
                .hasMessageContaining("no pixel spacing in the patient, so that sizes and places are unknown");
    }

    /** A slice whose HU belong to the place {@code k} of the tiny CT, whole or not. */
    private DicomBytes slice(double k, double z) {
        byte[] pixels = TinyCt.pixels(0);
        for (int i = 0; i < pixels.length; i += 2) {
            int value = (pixels[i] & 0xff) + (int) Math.round(100 * k);
            pixels[i] = (byte) value;
            pixels[i + 1] = (byte) (value >> 8);
        }
        return ct.slice((int) (10 * k), -20, -30, z).raw(Tag.PIXEL_DATA, "OW", pixels, 2);
    }

    private void write(int n, DicomBytes slice) throws IOException {
        Files.write(folder.resolve("w" + n), slice.part10(Encoding.EXPLICIT));
    }
}
