package org.reg2rg.ct.dicom;

/** The pixels of a lossless JPEG scan: each is its prediction from three neighbours plus a coded difference. */
final class JpegLosslessScan {
    private static final int MASK = 0xffff;

    private final JpegBits bits;
    private final HuffmanTable table;
    private final int predictor;
    private final int middle;

    /**
     * @param predictor 1 to 7 (T.81 table H.1)
     * @param middle the prediction of the very first pixel
     */
    JpegLosslessScan(JpegBits bits, HuffmanTable table, int predictor, int middle) {
        this.bits = bits;
        this.table = table;
        this.predictor = predictor;
        this.middle = middle;
    }

    /** @param restartLines so many lines make an interval that starts anew; 0 for none */
    int[] decode(int width, int height, int restartLines) throws CodecException {
        int[] pixels = new int[width * height];
        for (int y = 0; y < height; y++) {
            boolean anew = restartLines > 0 && y > 0 && y % restartLines == 0;
            if (anew) {
                bits.restart();
            }
            boolean first = y == 0 || anew;
            int at = y * width;
            pixels[at] = (first ? middle : pixels[at - width]) + difference() & MASK;
            for (int i = at + 1; i < at + width; i++) {
                int predicted =
                        first ? pixels[i - 1] : predict(pixels[i - 1], pixels[i - width], pixels[i - width - 1]);
                pixels[i] = predicted + difference() & MASK;
            }
        }
        return pixels;
    }

    private int predict(int left, int above, int corner) {
        return switch (predictor) {
            case 1 -> left;
            case 2 -> above;
            case 3 -> corner;
            case 4 -> left + above - corner;
            case 5 -> left + (above - corner >> 1);
            case 6 -> above + (left - corner >> 1);
            case 7 -> left + above >> 1;
            default -> throw new IllegalStateException("predictor " + predictor);
        };
    }

    private int difference() throws CodecException {
        int size = table.decode(bits);
        if (size == 0) {
            return 0;
        }
        if (size >= 16) {
            return 1 << 15; // the one value of this size has no further bits
        }
        int value = bits.take(size);
        return value < 1 << size - 1 ? value - (1 << size) + 1 : value;
    }
}
