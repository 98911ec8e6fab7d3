package org.reg2rg.ct.dicom;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/** RLE Lossless (PS3.5 annex G): every byte of a pixel is a plane of its own, packed as PackBits, highest byte first. */
record RleFrames() implements FrameDecoder {
    private static final int HEADER_BYTES = 64;

    @Override
    public int[] decode(byte[] frame, PixelFormat format) throws CodecException {
        if (frame.length < HEADER_BYTES) {
            throw new CodecException("the RLE header is cut off");
        }
        ByteBuffer header = ByteBuffer.wrap(frame).order(ByteOrder.LITTLE_ENDIAN);
        int planes = Math.max(1, format.bitsAllocated() / 8);
        if (header.getInt(0) != planes) {
            throw new CodecException(header.getInt(0) + " RLE segments (expected " + planes + ")");
        }
        int[] pixels = new int[format.pixels()];
        for (int plane = 0; plane < planes; plane++) {
            int start = header.getInt(4 + 4 * plane);
            int end = plane + 1 < planes ? header.getInt(8 + 4 * plane) : frame.length;
            if (start < HEADER_BYTES || start > end || end > frame.length) {
                throw new CodecException("RLE segment " + plane + " lies outside of the frame");
            }
            unpack(frame, start, end, pixels);
        }
        return pixels;
    }

    /** Shifts every pixel by a byte and adds the plane below. */
    private static void unpack(byte[] frame, int start, int end, int[] pixels) throws CodecException {
        int at = start;
        int filled = 0;
        while (filled < pixels.length) {
            if (at >= end) {
                throw new CodecException("an RLE segment ends after " + filled + " of " + pixels.length + " pixels");
            }
            int control = frame[at++];
            int count = control >= 0 ? control + 1 : control == -128 ? 0 : 1 - control;
            int used = control >= 0 ? count : count == 0 ? 0 : 1;
            if (used > end - at) {
                throw new CodecException("an RLE run is cut off");
            }
            count = Math.min(count, pixels.length - filled);
            for (int i = 0; i < count; i++) {
                int value = frame[control >= 0 ? at + i : at] & 0xff;
                pixels[filled] = pixels[filled] << 8 | value;
                filled++;
            }
            at += used;
        }
    }
}
