package org.reg2rg.ct.dicom;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/**
 * Pixels without compression.
 *
 * @param order byte order of the file
 * @param words whether the value is one of 16-bit words, which matters for 8-bit pixels in big endian files
 */
record RawFrames(ByteOrder order, boolean words) implements FrameDecoder {
    @Override
    public int[] decode(byte[] frame, PixelFormat format) throws CodecException {
        int[] pixels = new int[format.pixels()];
        ByteBuffer buffer = ByteBuffer.wrap(frame).order(order);
        switch (format.bitsAllocated()) {
            case 8 -> {
                int swap = order == ByteOrder.BIG_ENDIAN && words && (pixels.length & 1) == 0 ? 1 : 0;
                for (int i = 0; i < pixels.length; i++) {
                    pixels[i] = frame[i ^ swap] & 0xff;
                }
            }
            case 16 -> {
                for (int i = 0; i < pixels.length; i++) {
                    pixels[i] = buffer.getShort(2 * i) & 0xffff;
                }
            }
            case 32 -> {
                for (int i = 0; i < pixels.length; i++) {
                    pixels[i] = buffer.getInt(4 * i);
                }
            }
            default -> throw new CodecException("single bits are a mask, not a CT");
        }
        return pixels;
    }
}
