package org.reg2rg.ct;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.reg2rg.core.InputException;
import org.reg2rg.ct.NiftiVersion.Field;

/**
 * What a NIfTI-1 or NIfTI-2 header says, checked.
 *
 * @param order byte order of header and voxels
 * @param type voxel type
 * @param size of the three spatial axes
 * @param gap bytes between the end of the header (or the start of the image file) and the first voxel
 * @param slope value = slope · stored + inter
 * @param inter see slope
 * @param toWorld sform, else qform, else pixdim
 * @param separateImage voxels lie in an .img file beside the header
 * @param warnings sentences for the user
 */
record NiftiHeader(
        ByteOrder order,
        NiftiType type,
        GridSize size,
        long gap,
        double slope,
        double inter,
        Affine toWorld,
        boolean separateImage,
        List<String> warnings) {

    /** Four bytes after the header say whether extensions follow. */
    private static final int EXTENSION_MARK_BYTES = 4;

    /** The version whose header starts with these bytes, in either byte order; null if they start none. */
    static @Nullable NiftiVersion version(byte[] start) {
        if (start.length < 4) {
            return null;
        }
        int big = ByteBuffer.wrap(start).getInt();
        for (NiftiVersion version : NiftiVersion.values()) {
            if (big == version.length || Integer.reverseBytes(big) == version.length) {
                return version;
            }
        }
        return null;
    }

    /**
     * Parses and checks a whole header.
     *
     * @param subject the file, for errors
     */
    static NiftiHeader parse(String subject, NiftiVersion version, byte[] bytes) {
        ByteBuffer b = ByteBuffer.wrap(bytes);
        if (b.getInt(0) != version.length) {
            b.order(ByteOrder.LITTLE_ENDIAN);
        }
        List<String> warnings = new ArrayList<>();
        boolean separate = separateImage(subject, version, b);
        GridSize size = size(subject, version, b);
        int code = b.getShort(version.offset(Field.DATATYPE));
        NiftiType type = NiftiType.find(code)
                .orElseThrow(() -> new InputException(
                        subject,
                        "voxels are " + NiftiType.describe(code) + ", expected real numbers",
                        "convert the file to a type such as int16 or float32"));
        double slope = slope(subject, version, b);
        double inter = slope == 1 && !scaled(version, b) ? 0 : inter(subject, version, b);
        Affine affine = NiftiGeometry.affine(subject, version, b, warnings);
        long gap = gap(subject, version, b, separate);
        return new NiftiHeader(b.order(), type, size, gap, slope, inter, affine, separate, List.copyOf(warnings));
    }

    /** Bytes of all voxels. */
    long voxelBytes() {
        return (long) size.voxels() * type.bytes;
    }

    /** Size and type in words ("512×512×134 voxels of INT16"). */
    String describeVoxels() {
        return size + " voxels of " + type;
    }

    private static boolean separateImage(String subject, NiftiVersion version, ByteBuffer b) {
        String digit = version == NiftiVersion.ONE ? "1" : "2";
        String magic = version.magic(b);
        if (magic.equals("n+" + digit)) {
            return false;
        }
        if (magic.equals("ni" + digit)) {
            return true;
        }
        throw new InputException(
                subject,
                "not a NIfTI file: the header has no NIfTI mark (an Analyze 7.5 header does not tell left from right)",
                "convert it to .nii.gz from its DICOM source");
    }

    private static GridSize size(String subject, NiftiVersion version, ByteBuffer b) {
        long axes = version.dim(b, 0);
        if (axes < 1 || axes > 7) {
            throw new InputException(
                    subject, "the header gives " + axes + " axes (expected 3)", "repair or replace the file");
        }
        if (axes < 3) {
            throw new InputException(
                    subject, "a " + axes + "-D image, expected a 3-D volume", "join the slices to one volume first");
        }
        for (int n = 4; n <= axes; n++) {
            if (version.dim(b, n) > 1) {
                throw new InputException(
                        subject,
                        version.dim(b, n) + " volumes along axis " + n + ", expected one",
                        "extract the volume that is to be read");
            }
        }
        long x = version.dim(b, 1);
        long y = version.dim(b, 2);
        long z = version.dim(b, 3);
        String shape = x + "×" + y + "×" + z;
        if (x < 1 || y < 1 || z < 1) {
            throw new InputException(
                    subject, "empty volume: the header gives " + shape + " voxels", "repair or replace the file");
        }
        if (x > Integer.MAX_VALUE || y > Integer.MAX_VALUE || z > Integer.MAX_VALUE || tooMany(x, y, z)) {
            throw new InputException(
                    subject,
                    shape + " voxels are more than the " + Integer.MAX_VALUE + " that one volume may have",
                    "crop or resample the volume, or repair the header");
        }
        return new GridSize((int) x, (int) y, (int) z);
    }

    private static boolean tooMany(long x, long y, long z) {
        return x * y > GridSize.MOST_VOXELS || x * y * z > GridSize.MOST_VOXELS;
    }

    private static boolean scaled(NiftiVersion version, ByteBuffer b) {
        double slope = version.real(b, Field.SLOPE, 0);
        return slope != 0 && !Double.isNaN(slope);
    }

    private static double slope(String subject, NiftiVersion version, ByteBuffer b) {
        double slope = version.real(b, Field.SLOPE, 0);
        if (Double.isInfinite(slope)) {
            throw new InputException(subject, "scl_slope is infinite", "repair the header");
        }
        return scaled(version, b) ? slope : 1;
    }

    private static double inter(String subject, NiftiVersion version, ByteBuffer b) {
        double inter = version.real(b, Field.INTER, 0);
        if (!Double.isFinite(inter)) {
            throw new InputException(
                    subject, "scl_inter is " + inter + ", expected a number beside a scl_slope", "repair the header");
        }
        return inter;
    }

    private static long gap(String subject, NiftiVersion version, ByteBuffer b, boolean separate) {
        double stored = version.voxelOffset(b);
        long headerBytes = separate ? 0 : version.length;
        if (stored == 0) { // some writers leave the field empty
            return separate ? 0 : EXTENSION_MARK_BYTES;
        }
        if (!(stored >= headerBytes) || stored > Integer.MAX_VALUE) {
            throw new InputException(
                    subject, "vox_offset is " + stored + ", expected " + headerBytes + " or more", "repair the header");
        }
        return (long) stored - headerBytes;
    }
}
