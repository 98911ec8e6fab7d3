package org.reg2rg.ct.dicom;

import java.util.Locale;

/** The attributes that are read, as {@code group << 16 | element} (PS3.6). */
final class Tag {
    static final int TRANSFER_SYNTAX = 0x0002_0010;
    static final int CHARACTER_SET = 0x0008_0005;
    static final int IMAGE_TYPE = 0x0008_0008;
    static final int SOP_CLASS = 0x0008_0016;
    static final int SOP_INSTANCE = 0x0008_0018;
    static final int STUDY_DATE = 0x0008_0020;
    static final int MODALITY = 0x0008_0060;
    static final int MANUFACTURER = 0x0008_0070;
    static final int CODE_VALUE = 0x0008_0100;
    static final int CODE_MEANING = 0x0008_0104;
    static final int STUDY_DESCRIPTION = 0x0008_1030;
    static final int SERIES_DESCRIPTION = 0x0008_103E;
    static final int MODEL_NAME = 0x0008_1090;
    static final int REFERENCED_SOP_INSTANCE = 0x0008_1155;
    static final int PATIENT_NAME = 0x0010_0010;
    static final int PATIENT_ID = 0x0010_0020;
    static final int PATIENT_BIRTH_DATE = 0x0010_0030;
    static final int PATIENT_SEX = 0x0010_0040;
    static final int PATIENT_AGE = 0x0010_1010;
    static final int BODY_PART = 0x0018_0015;
    static final int SLICE_THICKNESS = 0x0018_0050;
    static final int SPACING_BETWEEN_SLICES = 0x0018_0088;
    static final int GANTRY_TILT = 0x0018_1120;
    static final int CONVOLUTION_KERNEL = 0x0018_1210;
    static final int PATIENT_POSITION = 0x0018_5100;
    static final int CT_FRAME_TYPE_SEQUENCE = 0x0018_9329;
    static final int FRAME_TYPE = 0x0008_9007;
    static final int CT_RECONSTRUCTION_SEQUENCE = 0x0018_9314;
    static final int STUDY_UID = 0x0020_000D;
    static final int SERIES_UID = 0x0020_000E;
    static final int SERIES_NUMBER = 0x0020_0011;
    static final int ACQUISITION_NUMBER = 0x0020_0012;
    static final int INSTANCE_NUMBER = 0x0020_0013;
    static final int IMAGE_POSITION = 0x0020_0032;
    static final int IMAGE_ORIENTATION = 0x0020_0037;
    static final int FRAME_OF_REFERENCE = 0x0020_0052;
    static final int TEMPORAL_POSITION = 0x0020_0100;
    static final int FRAME_CONTENT_SEQUENCE = 0x0020_9111;
    static final int PLANE_POSITION_SEQUENCE = 0x0020_9113;
    static final int PLANE_ORIENTATION_SEQUENCE = 0x0020_9116;
    static final int TEMPORAL_POSITION_INDEX = 0x0020_9128;
    static final int SAMPLES_PER_PIXEL = 0x0028_0002;
    static final int PHOTOMETRIC = 0x0028_0004;
    static final int NUMBER_OF_FRAMES = 0x0028_0008;
    static final int ROWS = 0x0028_0010;
    static final int COLUMNS = 0x0028_0011;
    static final int PIXEL_SPACING = 0x0028_0030;
    static final int BITS_ALLOCATED = 0x0028_0100;
    static final int BITS_STORED = 0x0028_0101;
    static final int HIGH_BIT = 0x0028_0102;
    static final int PIXEL_REPRESENTATION = 0x0028_0103;
    static final int PADDING_VALUE = 0x0028_0120;
    static final int PADDING_RANGE_LIMIT = 0x0028_0121;
    static final int RESCALE_INTERCEPT = 0x0028_1052;
    static final int RESCALE_SLOPE = 0x0028_1053;
    static final int RESCALE_TYPE = 0x0028_1054;
    static final int LOSSY_COMPRESSION = 0x0028_2110;
    static final int PIXEL_MEASURES_SEQUENCE = 0x0028_9110;
    static final int PIXEL_VALUE_SEQUENCE = 0x0028_9145;
    static final int SEGMENTATION_TYPE = 0x0062_0001;
    static final int SEGMENT_SEQUENCE = 0x0062_0002;
    static final int SEGMENT_NUMBER = 0x0062_0004;
    static final int SEGMENT_LABEL = 0x0062_0005;
    static final int SEGMENT_IDENTIFICATION_SEQUENCE = 0x0062_000A;
    static final int REFERENCED_SEGMENT_NUMBER = 0x0062_000B;
    static final int MAXIMUM_FRACTIONAL_VALUE = 0x0062_000E;
    static final int SEGMENTED_PROPERTY_TYPE_SEQUENCE = 0x0062_000F;
    static final int STRUCTURE_SET_ROI_SEQUENCE = 0x3006_0020;
    static final int ROI_NUMBER = 0x3006_0022;
    static final int REFERENCED_FRAME_OF_REFERENCE = 0x3006_0024;
    static final int ROI_NAME = 0x3006_0026;
    static final int ROI_CONTOUR_SEQUENCE = 0x3006_0039;
    static final int CONTOUR_SEQUENCE = 0x3006_0040;
    static final int CONTOUR_GEOMETRIC_TYPE = 0x3006_0042;
    static final int CONTOUR_DATA = 0x3006_0050;
    static final int REFERENCED_ROI_NUMBER = 0x3006_0084;
    static final int SHARED_FUNCTIONAL_GROUPS = 0x5200_9229;
    static final int PER_FRAME_FUNCTIONAL_GROUPS = 0x5200_9230;
    static final int FLOAT_PIXEL_DATA = 0x7FE0_0008;
    static final int DOUBLE_PIXEL_DATA = 0x7FE0_0009;
    static final int PIXEL_DATA = 0x7FE0_0010;
    static final int ITEM = 0xFFFE_E000;
    static final int ITEM_END = 0xFFFE_E00D;
    static final int SEQUENCE_END = 0xFFFE_E0DD;

    private Tag() {}

    static int group(int tag) {
        return tag >>> 16;
    }

    static boolean isPixelData(int tag) {
        return tag == PIXEL_DATA || tag == FLOAT_PIXEL_DATA || tag == DOUBLE_PIXEL_DATA;
    }

    /** As the standard prints it: {@code (0008,0060)}. */
    static String format(int tag) {
        return String.format(Locale.ROOT, "(%04X,%04X)", tag >>> 16, tag & 0xFFFF);
    }
}
