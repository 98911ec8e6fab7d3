package org.reg2rg.ct;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.zip.GZIPOutputStream;
import org.reg2rg.ct.NiftiVersion.Field;

/** Makes NIfTI files byte by byte, sound or broken, without the writer under test. */
final class NiftiBytes {
    final NiftiVersion version;
    final ByteBuffer header;
    byte[] voxels = {};

    /** A header of 2×3×2 int16 voxels without scaling and without any orientation. */
    NiftiBytes(NiftiVersion version, ByteOrder order) {
        this.version = version;
        this.header = ByteBuffer.allocate(version.length + 4).order(order);
        header.putInt(0, version.length);
        dims(3, 2, 3, 2, 1);
        type(4, 2);
        for (int n = 0; n < 8; n++) {
            real(Field.PIXDIM, n, 1);
        }
        if (version == NiftiVersion.ONE) {
            real(Field.VOX_OFFSET, 0, 352);
        } else {
            header.putLong(version.offset(Field.VOX_OFFSET), 544);
        }
        magic(version == NiftiVersion.ONE ? "n+1" : "n+2");
    }

    static NiftiBytes one() {
        return new NiftiBytes(NiftiVersion.ONE, ByteOrder.LITTLE_ENDIAN);
    }

    NiftiBytes dims(long... dims) {
        for (int n = 0; n < dims.length; n++) {
            int at = version.offset(Field.DIM);
            if (version == NiftiVersion.ONE) {
                header.putShort(at + 2 * n, (short) dims[n]);
            } else {
                header.putLong(at + 8 * n, dims[n]);
            }
        }
        return this;
    }

    NiftiBytes type(int code, int bytes) {
        header.putShort(version.offset(Field.DATATYPE), (short) code);
        header.putShort(version.offset(Field.BITPIX), (short) (8 * bytes));
        return this;
    }

    NiftiBytes real(Field field, int n, double value) {
        version.putReal(header, field, n, value);
        return this;
    }

    NiftiBytes form(Field field, int code) {
        if (version == NiftiVersion.ONE) {
            header.putShort(version.offset(field), (short) code);
        } else {
            header.putInt(version.offset(field), code);
        }
        return this;
    }

    NiftiBytes magic(String magic) {
        for (int n = 0; n < magic.length(); n++) {
            header.put(version.offset(Field.MAGIC) + n, (byte) magic.charAt(n));
        }
        return this;
    }

    /** Voxels of the header's type, in its byte order. */
    NiftiBytes values(double... values) {
        NiftiType type =
                NiftiType.find(header.getShort(version.offset(Field.DATATYPE))).orElseThrow();
        ByteBuffer out = ByteBuffer.allocate(values.length * type.bytes).order(header.order());
        for (double value : values) {
            switch (type) {
                case UINT8, INT8 -> out.put((byte) (long) value);
                case INT16, UINT16 -> out.putShort((short) (long) value);
                case INT32, UINT32 -> out.putInt((int) (long) value);
                case INT64 -> out.putLong((long) value);
                case UINT64 -> out.putLong(java.math.BigDecimal.valueOf(value).longValue());
                case FLOAT32 -> out.putFloat((float) value);
                case FLOAT64 -> out.putDouble(value);
            }
        }
        voxels = out.array();
        return this;
    }

    byte[] bytes() {
        ByteBuffer all = ByteBuffer.allocate(header.capacity() + voxels.length);
        return all.put(header.array()).put(voxels).array();
    }

    byte[] gzip() throws IOException {
        return gzip(bytes());
    }

    static byte[] gzip(byte[] content) throws IOException {
        var out = new ByteArrayOutputStream();
        try (var zip = new GZIPOutputStream(out)) {
            zip.write(content);
        }
        return out.toByteArray();
    }
}
