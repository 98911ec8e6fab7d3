package org.reg2rg.ct.dicom;

import java.util.Arrays;
import org.reg2rg.ct.dicom.JpegLsHeader.Coding;

/**
 * Decodes JPEG-LS without loss: adaptive prediction and Golomb codes, run lengths where the image is flat. Names follow
 * ITU-T T.87 annex A; its figures and code segments are cited by number.
 */
final class JpegLsDecoder {
    private static final int REGULAR_CONTEXTS = 365;

    /** Order of the run-length code by index (A.7.1, J). */
    private static final int[] RUN_ORDER = {
        0, 0, 0, 0, 1, 1, 1, 1, 2, 2, 2, 2, 3, 3, 3, 3, 4, 4, 5, 5, 6, 6, 7, 7, 8, 9, 10, 11, 12, 13, 14, 15
    };

    private final int width;
    private final int height;
    private final int most;
    private final int range;
    private final int valueBits;
    private final int limit;
    private final int reset;
    private final JpegLsBits bits;

    /** Gradient (shifted by {@link #most}) → one of nine regions. */
    private final byte[] quantised;

    /** Per context: A sum of errors, B bias, C correction, N pixels; the last two contexts are those of broken runs. */
    private final int[] sum = new int[REGULAR_CONTEXTS + 2];

    private final int[] bias = new int[REGULAR_CONTEXTS];
    private final int[] correction = new int[REGULAR_CONTEXTS];
    private final int[] count = new int[REGULAR_CONTEXTS + 2];
    private final int[] negative = new int[2];

    private int runIndex;

    JpegLsDecoder(JpegLsHeader header, byte[] bytes) {
        this.width = header.width();
        this.height = header.height();
        Coding coding = header.coding();
        this.most = coding.most();
        this.range = most + 1;
        this.valueBits = 32 - Integer.numberOfLeadingZeros(range - 1);
        int bpp = Math.max(2, valueBits);
        this.limit = 2 * (bpp + Math.max(8, bpp));
        this.reset = coding.reset();
        this.bits = new JpegLsBits(bytes, header.dataAt());
        this.quantised = quantise(coding);
        Arrays.fill(sum, Math.max(2, (range + 32) / 64));
        Arrays.fill(count, 1);
    }

    int[] decode() throws CodecException {
        int[] pixels = new int[width * height];
        // Lines have a neighbour on either side: [0] left of the first pixel, [width + 1] right of the last.
        int[] above = new int[width + 2];
        int[] line = new int[width + 2];
        for (int y = 0; y < height; y++) {
            line[0] = above[1];
            above[width + 1] = above[width];
            decodeLine(line, above);
            System.arraycopy(line, 1, pixels, y * width, width);
            int[] swap = above;
            above = line;
            line = swap;
        }
        return pixels;
    }

    private void decodeLine(int[] line, int[] above) throws CodecException {
        int x = 1;
        while (x <= width) {
            int a = line[x - 1];
            int b = above[x];
            int c = above[x - 1];
            int d = above[x + 1];
            int context = 81 * quantised[d - b + most] + 9 * quantised[b - c + most] + quantised[c - a + most];
            if (context != 0) {
                line[x] = regular(context, a, b, c);
                x++;
            } else {
                x = run(line, above, x);
            }
        }
    }

    /** One pixel in regular mode (A.4 to A.6). */
    private int regular(int signedContext, int a, int b, int c) throws CodecException {
        int sign = signedContext < 0 ? -1 : 1;
        int q = Math.abs(signedContext);
        int predicted = Math.clamp(median(a, b, c) + sign * (long) correction[q], 0, most);
        int k = golombOrder(sum[q], count[q]);
        int mapped = golomb(k, limit);
        int error = (mapped & 1) == 0 ? mapped >> 1 : -(mapped >> 1) - 1;
        if (k == 0 && 2 * bias[q] <= -count[q]) {
            error = -error - 1;
        }
        update(q, error);
        return wrap(predicted + sign * error);
    }

