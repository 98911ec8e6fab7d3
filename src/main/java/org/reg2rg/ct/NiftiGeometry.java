package org.reg2rg.ct;

import java.nio.ByteBuffer;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.reg2rg.core.InputException;
import org.reg2rg.ct.NiftiVersion.Field;

/** The place of a volume in a NIfTI header: sform, else qform, else the voxel size; and back (nifti1.h, "methods"). */
final class NiftiGeometry {
    /** Two transforms of one file that differ by more than this part of a voxel contradict each other. */
    private static final double AGREEMENT = 0.5;

    private static final double SMALLEST_VOXEL_ML = 1e-12;
    private static final int UNITS_MASK = 7;
    private static final int METRES = 1;
    private static final int MICRONS = 3;
    private static final double[] PLAUSIBLE_MM = {0.02, 50};

    private NiftiGeometry() {}

    static Affine affine(String subject, NiftiVersion version, ByteBuffer b, List<String> warnings) {
        Affine sform = version.formCode(b, Field.SFORM_CODE) > 0 ? sform(version, b) : null;
        Affine qform = version.formCode(b, Field.QFORM_CODE) > 0 ? qform(version, b) : null;
        if (sform != null && !sound(sform)) {
            warnings.add("the sform is singular or not finite and was passed over");
            sform = null;
        }
        if (qform != null && !sound(qform)) {
            if (sform == null) {
                warnings.add("the qform is singular or not finite and was passed over");
            }
            qform = null;
        }
        if (sform != null && qform != null && disagree(sform, qform)) {
            warnings.add("sform and qform differ; the sform was taken");
        }
        Affine chosen = sform != null ? sform : qform != null ? qform : voxelSize(subject, version, b, warnings);
        return inMillimetres(chosen, b.get(version.offset(Field.UNITS)) & UNITS_MASK, warnings);
    }

    private static Affine sform(NiftiVersion version, ByteBuffer b) {
        double[] m = new double[12];
        for (int n = 0; n < m.length; n++) {
            m[n] = version.real(b, Field.SROW, n);
        }
        return new Affine(m);
    }

    private static Affine qform(NiftiVersion version, ByteBuffer b) {
        double[] q = new double[6]; // b, c, d of the quaternion, then the world position of voxel 0
        for (int n = 0; n < q.length; n++) {
            q[n] = version.real(b, Field.QUATERNION_AND_OFFSET, n);
        }
        double[] rotation = Quaternion.rotation(q[0], q[1], q[2]);
        double handedness = version.real(b, Field.PIXDIM, 0) < 0 ? -1 : 1;
        double[] m = new double[12];
        for (int row = 0; row < 3; row++) {
            for (int column = 0; column < 3; column++) {
                double step = Math.abs(version.real(b, Field.PIXDIM, column + 1)) * (column == 2 ? handedness : 1);
                m[4 * row + column] = rotation[3 * row + column] * step;
            }
            m[4 * row + 3] = q[3 + row];
        }
        return new Affine(m);
    }

    private static Affine voxelSize(String subject, NiftiVersion version, ByteBuffer b, List<String> warnings) {
        double[] step = new double[3];
        for (int axis = 0; axis < 3; axis++) {
            step[axis] = Math.abs(version.real(b, Field.PIXDIM, axis + 1));
            if (!Double.isFinite(step[axis])) {
                throw new InputException(
                        subject, "the voxel size along axis " + axis + " is " + step[axis], "repair the header");
            }
            if (step[axis] == 0) {
                step[axis] = 1;
                warnings.add("the header gives no voxel size along axis " + axis + "; 1 mm was taken");
            }
        }
        warnings.add("the header gives no orientation; axes were taken to point right, front and up");
        return Affine.scaled(step[0], step[1], step[2]);
    }

    private static boolean sound(Affine affine) {
        for (int row = 0; row < 3; row++) {
            for (int column = 0; column < 4; column++) {
                if (!Double.isFinite(affine.at(row, column))) {
                    return false;
                }
            }
        }
        return new Grid(new GridSize(1, 1, 1), affine).voxelMillilitres() > SMALLEST_VOXEL_ML;
    }

    private static boolean disagree(Affine s, Affine q) {
        double smallest = Math.min(s.spacing(0), Math.min(s.spacing(1), s.spacing(2)));
        for (int corner = 0; corner < 8; corner++) {
            int reach = 10; // voxels; header sizes do not matter for a wrong axis
            double[] a = s.apply((corner & 1) * reach, (corner >> 1 & 1) * reach, (corner >> 2) * reach);
            double[] b = q.apply((corner & 1) * reach, (corner >> 1 & 1) * reach, (corner >> 2) * reach);
            if (Math.hypot(Math.hypot(a[0] - b[0], a[1] - b[1]), a[2] - b[2]) > AGREEMENT * smallest) {
                return true;
            }
        }
        return false;
    }

    /** Many writers leave a wrong unit in the header: it is believed only where it gives voxels of a sensible size. */
    private static Affine inMillimetres(Affine affine, int unit, List<String> warnings) {
        @Nullable
        Double factor = unit == METRES ? Double.valueOf(1000) : unit == MICRONS ? Double.valueOf(0.001) : null;
        if (factor == null) {
            return affine;
        }
        double[] m = new double[12];
        boolean plausible = true;
        for (int row = 0; row < 3; row++) {
            for (int column = 0; column < 4; column++) {
                m[4 * row + column] = affine.at(row, column) * factor;
            }
        }
        Affine scaled = new Affine(m);
        for (int axis = 0; axis < 3; axis++) {
            plausible &= scaled.spacing(axis) > PLAUSIBLE_MM[0] && scaled.spacing(axis) < PLAUSIBLE_MM[1];
        }
        String name = unit == METRES ? "metres" : "micrometres";
        warnings.add(String.format(
                Locale.ROOT,
                plausible
                        ? "lengths in the header are %s and were brought to mm"
                        : "the header says %s, which cannot be; mm were taken",
                name));
        return plausible ? scaled : affine;
    }

    /** Writes sform and qform (the nearest rotation, if the affine shears) and the voxel size. */
    static void put(NiftiVersion version, ByteBuffer b, Affine affine) {
        double[] direction = new double[9];
        for (int row = 0; row < 3; row++) {
            for (int column = 0; column < 3; column++) {
                direction[3 * row + column] = affine.at(row, column) / affine.spacing(column);
            }
        }
        Quaternion q = Quaternion.nearest(direction);
        version.putReal(b, Field.PIXDIM, 0, q.handedness());
        for (int axis = 0; axis < 3; axis++) {
            version.putReal(b, Field.PIXDIM, axis + 1, affine.spacing(axis));
            version.putReal(b, Field.QUATERNION_AND_OFFSET, 3 + axis, affine.at(axis, 3));
        }
        version.putReal(b, Field.QUATERNION_AND_OFFSET, 0, q.b());
        version.putReal(b, Field.QUATERNION_AND_OFFSET, 1, q.c());
        version.putReal(b, Field.QUATERNION_AND_OFFSET, 2, q.d());
        for (int n = 0; n < 12; n++) {
            version.putReal(b, Field.SROW, n, affine.at(n / 4, n % 4));
        }
    }
}
