package org.reg2rg.ct.dicom;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.SequencedMap;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.reg2rg.SharedFolder;
import org.reg2rg.core.InputException;
import org.reg2rg.ct.Affine;
import org.reg2rg.ct.CtLoader;
import org.reg2rg.ct.Grid;
import org.reg2rg.ct.GridSize;
import org.reg2rg.ct.RegionMask;
import org.reg2rg.ct.dicom.DicomBytes.Encoding;

/** Segmentation objects of other programs, and a label map that the test writes itself. */
class DicomSegmentationTest {
    private static final String DCMQI = "data/dicom/dcmqi/data/segmentations/";
    private static final String HIGHDICOM = "data/dicom/highdicom/data/test_files/";

    @TempDir
    private Path folder;

    @Test
    void aBinarySegmentIsThatOfItsNrrd() throws IOException {
        Grid ct = CtLoader.load(SharedFolder.require(DCMQI + "ct-3slice"))
                .volume()
                .grid();

        SequencedMap<String, RegionMask> masks = DicomSegmentation.read(SharedFolder.require(DCMQI + "liver.dcm"), ct);

        assertThat(masks.keySet()).containsExactly("Liver");
        assertSame(masks.firstEntry().getValue(), nrrd(DCMQI + "liver_seg.nrrd"), 1);
    }

    @Test
    void overlappingSegmentsAreThoseOfTheirNrrds() throws IOException {
        Grid ct = CtLoader.load(SharedFolder.require(DCMQI + "ct-3slice"))
                .volume()
                .grid();

        SequencedMap<String, RegionMask> masks =
                DicomSegmentation.read(SharedFolder.require(DCMQI + "partial_overlaps.dcm"), ct);

        assertThat(masks.keySet()).containsExactly("GREEN", "ORANGE", "PURPLE", "LIGHT_BLUE", "DARK_BLUE");
        assertSame(MaskObjects.named(masks, "GREEN"), nrrd(DCMQI + "partial_overlaps-1.nrrd"), 1);
        assertSame(MaskObjects.named(masks, "ORANGE"), nrrd(DCMQI + "partial_overlaps-2.nrrd"), 2);
        assertSame(MaskObjects.named(masks, "PURPLE"), nrrd(DCMQI + "partial_overlaps-3.nrrd"), 3);
        assertSame(MaskObjects.named(masks, "LIGHT_BLUE"), nrrd(DCMQI + "partial_overlaps-1.nrrd"), 4);
        assertSame(MaskObjects.named(masks, "DARK_BLUE"), nrrd(DCMQI + "partial_overlaps-1.nrrd"), 5);
    }

    @Test
    void fractionsAreKept() throws IOException {
        // The grid of its three frames: 16×16 pixels of 0.488281 mm, 1.25 mm apart.
        var grid = new Grid(
                new GridSize(16, 16, 3),
                new Affine(new double[] {-0.488281, 0, 0, 125, 0, -0.488281, 0, 128.100006, 0, 0, 1.25, 103.019997}));

        RegionMask mask = MaskObjects.named(
                DicomSegmentation.read(SharedFolder.require(HIGHDICOM + "seg_image_ct_true_fractional.dcm"), grid),
                "first segment");

        int quarters = 0;
        int halves = 0;
        for (int i = 0; i < grid.size().voxels(); i++) {
            quarters += mask.value(i) == 64f / 255 ? 1 : 0;
            halves += mask.value(i) == 128f / 255 ? 1 : 0;
        }
        assertThat(quarters).isEqualTo(23);
        assertThat(halves).isEqualTo(638);
        assertThat(mask.count()).isEqualTo(661);
    }

    @Test
    void fractionsThatAreAllWholeMakeABinaryMask() throws IOException {
        var grid = new Grid(
                new GridSize(16, 16, 3),
                new Affine(new double[] {-0.488281, 0, 0, 125, 0, -0.488281, 0, 128.100006, 0, 0, 1.25, 103.019997}));

        RegionMask whole = MaskObjects.named(
                DicomSegmentation.read(SharedFolder.require(HIGHDICOM + "seg_image_ct_binary_fractional.dcm"), grid),
                "first segment");
        RegionMask binary = MaskObjects.named(
                DicomSegmentation.read(SharedFolder.require(HIGHDICOM + "seg_image_ct_binary.dcm"), grid),
                "first segment");

        assertThat(whole).isInstanceOf(RegionMask.Binary.class);
        assertThat(whole.count()).isEqualTo(127 + 256 + 255).isEqualTo(binary.count());
    }

