package org.reg2rg.ct;

import java.nio.ByteBuffer;
import java.util.Optional;

/** The real numeric voxel types of NIfTI, with their codes. */
enum NiftiType {
    UINT8(2, 1),
    INT16(4, 2),
    INT32(8, 4),
    FLOAT32(16, 4),
    FLOAT64(64, 8),
    INT8(256, 1),
    UINT16(512, 2),
    UINT32(768, 4),
    INT64(1024, 8),
    UINT64(1280, 8);

    private static final double TWO_TO_64 = 0x1p64;

    final int code;
    final int bytes;

    NiftiType(int code, int bytes) {
        this.code = code;
        this.bytes = bytes;
    }

    static Optional<NiftiType> find(int code) {
        for (NiftiType type : values()) {
            if (type.code == code) {
                return Optional.of(type);
            }
        }
        return Optional.empty();
    }

    /** What a code that is no real number type means, for the error. */
    static String describe(int code) {
        return switch (code) {
            case 1 -> "1-bit";
            case 32, 1792, 2048 -> "complex";
            case 128, 2304 -> "RGB colour";
            case 1536 -> "128-bit float";
            default -> "unknown (code " + code + ")";
        };
    }

    /** Decodes {@code n} values from the buffer's position on; the buffer carries the byte order. */
    void decode(ByteBuffer in, double[] out, int n) {
        switch (this) {
            case UINT8 -> {
                for (int i = 0; i < n; i++) {
                    out[i] = in.get() & 0xff;
                }
            }
            case INT8 -> {
                for (int i = 0; i < n; i++) {
                    out[i] = in.get();
                }
            }
            case INT16 -> {
                for (int i = 0; i < n; i++) {
                    out[i] = in.getShort();
                }
            }
            case UINT16 -> {
                for (int i = 0; i < n; i++) {
                    out[i] = in.getShort() & 0xffff;
                }
            }
            case INT32, UINT32, FLOAT32 -> decode32(in, out, n);
            case INT64, UINT64, FLOAT64 -> decode64(in, out, n);
        }
    }

    private void decode32(ByteBuffer in, double[] out, int n) {
        for (int i = 0; i < n; i++) {
            int bits = in.getInt();
            out[i] = this == FLOAT32 ? Float.intBitsToFloat(bits) : this == INT32 ? bits : bits & 0xffff_ffffL;
        }
    }

    private void decode64(ByteBuffer in, double[] out, int n) {
        for (int i = 0; i < n; i++) {
            long bits = in.getLong();
            out[i] = this == FLOAT64
                    ? Double.longBitsToDouble(bits)
                    : this == INT64 || bits >= 0 ? bits : bits + TWO_TO_64;
        }
    }
}