    /** Code segment A.12 and A.13: what the context learns from an error. */
    private void update(int q, int error) throws CodecException {
        bias[q] += error;
        sum[q] += Math.abs(error);
        if (count[q] == reset) {
            sum[q] >>= 1;
            bias[q] >>= 1;
            count[q] >>= 1;
        }
        count[q]++;
        if (sum[q] > 1 << 28) {
            throw new CodecException("the JPEG-LS pixels are damaged");
        }
        if (bias[q] <= -count[q]) {
            bias[q] = Math.max(bias[q] + count[q], 1 - count[q]);
            correction[q] = Math.max(correction[q] - 1, -128);
        } else if (bias[q] > 0) {
            bias[q] = Math.min(bias[q] - count[q], 0);
            correction[q] = Math.min(correction[q] + 1, 127);
        }
    }

    /** Run mode (A.7): equal pixels, then the one that breaks the run; returns where to go on. */
    private int run(int[] line, int[] above, int start) throws CodecException {
        int x = start;
        int a = line[x - 1];
        while (bits.next() == 1) {
            int length = 1 << RUN_ORDER[runIndex];
            int end = Math.min(x + length, width + 1);
            Arrays.fill(line, x, end, a);
            if (end == x + length && runIndex < 31) {
                runIndex++;
            }
            x = end;
            if (x > width) {
                return x;
            }
        }
        int rest = bits.take(RUN_ORDER[runIndex]);
        if (rest > width - x) {
            throw new CodecException("a JPEG-LS run leaves the line");
        }
        Arrays.fill(line, x, x + rest, a);
        x += rest;
        line[x] = interruption(a, above[x]);
        runIndex = Math.max(0, runIndex - 1);
        return x + 1;
    }

    /** The pixel that breaks a run (A.7.2). */
    private int interruption(int a, int b) throws CodecException {
        int type = a == b ? 1 : 0;
        int q = REGULAR_CONTEXTS + type;
        int k = golombOrder(type == 0 ? sum[q] : sum[q] + (count[q] >> 1), count[q]);
        int mapped = golomb(k, limit - RUN_ORDER[runIndex] - 1);
        int shifted = mapped + type;
        int odd = shifted & 1;
        int size = (shifted + odd) / 2;
        boolean negativeExpected = k != 0 || 2 * negative[type] >= count[q];
        int error = negativeExpected == (odd == 1) ? -size : size;
        if (error < 0) {
            negative[type]++;
        }
        sum[q] += (mapped + 1 - type) >> 1;
        if (count[q] == reset) {
            sum[q] >>= 1;
            count[q] >>= 1;
            negative[type] >>= 1;
        }
        count[q]++;
        if (sum[q] > 1 << 28) {
            throw new CodecException("the JPEG-LS pixels are damaged");
        }
        int sign = type == 0 && a > b ? -1 : 1;
        return wrap((type == 1 ? a : b) + sign * error);
    }

    /** Golomb code of limited length (A.5.3). */
    private int golomb(int k, int longest) throws CodecException {
        int zeros = 0;
        while (bits.next() == 0) {
            if (++zeros > longest) {
                throw new CodecException("the JPEG-LS pixels are damaged");
            }
        }
        return zeros < longest - valueBits - 1 ? (zeros << k) | bits.take(k) : bits.take(valueBits) + 1;
    }

    private static int golombOrder(int sum, int count) {
        int k = 0;
        while (count << k < sum) {
            k++;
        }
        return k;
    }

    private static int median(int a, int b, int c) {
        if (c >= Math.max(a, b)) {
            return Math.min(a, b);
        }
        return c <= Math.min(a, b) ? Math.max(a, b) : a + b - c;
    }

    private int wrap(int value) {
        int wrapped = value < 0 ? value + range : value > most ? value - range : value;
        return Math.clamp(wrapped, 0, most);
    }

    private byte[] quantise(Coding coding) {
        byte[] table = new byte[2 * most + 1];
        for (int gradient = -most; gradient <= most; gradient++) {
            int size = Math.abs(gradient);
            int level = size == 0 ? 0 : size < coding.t1() ? 1 : size < coding.t2() ? 2 : size < coding.t3() ? 3 : 4;
            table[gradient + most] = (byte) (gradient < 0 ? -level : level);
        }
        return table;
    }
}