    @Test
    void segmentsKeepTheirVolumeOnAFinerGridOfAnotherDirection() throws IOException {
        // Half the pixel and slice spacing, axes in RAS order: 32·32·6 voxels around the same field.
        double mm = 0.488281 / 2;
        var grid = new Grid(new GridSize(32, 32, 6), new Affine(new double[] {
            mm, 0, 0, 125 - 15.25 * 2 * mm, 0, mm, 0, 128.100006 - 15.25 * 2 * mm, 0, 0, 0.625, 103.019997 - 0.3125
        }));

        RegionMask mask = MaskObjects.named(
                DicomSegmentation.read(SharedFolder.require(HIGHDICOM + "seg_image_ct_binary.dcm"), grid),
                "first segment");

        assertThat(mask.count() / 8.0).isCloseTo(127 + 256 + 255, within(1.0));
    }

    @Test
    void aLabelMapGivesItsSegments() throws IOException {
        byte[] labels = new byte[2 * TinyCt.COLUMNS * TinyCt.ROWS];
        labels[7] = 3;
        labels[TinyCt.COLUMNS * TinyCt.ROWS] = 9;
        DicomBytes object = new TinyCt()
                .enhanced(true, 0, 1)
                .text(Tag.MODALITY, "CS", "SEG")
                .text(Tag.SOP_CLASS, "UI", "1.2.840.10008.5.1.4.1.1.66.7")
                .text(Tag.SEGMENTATION_TYPE, "CS", "LABELMAP")
                .us(Tag.BITS_ALLOCATED, 8)
                .us(Tag.BITS_STORED, 8)
                .us(Tag.HIGH_BIT, 7)
                .sequence(
                        Tag.SEGMENT_SEQUENCE,
                        true,
                        MaskObjects.segment(3, "lung"),
                        MaskObjects.segment(9, "heart"),
                        MaskObjects.segment(11, "lung"))
                .raw(Tag.PIXEL_DATA, "OB", labels, 1);
        Path file = Files.write(folder.resolve("labels.dcm"), object.part10(Encoding.EXPLICIT));
        var grid = new Grid(
                new GridSize(TinyCt.COLUMNS, TinyCt.ROWS, 2),
                new Affine(new double[] {-2, 0, 0, 20, 0, -3, 0, 30, 0, 0, 4, 10}));

        SequencedMap<String, RegionMask> masks = DicomSegmentation.read(file, grid);

        assertThat(DicomSegmentation.recognises(file)).isTrue();
        assertThat(masks.keySet()).containsExactly("lung", "heart", "lung (2)");
        assertThat(MaskObjects.named(masks, "lung").count()).isEqualTo(1);
        assertThat(MaskObjects.named(masks, "lung").contains(7)).isTrue();
        assertThat(MaskObjects.named(masks, "heart").contains(TinyCt.COLUMNS * TinyCt.ROWS))
                .isTrue();
        assertThat(MaskObjects.named(masks, "lung (2)").isEmpty()).isTrue();
    }

    @Test
    void aCtIsRefusedAsSegmentation() throws IOException {
        Path file = Files.write(folder.resolve("ct.dcm"), new TinyCt().slice(0).part10(Encoding.EXPLICIT));
        var grid = new Grid(new GridSize(1, 1, 1), Affine.IDENTITY);

        assertThat(DicomSegmentation.recognises(file)).isFalse();
        assertThatThrownBy(() -> DicomSegmentation.read(file, grid))
                .isInstanceOf(InputException.class)
                .hasMessage(file + ": not a DICOM segmentation (modality CT); give the SEG file");
    }

    private static void assertSame(RegionMask mask, short[] labels, int label) {
        int wrong = 0;
        for (int i = 0; i < labels.length; i++) {
            wrong += mask.contains(i) == (labels[i] == label) ? 0 : 1;
        }
        assertThat(wrong).isZero();
        assertThat(mask.count()).isPositive();
    }

    /** A NRRD of little-endian int16 in gzip, whose header ends with an empty line. */
    private static short[] nrrd(String relative) throws IOException {
        byte[] all = Files.readAllBytes(SharedFolder.require(relative));
        int end = new String(all, StandardCharsets.ISO_8859_1).indexOf("\n\n") + 2;
        try (InputStream in = new GZIPInputStream(new ByteArrayInputStream(all, end, all.length - end))) {
            ByteBuffer voxels = ByteBuffer.wrap(in.readAllBytes()).order(ByteOrder.LITTLE_ENDIAN);
            short[] values = new short[voxels.remaining() / 2];
            voxels.asShortBuffer().get(values);
            return values;
        }
    }
}
