package org.reg2rg.ct;

import java.nio.ByteBuffer;

/** Turns pieces of stored voxels into scaled floats; the buffers are made once and used again. */
final class NiftiDecoder {
    private static final int EXPONENT = 0x7f80_0000;
    private static final int MAGNITUDE = 0x7fff_ffff;

    private final NiftiType type;
    private final double slope;
    private final double inter;
    private final boolean unscaled;
    private final byte[] bytes;
    private final ByteBuffer buffer;
    private final short[] shorts;
    private final double[] stored;
    private final float[] values;

    /** @param most voxels in one piece */
    NiftiDecoder(NiftiHeader header, int most) {
        this.type = header.type();
        this.slope = header.slope();
        this.inter = header.inter();
        this.unscaled = slope == 1 && inter == 0;
        this.bytes = new byte[most * type.bytes];
        this.buffer = ByteBuffer.wrap(bytes).order(header.order());
        this.shorts = new short[most];
        this.stored = new double[most];
        this.values = new float[most];
    }

    /** Where the stored bytes of the next piece go. */
    byte[] bytes() {
        return bytes;
    }

    /** Decodes {@code count} voxels of {@link #bytes}; the array is used again for the next piece. */
    float[] decode(int count) {
        if (unscaled && type == NiftiType.UINT8) {
            for (int i = 0; i < count; i++) {
                values[i] = bytes[i] & 0xff;
            }
        } else if (unscaled && type == NiftiType.INT16) {
            buffer.position(0).asShortBuffer().get(shorts, 0, count);
            for (int i = 0; i < count; i++) {
                values[i] = shorts[i];
            }
        } else {
            type.decode(buffer.position(0), stored, count);
            for (int i = 0; i < count; i++) {
                values[i] = (float) (stored[i] * slope + inter);
            }
        }
        return values;
    }

    /** The first of the decoded values that is NaN or infinite, or -1. */
    int firstNotFinite(int count) {
        int largest = 0;
        for (int i = 0; i < count; i++) {
            largest = Math.max(largest, Float.floatToRawIntBits(values[i]) & MAGNITUDE);
        }
        if (largest < EXPONENT) {
            return -1;
        }
        int first = 0;
        while (Float.isFinite(values[first])) {
            first++;
        }
        return first;
    }
}
