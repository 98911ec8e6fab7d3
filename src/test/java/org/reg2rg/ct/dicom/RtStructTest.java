package org.reg2rg.ct.dicom;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.withinPercentage;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.reg2rg.SharedFolder;
import org.reg2rg.core.InputException;
import org.reg2rg.ct.Affine;
import org.reg2rg.ct.CtLoader;
import org.reg2rg.ct.CtVolume;
import org.reg2rg.ct.Grid;
import org.reg2rg.ct.GridSize;
import org.reg2rg.ct.RegionMask;
import org.reg2rg.ct.dicom.DicomBytes.Encoding;

/** Contours on a CT: those of a radiotherapy department against masks that another program made, and small ones. */
class RtStructTest {
    private static final Grid GRID =
            new Grid(new GridSize(8, 8, 5), new Affine(new double[] {-1, 0, 0, 0, 0, -1, 0, 0, 0, 0, 2, 0}));

    @TempDir
    private Path folder;

    /**
     * The derived masks count every pixel that an outline touches, which makes them 2 to 14 % larger than the polygons.
     * Ours count centres: 0.02 to 0.4 % off the polygons' area, and voxel by voxel those of matplotlib 3's
     * {@code Path.contains_points}, where the counts come from.
     */
    @ParameterizedTest
    @CsvSource({
        "Lung-Left, 795750, 0.983",
        "Lung-Right, 1036805, 0.986",
        "GTV-1, 54639, 0.979",
        "Spinal-Cord, 15618, 0.921"
    })
    void contoursOfAWholeChestMakeTheMasksOfOtherPrograms(String name, int voxels, double leastDice)
            throws IOException {
        Path file = SharedFolder.require("data/ct/LUNG1-001/LUNG1-001/mask_rtstruct/1-1.dcm");
        Path derived = SharedFolder.require("data/ct/LUNG1-001/derived").resolve("mask_" + name + ".nii.gz");
        CtVolume outlined = CtLoader.load(derived).volume();

        RegionMask mask = MaskObjects.named(RtStruct.read(file, outlined.grid()), name);

        assertThat(mask.count()).isCloseTo(voxels, withinPercentage(0.1));
        assertThat(dice(mask, outlined)).isGreaterThan(leastDice);
    }

    @Test
    void aContourInAContourIsAHoleAndPlanesInBetweenTakeTheNearest() throws IOException {
        // Drawn on every second slice only: z = 0, 4 and 8 mm are slices 0, 2 and 4.
        Path file = write(MaskObjects.structure(
                MaskObjects.contour("CLOSED_PLANAR", "0.5\\0.5\\0\\6.5\\0.5\\0\\6.5\\6.5\\0\\0.5\\6.5\\0"),
                MaskObjects.contour("CLOSED_PLANAR", "2.5\\2.5\\0\\4.5\\2.5\\0\\4.5\\4.5\\0\\2.5\\4.5\\0"),
                MaskObjects.contour("CLOSED_PLANAR", "0.5\\0.5\\4\\6.5\\0.5\\4\\6.5\\6.5\\4\\0.5\\6.5\\4"),
                MaskObjects.contour("CLOSED_PLANAR", "0.5\\0.5\\8\\6.5\\0.5\\8\\6.5\\6.5\\8\\0.5\\6.5\\8"),
                MaskObjects.contour("POINT", "1\\1\\1")));

        RegionMask mask = MaskObjects.named(RtStruct.read(file, GRID), "lung");

        assertThat(count(mask, 0)).isEqualTo(36 - 4);
        assertThat(count(mask, 1)).isEqualTo(36 - 4); // as near to slice 0 as to slice 2
        assertThat(count(mask, 2)).isEqualTo(36);
        assertThat(count(mask, 4)).isEqualTo(36);
        assertThat(mask.contains(GRID.size().index(1, 1, 0))).isTrue();
        assertThat(mask.contains(GRID.size().index(3, 3, 0))).isFalse();
        assertThat(mask.contains(GRID.size().index(0, 0, 0))).isFalse();
    }

    @Test
    void contoursAcrossTheSlicesAreRefused() throws IOException {
        Path file = write(
                MaskObjects.structure(MaskObjects.contour("CLOSED_PLANAR", "1\\1\\0\\6\\1\\0\\6\\1\\6\\1\\1\\6")));

        assertThatThrownBy(() -> RtStruct.read(file, GRID))
                .isInstanceOf(InputException.class)
                .hasMessage(file + ", structure lung: the contours lie across the slices of this CT;"
                        + " give the CT that they were drawn on");
    }

    @Test
    void aStructureSetIsNoCt() throws IOException {
        Path file = write(MaskObjects.structure(MaskObjects.contour("POINT", "1\\1\\1")));

        assertThat(RtStruct.recognises(file)).isTrue();
        assertThatThrownBy(() -> RtStruct.read(file, GRID))
                .hasMessage(file + ": no closed contours; export the structures with their contours");
        assertThatThrownBy(() -> CtLoader.load(file)).hasMessageContaining("modality RTSTRUCT, not CT");
    }

    private Path write(DicomBytes object) throws IOException {
        return Files.write(folder.resolve("structures.dcm"), object.part10(Encoding.IMPLICIT));
    }

    private static int count(RegionMask mask, int k) {
        int n = 0;
        for (int i = 0; i < 64; i++) {
            n += mask.contains(64 * k + i) ? 1 : 0;
        }
        return n;
    }

    private static double dice(RegionMask mask, CtVolume truth) {
        long both = 0;
        long sum = mask.count();
        for (int i = 0; i < truth.hu().length; i++) {
            if (truth.hu()[i] > 0) {
                sum++;
                both += mask.contains(i) ? 1 : 0;
            }
        }
        return 2.0 * both / sum;
    }
}
