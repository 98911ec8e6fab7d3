package org.reg2rg.ct.dicom;

/** JPEG Lossless, process 14 with any predictor (ITU-T T.81 annex H). */
record JpegLosslessFrames() implements FrameDecoder {
    private static final int LOSSLESS_FRAME = 0xc3;
    private static final int HUFFMAN_TABLES = 0xc4;
    private static final int RESTART_INTERVAL = 0xdd;
    private static final int SCAN = 0xda;

    @Override
    public int[] decode(byte[] frame, PixelFormat format) throws CodecException {
        var reader = new JpegMarkers(frame);
        HuffmanTable[] tables = new HuffmanTable[4];
        int bits = 0;
        int restart = 0;
        while (true) {
            int marker = reader.next();
            int at = reader.segmentAt();
            switch (marker) {
                case LOSSLESS_FRAME -> {
                    reader.require(6);
                    bits = reader.u8(at);
                    requireSize(reader.u16(at + 3), reader.u16(at + 1), format);
                    requireOneComponent(reader.u8(at + 5));
                }
                case HUFFMAN_TABLES -> HuffmanTable.read(reader, tables);
                case RESTART_INTERVAL -> {
                    reader.require(2);
                    restart = reader.u16(at);
                }
                case SCAN -> {
                    return scan(reader, frame, format, new Tables(tables, bits, restart));
                }
                default -> {
                    boolean otherProcess = marker >= 0xc0 && marker <= 0xcf && marker != 0xc8 && marker != 0xcc;
                    if (otherProcess) {
                        throw new CodecException("the JPEG image is not lossless (marker FF"
                                + Integer.toHexString(marker) + ", expected FFc3)");
                    }
                }
            }
        }
    }

    @SuppressWarnings("ArrayRecordComponent")
    private record Tables(HuffmanTable[] tables, int bits, int restart) {}

    private static int[] scan(JpegMarkers reader, byte[] frame, PixelFormat format, Tables found)
            throws CodecException {
        int at = reader.segmentAt();
        reader.require(6);
        requireOneComponent(reader.u8(at));
        int bits = found.bits();
        if (bits < 2 || bits > 16) {
            throw new CodecException("the JPEG image has " + bits + " bits a pixel (expected 2 to 16)");
        }
        HuffmanTable table = found.tables()[reader.u8(at + 2) >> 4 & 3];
        int predictor = reader.u8(at + 3);
        int shift = reader.u8(at + 5) & 15;
        int restart = found.restart();
        if (table == null || predictor < 1 || predictor > 7 || shift >= bits || restart % format.columns() != 0) {
            throw new CodecException("the JPEG scan header is damaged (predictor " + predictor + ", shift " + shift
                    + ", restart after " + restart + ")");
        }
        var scan =
                new JpegLosslessScan(new JpegBits(frame, reader.segmentEnd()), table, predictor, 1 << bits - shift - 1);
        int[] pixels = scan.decode(format.columns(), format.rows(), restart / format.columns());
        if (shift > 0) {
            for (int i = 0; i < pixels.length; i++) {
                pixels[i] <<= shift;
            }
        }
        return pixels;
    }

    private static void requireSize(int width, int height, PixelFormat format) throws CodecException {
        if (width != format.columns() || height != format.rows()) {
            throw new CodecException("the JPEG image is " + width + "×" + height + " (expected " + format.columns()
                    + "×" + format.rows() + ")");
        }
    }

    private static void requireOneComponent(int components) throws CodecException {
        if (components != 1) {
            throw new CodecException("the JPEG image has " + components + " components (expected 1)");
        }
    }
}
