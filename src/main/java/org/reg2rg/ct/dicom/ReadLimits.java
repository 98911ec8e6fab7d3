package org.reg2rg.ct.dicom;

/**
 * How much of a file may be kept in memory before its pixels.
 *
 * @param valueBytes longer values are passed over and count as absent
 * @param totalBytes all values together
 * @param elements attributes in all, at every depth
 * @param depth sequences inside sequences
 */
record ReadLimits(int valueBytes, long totalBytes, int elements, int depth) {
    /** For indexing a folder: no attribute that tells about a series is long. */
    static final ReadLimits HEADER = new ReadLimits(1 << 16, 64L << 20, 2_000_000, 32);

    /** For structure sets, whose contours are long texts. */
    static final ReadLimits CONTOURS = new ReadLimits(64 << 20, 512L << 20, 4_000_000, 32);
}
