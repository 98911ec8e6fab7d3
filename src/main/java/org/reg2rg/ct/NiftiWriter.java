package org.reg2rg.ct;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Path;
import java.util.Locale;
import java.util.zip.Deflater;
import java.util.zip.GZIPOutputStream;
import org.reg2rg.core.AtomicFiles;
import org.reg2rg.ct.NiftiVersion.Field;

/**
 * Writes NIfTI-1, little endian, with sform and qform: {@code .nii}, or zipped if the name ends in {@code .gz}. Equal
 * volumes give equal bytes (no time stamp, no name). A file is there whole or not at all.
 */
public final class NiftiWriter {
    private static final int PIECE_VOXELS = 1 << 16;
    private static final int HEADER_BYTES = 352;
    private static final byte MILLIMETRES = 2;
    private static final short SCANNER_SPACE = 1;
    private static final int MOST_PER_AXIS = Short.MAX_VALUE;

    private NiftiWriter() {}

    /** The value of a voxel, by its index in NIfTI order. */
    @FunctionalInterface
    public interface Values {
        float at(int index);
    }

    /** Writes HU as float32. */
    public static void writeFloat32(Path file, CtVolume volume) throws IOException {
        float[] hu = volume.hu();
        write(file, volume.grid(), NiftiType.FLOAT32, index -> hu[index]);
    }

    /** Writes HU rounded to whole numbers, kept within the range of int16. */
    public static void writeInt16(Path file, CtVolume volume) throws IOException {
        float[] hu = volume.hu();
        write(file, volume.grid(), NiftiType.INT16, index -> hu[index]);
    }

    /** Writes labels or masks as uint8; values are rounded and kept within 0…255. */
    public static void writeUint8(Path file, Grid grid, Values labels) throws IOException {
        write(file, grid, NiftiType.UINT8, labels);
    }

    /** Writes a mask: as uint8 if it is binary, as float32 factors if not. */
    public static void writeMask(Path file, RegionMask mask) throws IOException {
        switch (mask) {
            case RegionMask.Binary binary -> write(file, binary.grid(), NiftiType.UINT8, binary::value);
            case RegionMask.Fractional fractional ->
                write(file, fractional.grid(), NiftiType.FLOAT32, fractional::value);
        }
    }

    private static void write(Path file, Grid grid, NiftiType type, Values values) throws IOException {
        boolean zipped = file.toString().toLowerCase(Locale.ROOT).endsWith(".gz");
        AtomicFiles.write(file, out -> {
            if (zipped) {
                try (var gzip = new Gzip(out)) {
                    writeTo(gzip, grid, type, values);
                }
            } else {
                writeTo(out, grid, type, values);
            }
        });
    }

    private static void writeTo(OutputStream out, Grid grid, NiftiType type, Values values) throws IOException {
        out.write(header(grid, type).array());
        int voxels = grid.size().voxels();
        ByteBuffer piece = ByteBuffer.allocate(PIECE_VOXELS * type.bytes).order(ByteOrder.LITTLE_ENDIAN);
        for (int start = 0; start < voxels; start += PIECE_VOXELS) {
            int end = Math.min(voxels, start + PIECE_VOXELS);
            piece.clear();
            for (int index = start; index < end; index++) {
                float value = values.at(index);
                switch (type) {
                    case FLOAT32 -> piece.putFloat(value);
                    case INT16 ->
                        piece.putShort((short) Math.clamp(Math.rint(value), Short.MIN_VALUE, Short.MAX_VALUE));
                    case UINT8 -> piece.put((byte) Math.clamp(Math.rint(value), 0, 255));
                    case INT8, UINT16, INT32, UINT32, INT64, UINT64, FLOAT64 ->
                        throw new IllegalArgumentException("not written: " + type);
                }
            }
            out.write(piece.array(), 0, piece.position());
        }
    }

    private static ByteBuffer header(Grid grid, NiftiType type) {
        GridSize size = grid.size();
        if (Math.max(size.x(), Math.max(size.y(), size.z())) > MOST_PER_AXIS) {
            throw new IllegalArgumentException(
                    "NIfTI-1 has at most " + MOST_PER_AXIS + " voxels per axis, got " + size);
        }
        NiftiVersion v = NiftiVersion.ONE;
        ByteBuffer b = ByteBuffer.allocate(HEADER_BYTES).order(ByteOrder.LITTLE_ENDIAN);
        b.putInt(0, v.length);
        short[] dim = {3, (short) size.x(), (short) size.y(), (short) size.z(), 1, 1, 1, 1};
        for (int n = 0; n < dim.length; n++) {
            b.putShort(v.offset(Field.DIM) + 2 * n, dim[n]);
            v.putReal(b, Field.PIXDIM, n, 1);
        }
        b.putShort(v.offset(Field.DATATYPE), (short) type.code);
        b.putShort(v.offset(Field.BITPIX), (short) (8 * type.bytes));
        v.putReal(b, Field.VOX_OFFSET, 0, HEADER_BYTES);
        v.putReal(b, Field.SLOPE, 0, 1);
        b.put(v.offset(Field.UNITS), MILLIMETRES);
        b.putShort(v.offset(Field.QFORM_CODE), SCANNER_SPACE);
        b.putShort(v.offset(Field.SFORM_CODE), SCANNER_SPACE);
        NiftiGeometry.put(v, b, grid.toWorld());
        b.put(v.offset(Field.MAGIC), new byte[] {'n', '+', '1', 0});
        return b;
    }

    /** Java's gzip writes neither time nor name; the fast level is nearly as small on CT and three times as fast. */
    private static final class Gzip extends GZIPOutputStream {
        Gzip(OutputStream out) throws IOException {
            super(out, PIECE_VOXELS);
            def.setLevel(Deflater.BEST_SPEED);
        }
    }
}
