package org.reg2rg.ct.dicom;

/** Walks the marker segments of a JPEG or JPEG-LS image (T.81 annex B). */
final class JpegMarkers {
    private static final int START = 0xd8;
    private static final int END = 0xd9;

    private final byte[] bytes;
    private int segmentAt;
    private int segmentEnd;

    JpegMarkers(byte[] bytes) throws CodecException {
        this.bytes = bytes;
        if (bytes.length < 4 || u8(0) != 0xff || u8(1) != START) {
            throw new CodecException("the frame does not start as a JPEG image");
        }
        segmentEnd = 2;
    }

    /** Goes to the next segment and returns its marker (second byte). */
    int next() throws CodecException {
        int at = segmentEnd;
        while (at < bytes.length && u8(at) != 0xff) {
            at++;
        }
        while (at < bytes.length && u8(at) == 0xff) {
            at++;
        }
        if (at + 3 > bytes.length || u8(at) == END) {
            throw new CodecException("the JPEG image ends before its pixels");
        }
        int marker = u8(at);
        segmentAt = at + 3;
        segmentEnd = at + 1 + u16(at + 1);
        if (segmentEnd < segmentAt || segmentEnd > bytes.length) {
            throw new CodecException("JPEG segment " + Integer.toHexString(marker) + " is cut off");
        }
        return marker;
    }

    /** Index of the first byte of the segment's content. */
    int segmentAt() {
        return segmentAt;
    }

    int segmentEnd() {
        return segmentEnd;
    }

    /** Refuses a segment with less than {@code n} bytes of content. */
    void require(int n) throws CodecException {
        if (segmentEnd - segmentAt < n) {
            throw new CodecException("a JPEG segment has " + (segmentEnd - segmentAt) + " bytes (expected " + n + ")");
        }
    }

    int u8(int at) throws CodecException {
        if (at >= bytes.length) {
            throw new CodecException("the JPEG image is cut off");
        }
        return bytes[at] & 0xff;
    }

    int u16(int at) throws CodecException {
        return u8(at) << 8 | u8(at + 1);
    }
}
