package org.reg2rg.ct.dicom;

/** The bits of a JPEG scan: a zero follows every byte FF that is data; any other byte there is a marker (T.81 F.2.2.5). */
final class JpegBits {
    private static final int FIRST_RESTART = 0xd0;
    private static final int LAST_RESTART = 0xd7;

    /** Zeros that may be read behind the end: a code is looked up with sixteen bits, however short it is. */
    private static final int MOST_PADDING = 64;

    private final byte[] bytes;
    private int at;
    private long buffer;
    private int left;
    private int padding;

    JpegBits(byte[] bytes, int at) {
        this.bytes = bytes;
        this.at = at;
    }

    /** The next sixteen bits, which stay to be read. */
    int peek16() throws CodecException {
        if (left < 16) {
            fill();
        }
        return (int) (buffer >> left - 16) & 0xffff;
    }

    void skip(int n) {
        left -= n;
    }

    /** The next {@code n} ≤ 16 bits, highest first. */
    int take(int n) throws CodecException {
        int value = peek16() >> 16 - n;
        left -= n;
        return value;
    }

    /** Goes behind the next restart marker. */
    void restart() throws CodecException {
        left = 0;
        buffer = 0;
        padding = 0;
        while (at + 1 < bytes.length) {
            int marker = bytes[at + 1] & 0xff;
            if (bytes[at] == -1 && marker >= FIRST_RESTART && marker <= LAST_RESTART) {
                at += 2;
                return;
            }
            at++;
        }
        throw new CodecException("a JPEG restart marker is missing");
    }

    private void fill() throws CodecException {
        while (left <= 48) {
            buffer = buffer << 8 | nextByte();
            left += 8;
        }
    }

    private int nextByte() throws CodecException {
        if (at < bytes.length) {
            int value = bytes[at] & 0xff;
            if (value != 0xff) {
                at++;
                return value;
            }
            if (at + 1 < bytes.length && bytes[at + 1] == 0) {
                at += 2;
                return value;
            }
        }
        padding += 8;
        // Bits that were fetched ahead do not count: only what has been used up.
        if (padding - left > MOST_PADDING) {
            throw new CodecException("the JPEG pixels end early");
        }
        return 0;
    }
}
