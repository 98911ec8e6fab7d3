package org.reg2rg.ct.dicom;

/**
 * What stands before the pixels of a JPEG-LS image (T.87 annex C).
 *
 * @param width pixels in a line
 * @param height lines
 * @param bits precision of a pixel
 * @param coding the parameters of T.87 C.2.4.1.1, preset or default
 * @param dataAt index of the first byte of the coded pixels
 */
record JpegLsHeader(int width, int height, int bits, Coding coding, int dataAt) {
    /**
     * @param most the largest value
     * @param t1 first gradient threshold
     * @param t2 second gradient threshold
     * @param t3 third gradient threshold
     * @param reset after so many pixels a context halves what it has counted
     */
    record Coding(int most, int t1, int t2, int t3, int reset) {}

    private static final int FRAME = 0xf7;
    private static final int SCAN = 0xda;
    private static final int PARAMETERS = 0xf8;
    private static final int RESTART_INTERVAL = 0xdd;

    static JpegLsHeader read(byte[] bytes) throws CodecException {
        var reader = new JpegMarkers(bytes);
        int width = 0;
        int height = 0;
        int bits = 0;
        int[] preset = new int[5];
        while (true) {
            int marker = reader.next();
            int at = reader.segmentAt();
            switch (marker) {
                case FRAME -> {
                    reader.require(9);
                    bits = reader.u8(at);
                    height = reader.u16(at + 1);
                    width = reader.u16(at + 3);
                    requireOneComponent(reader.u8(at + 5));
                    if (bits < 2 || bits > 16 || width == 0 || height == 0) {
                        throw new CodecException("the JPEG-LS image is " + width + "×" + height + "×" + bits + " bits");
                    }
                }
                case PARAMETERS -> readPreset(reader, at, preset);
                case RESTART_INTERVAL -> throw new CodecException("JPEG-LS with restart intervals is not read");
                case SCAN -> {
                    reader.require(6);
                    requireOneComponent(reader.u8(at));
                    int near = reader.u8(at + 3);
                    if (near != 0 || reader.u8(at + 5) != 0) {
                        throw new CodecException("the image is JPEG-LS with loss (near = " + near + ")");
                    }
                    if (bits == 0) {
                        throw new CodecException("the JPEG-LS image has no frame header");
                    }
                    return new JpegLsHeader(width, height, bits, coding(bits, preset), reader.segmentEnd());
                }
                default -> {} // comments and application data
            }
        }
    }

    private static void requireOneComponent(int components) throws CodecException {
        if (components != 1) {
            throw new CodecException("the JPEG-LS image has " + components + " components (expected 1)");
        }
    }

    private static void readPreset(JpegMarkers reader, int at, int[] preset) throws CodecException {
        if (reader.u8(at) != 1) {
            throw new CodecException("JPEG-LS with mapping tables is not read");
        }
        reader.require(11);
        for (int i = 0; i < preset.length; i++) {
            preset[i] = reader.u16(at + 1 + 2 * i);
        }
    }

    /** Zero means the default (T.87 table C.2 and C.2.4.1.1.1, without loss). */
    private static Coding coding(int bits, int[] preset) throws CodecException {
        int most = preset[0] != 0 ? preset[0] : (1 << bits) - 1;
        int[] t = thresholds(most);
        var coding = new Coding(
                most,
                preset[1] != 0 ? preset[1] : t[0],
                preset[2] != 0 ? preset[2] : t[1],
                preset[3] != 0 ? preset[3] : t[2],
                preset[4] != 0 ? preset[4] : 64);
        if (most >= 1 << bits || coding.t1 > coding.t2 || coding.t2 > coding.t3 || coding.t3 > most) {
            throw new CodecException("the JPEG-LS parameters contradict one another");
        }
        return coding;
    }

    private static int[] thresholds(int most) {
        if (most >= 128) {
            int factor = (Math.min(most, 4095) + 128) / 256;
            int t1 = clamp(factor + 2, 1, most);
            int t2 = clamp(factor * 4 + 3, t1, most);
            return new int[] {t1, t2, clamp(factor * 17 + 4, t2, most)};
        }
        int factor = 256 / (most + 1);
        int t1 = clamp(Math.max(2, 3 / factor), 1, most);
        int t2 = clamp(Math.max(3, 7 / factor), t1, most);
        return new int[] {t1, t2, clamp(Math.max(4, 21 / factor), t2, most)};
    }

    private static int clamp(int value, int least, int most) {
        return value > most || value < least ? least : value;
    }
}
