package org.reg2rg.ct.dicom;

/** The bits of a JPEG-LS scan: after a byte FF the next byte holds only seven (T.87 A.1). */
final class JpegLsBits {
    private final byte[] bytes;
    private int at;
    private int current;
    private int left;

    JpegLsBits(byte[] bytes, int at) {
        this.bytes = bytes;
        this.at = at;
    }

    int next() throws CodecException {
        if (left == 0) {
            fill();
        }
        left--;
        return current >> left & 1;
    }

    /** The next {@code n} bits, highest first. */
    int take(int n) throws CodecException {
        int value = 0;
        int wanted = n;
        while (wanted > 0) {
            if (left == 0) {
                fill();
            }
            int taken = Math.min(wanted, left);
            left -= taken;
            wanted -= taken;
            value = value << taken | (current >> left & ((1 << taken) - 1));
        }
        return value;
    }

    private void fill() throws CodecException {
        boolean afterFull = current == 0xff;
        if (at >= bytes.length) {
            throw new CodecException("the JPEG-LS pixels end early");
        }
        current = bytes[at++] & 0xff;
        left = 8;
        if (afterFull) {
            if (current >= 0x80) {
                throw new CodecException("the JPEG-LS pixels end early");
            }
            left = 7;
        }
    }
}
