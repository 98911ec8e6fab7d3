package org.reg2rg.ct.dicom;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;

/**
 * Small CT series for tests: the stored value of pixel (i, j) of slice k is {@code 100·k + 10·j + i}, a slice is 6×5
 * pixels of 2 mm (columns) by 3 mm (rows), slices lie 4 mm apart.
 */
public final class TinyCt {
    static final int COLUMNS = 6;
    static final int ROWS = 5;
    static final double STEP = 4;
    static final String CLASSIC = "1.2.840.10008.5.1.4.1.1.2";
    static final String ENHANCED = "1.2.840.10008.5.1.4.1.1.2.1";

    String series = "1.2.3.1";
    String name = "WINTER^ANNA";

    /** Attributes of a classic slice that lies at its regular place. */
    DicomBytes slice(int k) {
        return slice(k, -20, -30, 10 + STEP * k);
    }

    DicomBytes slice(int k, double x, double y, double z) {
        return image(COLUMNS, ROWS)
                .text(Tag.SOP_CLASS, "UI", CLASSIC)
                .text(Tag.SOP_INSTANCE, "UI", series + ".9." + k)
                .text(Tag.IMAGE_TYPE, "CS", "ORIGINAL\\PRIMARY\\AXIAL")
                .text(Tag.INSTANCE_NUMBER, "IS", "" + (100 - k))
                .text(Tag.IMAGE_POSITION, "DS", x + "\\" + y + "\\" + z)
                .text(Tag.IMAGE_ORIENTATION, "DS", "1\\0\\0\\0\\1\\0")
                .text(Tag.PIXEL_SPACING, "DS", "3\\2")
                .text(Tag.SLICE_THICKNESS, "DS", "4")
                .text(Tag.RESCALE_SLOPE, "DS", "1")
                .text(Tag.RESCALE_INTERCEPT, "DS", "-1024")
                .raw(Tag.PIXEL_DATA, "OW", pixels(k), 2);
    }

    DicomBytes image(int columns, int rows) {
        return new DicomBytes()
                .text(Tag.MODALITY, "CS", "CT")
                .text(Tag.SERIES_UID, "UI", series)
                .text(Tag.STUDY_UID, "UI", "1.2.3")
                .text(Tag.SERIES_NUMBER, "IS", series.substring(series.lastIndexOf('.') + 1))
                .text(Tag.PATIENT_NAME, "PN", name)
                .text(Tag.PATIENT_ID, "LO", "ID-4711")
                .text(Tag.PATIENT_BIRTH_DATE, "DA", "19500102")
                .us(Tag.SAMPLES_PER_PIXEL, 1)
                .text(Tag.PHOTOMETRIC, "CS", "MONOCHROME2")
                .us(Tag.ROWS, rows)
                .us(Tag.COLUMNS, columns)
                .us(Tag.BITS_ALLOCATED, 16)
                .us(Tag.BITS_STORED, 12)
                .us(Tag.HIGH_BIT, 11)
                .us(Tag.PIXEL_REPRESENTATION, 0);
    }

    static byte[] pixels(int... slices) {
        ByteBuffer pixels =
                ByteBuffer.allocate(2 * COLUMNS * ROWS * slices.length).order(ByteOrder.LITTLE_ENDIAN);
        for (int k : slices) {
            for (int j = 0; j < ROWS; j++) {
                for (int i = 0; i < COLUMNS; i++) {
                    pixels.putShort((short) stored(i, j, k));
                }
            }
        }
        return pixels.array();
    }

    static int stored(int i, int j, int k) {
        return 100 * k + 10 * j + i;
    }

    static float hu(int i, int j, int k) {
        return stored(i, j, k) - 1024;
    }

    /** Three frames in one enhanced file, stored out of order: frame f shows slice {@code order[f]}. */
    DicomBytes enhanced(boolean undefined, int... order) {
        DicomBytes[] frames = new DicomBytes[order.length];
        for (int f = 0; f < frames.length; f++) {
            String position = String.format(Locale.ROOT, "-20\\-30\\%s", 10 + STEP * order[f]);
            frames[f] = new DicomBytes()
                    .sequence(
                            Tag.PLANE_POSITION_SEQUENCE,
                            undefined,
                            new DicomBytes().text(Tag.IMAGE_POSITION, "DS", position))
                    .sequence(
                            Tag.PIXEL_VALUE_SEQUENCE,
                            undefined,
                            new DicomBytes()
                                    .text(Tag.RESCALE_INTERCEPT, "DS", "-1024")
                                    .text(Tag.RESCALE_SLOPE, "DS", "1"));
        }
        DicomBytes shared = new DicomBytes()
                .sequence(
                        Tag.PLANE_ORIENTATION_SEQUENCE,
                        undefined,
                        new DicomBytes().text(Tag.IMAGE_ORIENTATION, "DS", "1\\0\\0\\0\\1\\0"))
                .sequence(
                        Tag.PIXEL_MEASURES_SEQUENCE,
                        undefined,
                        new DicomBytes().text(Tag.PIXEL_SPACING, "DS", "3\\2").text(Tag.SLICE_THICKNESS, "DS", "4"));
        return image(COLUMNS, ROWS)
                .text(Tag.SOP_CLASS, "UI", ENHANCED)
                .text(Tag.SOP_INSTANCE, "UI", series + ".9")
                .text(Tag.NUMBER_OF_FRAMES, "IS", "" + order.length)
                .sequence(Tag.SHARED_FUNCTIONAL_GROUPS, undefined, shared)
                .sequence(Tag.PER_FRAME_FUNCTIONAL_GROUPS, undefined, frames)
                .raw(Tag.PIXEL_DATA, "OW", pixels(order), 2);
    }

    /** Writes slices 0 to n-1 into a folder, under names that sort the other way round. */
    public TinyCt write(Path folder, int n) throws IOException {
        Files.createDirectories(folder);
        for (int k = 0; k < n; k++) {
            Files.write(folder.resolve("IM" + (1000 - k)), slice(k).part10(DicomBytes.Encoding.EXPLICIT));
        }
        return this;
    }

    TinyCt of(String uid) {
        series = uid;
        return this;
    }
}
