package org.reg2rg.ct;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/** Where the fields lie in a NIfTI-1 and in a NIfTI-2 header (nifti1.h, nifti2.h), under one set of names. */
enum NiftiVersion {
    ONE(348, 4, new int[] {40, 70, 72, 76, 108, 112, 116, 123, 252, 254, 256, 280, 344}),
    TWO(540, 8, new int[] {16, 12, 14, 104, 168, 176, 184, 500, 344, 348, 352, 400, 4});

    private static final int SHORTEST_MAGIC = 3;

    /** Header length in bytes, which is also its first number. */
    final int length;

    /** Bytes of a real number: float in version 1, double in version 2. */
    final int realBytes;

    private final int[] offsets;

    NiftiVersion(int length, int realBytes, int[] offsets) {
        this.length = length;
        this.realBytes = realBytes;
        this.offsets = offsets;
    }

    enum Field {
        DIM,
        DATATYPE,
        BITPIX,
        PIXDIM,
        VOX_OFFSET,
        SLOPE,
        INTER,
        UNITS,
        QFORM_CODE,
        SFORM_CODE,
        QUATERNION_AND_OFFSET,
        SROW,
        MAGIC
    }

    int offset(Field field) {
        return offsets[field.ordinal()];
    }

    long dim(ByteBuffer b, int n) {
        int at = offset(Field.DIM);
        return this == ONE ? b.getShort(at + 2 * n) : b.getLong(at + 8 * n);
    }

    /** Real number {@code n} of a field that is float in version 1 and double in version 2. */
    double real(ByteBuffer b, Field field, int n) {
        int at = offset(field) + realBytes * n;
        return this == ONE ? b.getFloat(at) : b.getDouble(at);
    }

    void putReal(ByteBuffer b, Field field, int n, double value) {
        int at = offset(field) + realBytes * n;
        if (this == ONE) {
            b.putFloat(at, (float) value);
        } else {
            b.putDouble(at, value);
        }
    }

    /** A transform code: short in version 1, int in version 2. */
    int formCode(ByteBuffer b, Field field) {
        return this == ONE ? b.getShort(offset(field)) : b.getInt(offset(field));
    }

    /** Byte position of the voxels as stored; version 1 keeps it in a float, which may be no number at all. */
    double voxelOffset(ByteBuffer b) {
        return this == ONE ? b.getFloat(offset(Field.VOX_OFFSET)) : b.getLong(offset(Field.VOX_OFFSET));
    }

    /** "n+1", "ni1", "n+2" or "ni2" in a proper header. */
    String magic(ByteBuffer b) {
        byte[] magic = new byte[SHORTEST_MAGIC];
        b.get(offset(Field.MAGIC), magic);
        return new String(magic, StandardCharsets.ISO_8859_1);
    }
}
