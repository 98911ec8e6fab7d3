package org.reg2rg.ct.dicom;

import java.nio.ByteBuffer;

/**
 * The main header of a JPEG 2000 code stream (T.800 annex A), as far as it tells whether to decode it.
 *
 * @param width of the image area
 * @param height of the image area
 * @param components values a pixel
 * @param bits precision of the first component
 * @param work what decides how long decoding takes
 * @param reversible whether the wavelet is the 5-3, which can be lossless
 */
record Jpeg2000Header(int width, int height, int components, int bits, Work work, boolean reversible) {
    /**
     * @param tiles tiles in all
     * @param levels wavelet levels
     * @param layers quality layers
     */
    record Work(long tiles, int levels, int layers) {}

    private static final int START = 0xff4f;
    private static final int SIZE = 0xff51;
    private static final int CODING = 0xff52;
    private static final int TILE = 0xff90;
    private static final int END = 0xd9;
    private static final int MOST_TILES = 4096;
    private static final int MOST_LAYERS = 256;

    static Jpeg2000Header read(byte[] frame) throws CodecException {
        ByteBuffer in = ByteBuffer.wrap(frame);
        if (frame.length < 4 || u16(in, 0) != START) {
            throw new CodecException("the frame does not start as a JPEG 2000 code stream");
        }
        ByteBuffer size = null;
        ByteBuffer coding = null;
        int at = 2;
        while (at + 4 <= frame.length) {
            int marker = u16(in, at);
            if (marker == TILE) {
                break;
            }
            int length = u16(in, at + 2);
            if (marker < 0xff00 || length < 2 || at + 2 + length > frame.length) {
                throw new CodecException("the JPEG 2000 header is damaged at byte " + at);
            }
            ByteBuffer segment = in.slice(at + 2, length);
            if (marker == SIZE && length >= 41) {
                size = segment;
            } else if (marker == CODING && length >= 12) {
                coding = segment;
            }
            at += 2 + length;
        }
        if (size == null || coding == null) {
            throw new CodecException("the JPEG 2000 header is cut off");
        }
        requireEnd(frame);
        Jpeg2000Tiles.check(frame, at);
        return of(size, coding);
    }

    /** Refuses a stream without its end marker: JJ2000 would fill in what is missing. */
    private static void requireEnd(byte[] frame) throws CodecException {
        int end = frame.length;
        while (end > 2 && frame[end - 1] == 0) {
            end--; // padding to an even length
        }
        if (frame[end - 2] != -1 || (frame[end - 1] & 0xff) != END) {
            throw new CodecException("the JPEG 2000 pixels are cut off");
        }
    }

    private static Jpeg2000Header of(ByteBuffer size, ByteBuffer coding) throws CodecException {
        long right = u32(size, 4);
        long bottom = u32(size, 8);
        long left = u32(size, 12);
        long top = u32(size, 16);
        long tileWidth = u32(size, 20);
        long tileHeight = u32(size, 24);
        long tileLeft = u32(size, 28);
        long tileTop = u32(size, 32);
        boolean sound = left < right
                && top < bottom
                && tileLeft <= left
                && tileTop <= top
                && tileWidth > 0
                && tileHeight > 0
                && right - left <= 0xffff
                && bottom - top <= 0xffff
                && left <= 0xffff
                && top <= 0xffff;
        if (!sound) {
            throw new CodecException("the JPEG 2000 size is damaged");
        }
        long across = (right - tileLeft + tileWidth - 1) / tileWidth;
        long down = (bottom - tileTop + tileHeight - 1) / tileHeight;
        return new Jpeg2000Header(
                (int) (right - left),
                (int) (bottom - top),
                u16(size, 36),
                (size.get(38) & 0x7f) + 1,
                new Work(across * down, coding.get(7) & 0xff, u16(coding, 4)),
                coding.get(11) == 1);
    }

    /** Refuses what is not one frame of this format, or would take without end. */
    void require(PixelFormat format) throws CodecException {
        if (width != format.columns() || height != format.rows()) {
            throw new CodecException("the JPEG 2000 image is " + width + "×" + height + " (expected " + format.columns()
                    + "×" + format.rows() + ")");
        }
        if (components != 1 || bits > format.bitsAllocated()) {
            throw new CodecException("the JPEG 2000 image has " + components + " components of " + bits
                    + " bits (expected 1 of at most " + format.bitsAllocated() + ")");
        }
        if (!reversible) {
            throw new CodecException("the image is JPEG 2000 with loss (the 9-7 wavelet)");
        }
        if (work.tiles > MOST_TILES || work.levels > 32 || work.layers > MOST_LAYERS || work.layers == 0) {
            throw new CodecException("the JPEG 2000 header is damaged (" + work + ")");
        }
    }

    private static int u16(ByteBuffer in, int at) {
        return in.getShort(at) & 0xffff;
    }

    private static long u32(ByteBuffer in, int at) {
        return in.getInt(at) & 0xffff_ffffL;
    }
}
