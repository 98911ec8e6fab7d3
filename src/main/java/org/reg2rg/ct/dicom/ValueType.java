package org.reg2rg.ct.dicom;

import java.util.Map;
import java.util.Optional;

/** The value representations of PS3.5 section 6.2: what the bytes of a value mean, and how its length is written. */
enum ValueType {
    AE,
    AS,
    AT,
    CS,
    DA,
    DS,
    DT,
    FD,
    FL,
    IS,
    LO,
    LT,
    OB,
    OD,
    OF,
    OL,
    OV,
    OW,
    PN,
    SH,
    SL,
    SQ,
    SS,
    ST,
    SV,
    TM,
    UC,
    UI,
    UL,
    UN,
    UR,
    US,
    UT,
    UV;

    private static final Map<Integer, ValueType> FOR_IMPLICIT = Map.ofEntries(
            Map.entry(Tag.SAMPLES_PER_PIXEL, US),
            Map.entry(Tag.ROWS, US),
            Map.entry(Tag.COLUMNS, US),
            Map.entry(Tag.BITS_ALLOCATED, US),
            Map.entry(Tag.BITS_STORED, US),
            Map.entry(Tag.HIGH_BIT, US),
            Map.entry(Tag.PIXEL_REPRESENTATION, US),
            Map.entry(Tag.PADDING_VALUE, US),
            Map.entry(Tag.PADDING_RANGE_LIMIT, US),
            Map.entry(Tag.TEMPORAL_POSITION_INDEX, UL),
            Map.entry(Tag.SEGMENT_NUMBER, US),
            Map.entry(Tag.REFERENCED_SEGMENT_NUMBER, US),
            Map.entry(Tag.MAXIMUM_FRACTIONAL_VALUE, US),
            Map.entry(Tag.CT_FRAME_TYPE_SEQUENCE, SQ),
            Map.entry(Tag.CT_RECONSTRUCTION_SEQUENCE, SQ),
            Map.entry(Tag.FRAME_CONTENT_SEQUENCE, SQ),
            Map.entry(Tag.PLANE_POSITION_SEQUENCE, SQ),
            Map.entry(Tag.PLANE_ORIENTATION_SEQUENCE, SQ),
            Map.entry(Tag.PIXEL_MEASURES_SEQUENCE, SQ),
            Map.entry(Tag.PIXEL_VALUE_SEQUENCE, SQ),
            Map.entry(Tag.SEGMENT_SEQUENCE, SQ),
            Map.entry(Tag.SEGMENT_IDENTIFICATION_SEQUENCE, SQ),
            Map.entry(Tag.SEGMENTED_PROPERTY_TYPE_SEQUENCE, SQ),
            Map.entry(Tag.STRUCTURE_SET_ROI_SEQUENCE, SQ),
            Map.entry(Tag.ROI_CONTOUR_SEQUENCE, SQ),
            Map.entry(Tag.CONTOUR_SEQUENCE, SQ),
            Map.entry(Tag.SHARED_FUNCTIONAL_GROUPS, SQ),
            Map.entry(Tag.PER_FRAME_FUNCTIONAL_GROUPS, SQ),
            Map.entry(Tag.PIXEL_DATA, OW));

    /** The two letters in a file; empty if they are not letters. Letters of a future standard count as {@code UN}. */
    static Optional<ValueType> of(int first, int second) {
        if (first < 'A' || first > 'Z' || second < 'A' || second > 'Z') {
            return Optional.empty();
        }
        String name = "" + (char) first + (char) second;
        for (ValueType type : values()) {
            if (type.name().equals(name)) {
                return Optional.of(type);
            }
        }
        return Optional.of(UN);
    }

    /** What a tag means where the file does not say; attributes that nobody reads here are {@code UN}, texts {@code LO}. */
    static ValueType implied(int tag) {
        return FOR_IMPLICIT.getOrDefault(tag, UN);
    }

    /** Whether explicit encodings write two reserved bytes and a length of four bytes. */
    boolean hasLongLength() {
        return switch (this) {
            case OB, OD, OF, OL, OV, OW, SQ, SV, UC, UN, UR, UT, UV -> true;
            case AE, AS, AT, CS, DA, DS, DT, FD, FL, IS, LO, LT, PN, SH, SL, SS, ST, TM, UI, UL, US -> false;
        };
    }
}
