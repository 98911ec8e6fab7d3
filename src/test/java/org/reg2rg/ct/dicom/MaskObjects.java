package org.reg2rg.ct.dicom;

import java.util.Map;
import java.util.Objects;
import org.reg2rg.ct.RegionMask;
import org.reg2rg.ct.dicom.DicomBytes.Encoding;

/** Small segmentation objects and structure sets on the grid of {@link TinyCt}. */
public final class MaskObjects {
    private MaskObjects() {}

    /** Two binary segments on slices 0 to 2, packed bit by bit. */
    static byte[] segmentation(TinyCt ct) {
        int[] places = {0, 1, 2};
        DicomBytes[] frames = new DicomBytes[places.length];
        for (int f = 0; f < frames.length; f++) {
            frames[f] = new DicomBytes()
                    .sequence(
                            Tag.PLANE_POSITION_SEQUENCE,
                            true,
                            new DicomBytes().text(Tag.IMAGE_POSITION, "DS", "-20\\-30\\" + (10 + 4 * places[f])))
                    .sequence(
                            Tag.SEGMENT_IDENTIFICATION_SEQUENCE,
                            true,
                            new DicomBytes().us(Tag.REFERENCED_SEGMENT_NUMBER, 1 + f % 2));
        }
        byte[] bits = new byte[12];
        java.util.Arrays.fill(bits, (byte) 0x5a);
        return ct.enhanced(true, places)
                .text(Tag.MODALITY, "CS", "SEG")
                .text(Tag.SOP_CLASS, "UI", "1.2.840.10008.5.1.4.1.1.66.4")
                .text(Tag.SEGMENTATION_TYPE, "CS", "BINARY")
                .us(Tag.BITS_ALLOCATED, 1)
                .us(Tag.BITS_STORED, 1)
                .us(Tag.HIGH_BIT, 0)
                .sequence(Tag.PER_FRAME_FUNCTIONAL_GROUPS, true, frames)
                .sequence(Tag.SEGMENT_SEQUENCE, true, segment(1, "lung"), segment(2, "heart"))
                .raw(Tag.PIXEL_DATA, "OB", bits, 1)
                .part10(Encoding.EXPLICIT);
    }

    static DicomBytes segment(int number, String label) {
        return new DicomBytes().us(Tag.SEGMENT_NUMBER, number).text(Tag.SEGMENT_LABEL, "LO", label);
    }

    public static byte[] structures() {
        return structure(
                        contour("CLOSED_PLANAR", "-19\\-29\\10\\-12\\-29\\10\\-12\\-20\\10\\-19\\-20\\10"),
                        contour("CLOSED_PLANAR", "-19\\-29\\14\\-12\\-29\\14\\-12\\-20\\14"))
                .part10(Encoding.IMPLICIT);
    }

    /** A structure set with the one structure {@code lung}. */
    static DicomBytes structure(DicomBytes... contours) {
        return new DicomBytes()
                .text(Tag.SOP_CLASS, "UI", "1.2.840.10008.5.1.4.1.1.481.3")
                .text(Tag.MODALITY, "CS", "RTSTRUCT")
                .sequence(
                        Tag.STRUCTURE_SET_ROI_SEQUENCE,
                        true,
                        new DicomBytes().text(Tag.ROI_NUMBER, "IS", "7").text(Tag.ROI_NAME, "LO", "lung"))
                .sequence(
                        Tag.ROI_CONTOUR_SEQUENCE,
                        true,
                        new DicomBytes()
                                .sequence(Tag.CONTOUR_SEQUENCE, true, contours)
                                .text(Tag.REFERENCED_ROI_NUMBER, "IS", "7"));
    }

    /** The mask of this name, which must be there. */
    static RegionMask named(Map<String, RegionMask> masks, String name) {
        return Objects.requireNonNull(masks.get(name), name);
    }

    static DicomBytes contour(String type, String points) {
        return new DicomBytes().text(Tag.CONTOUR_GEOMETRIC_TYPE, "CS", type).text(Tag.CONTOUR_DATA, "DS", points);
    }
}
