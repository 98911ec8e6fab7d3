package org.reg2rg.ct.dicom;

import java.nio.ByteOrder;
import java.util.List;

/** One attribute of a data set. */
sealed interface DicomElement {
    /**
     * A value as it stands in the file.
     *
     * @param type what the bytes mean; {@code UN} where the file does not say
     */
    @SuppressWarnings("ArrayRecordComponent") // never compared
    record Value(ValueType type, byte[] bytes, ByteOrder order) implements DicomElement {}

    /** A sequence of data sets. */
    record Items(List<DicomData> items) implements DicomElement {}

    /** A value longer than the limit; only that it exists is known. */
    record TooLong(long length) implements DicomElement {}
}
