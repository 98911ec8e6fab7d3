package org.reg2rg.segment;

import java.util.stream.IntStream;
import org.reg2rg.core.InputException;
import org.reg2rg.ct.Affine;
import org.reg2rg.ct.Bits;
import org.reg2rg.ct.Grid;
import org.reg2rg.ct.GridSize;

/** Carries a mask from one grid to another by where its voxels lie in the patient. */
final class Regrid {
    private static final double SAME_MM = 0.01;
    /** A mask with fewer of its voxels within the CT belongs to something else. */
    private static final double LEAST_WITHIN = 0.02;

    private Regrid() {}

    /**
     * The mask on the grid of the CT: a voxel is inside where the trilinear share of the mask is at least one half.
     *
     * @param subject the mask, for the error
     * @throws InputException if it has no geometry, or lies elsewhere than the CT
     */
    static Bits onto(Grid ct, Bits mask, Grid from, String subject) {
        if (same(ct, from)) {
            return mask;
        }
        if (from.toWorld().isIdentity()) {
            throw new InputException(
                    subject,
                    "has no geometry (the affine is the identity), so nobody can say where on the CT it lies",
                    "export it again with its origin and spacing");
        }
        requireNear(ct, mask, from, subject);
        GridSize size = ct.size();
        Affine toMask = from.toWorld().inverse();
        int slice = size.x() * size.y();
        long[][] words = new long[size.z()][];
        IntStream.range(0, size.z()).parallel().forEach(k -> words[k] = slice(ct, k, mask, from.size(), toMask));
        Bits bits = new Bits(size.voxels());
        for (int k = 0; k < size.z(); k++) {
            for (int w = 0; w < words[k].length; w++) {
                bits.or(k * slice + 64 * w, words[k][w], Math.min(64, slice - 64 * w));
            }
        }
        return bits;
    }

    private static boolean same(Grid a, Grid b) {
        if (!a.size().equals(b.size())) {
            return false;
        }
        for (int corner = 0; corner < 8; corner++) {
            double i = (corner & 1) * (a.size().x() - 1.0);
            double j = (corner >> 1 & 1) * (a.size().y() - 1.0);
            double k = (corner >> 2) * (a.size().z() - 1.0);
            double[] p = a.toWorld().apply(i, j, k);
            double[] q = b.toWorld().apply(i, j, k);
            if (Math.abs(p[0] - q[0]) + Math.abs(p[1] - q[1]) + Math.abs(p[2] - q[2]) > SAME_MM) {
                return false;
            }
        }
        return true;
    }

    private static void requireNear(Grid ct, Bits mask, Grid from, String subject) {
        Affine toCt = ct.toWorld().inverse();
        int within = 0;
        int count = 0;
        double[] middle = new double[3];
        for (int n = mask.nextSet(0); n >= 0; n = mask.nextSet(n + 1)) {
            GridSize s = from.size();
            double[] world = from.toWorld().apply(n % s.x(), n / s.x() % s.y(), n / (s.x() * s.y()));
            double[] at = toCt.apply(world[0], world[1], world[2]);
            boolean inside = at[0] > -1 && at[1] > -1 && at[2] > -1;
            inside &= at[0] < ct.size().x()
                    && at[1] < ct.size().y()
                    && at[2] < ct.size().z();
            within += inside ? 1 : 0;
            for (int axis = 0; axis < 3; axis++) {
                middle[axis] += world[axis];
            }
            count++;
        }
        if (count > 0 && within < LEAST_WITHIN * count) {
            GridSize s = ct.size();
            double[] centre = ct.toWorld().apply((s.x() - 1) / 2.0, (s.y() - 1) / 2.0, (s.z() - 1) / 2.0);
            double away = Math.sqrt(Math.pow(middle[0] / count - centre[0], 2)
                    + Math.pow(middle[1] / count - centre[1], 2)
                    + Math.pow(middle[2] / count - centre[2], 2));
            throw new InputException(
                    subject,
                    "lies outside the CT (its middle is " + Math.round(away) + " mm from the middle of the CT)",
                    "check that it belongs to this CT, and its affine");
        }
    }

    private static long[] slice(Grid ct, int k, Bits mask, GridSize there, Affine toMask) {
        GridSize size = ct.size();
        long[] words = new long[(size.x() * size.y() + 63) >>> 6];
        for (int j = 0; j < size.y(); j++) {
            double[] world = ct.toWorld().apply(0, j, k);
            double[] at = toMask.apply(world[0], world[1], world[2]);
            double[] step = new double[3];
            for (int row = 0; row < 3; row++) {
                for (int n = 0; n < 3; n++) {
                    step[row] += toMask.at(row, n) * ct.toWorld().at(n, 0);
                }
            }
            for (int i = 0; i < size.x(); i++) {
                if (share(mask, there, at[0] + i * step[0], at[1] + i * step[1], at[2] + i * step[2]) >= 0.5) {
                    int n = i + size.x() * j;
                    words[n >>> 6] |= 1L << (n & 63);
                }
            }
        }
        return words;
    }

    private static double share(Bits mask, GridSize size, double x, double y, double z) {
        if (x <= -1 || y <= -1 || z <= -1 || x >= size.x() || y >= size.y() || z >= size.z()) {
            return 0;
        }
        int i = (int) Math.floor(x);
        int j = (int) Math.floor(y);
        int k = (int) Math.floor(z);
        double share = 0;
        for (int corner = 0; corner < 8; corner++) {
            int a = Math.clamp(i + (corner & 1), 0, size.x() - 1);
            int b = Math.clamp(j + (corner >> 1 & 1), 0, size.y() - 1);
            int c = Math.clamp(k + (corner >> 2), 0, size.z() - 1);
            if (mask.get(size.index(a, b, c))) {
                double wx = (corner & 1) == 0 ? 1 - (x - i) : x - i;
                double wy = (corner >> 1 & 1) == 0 ? 1 - (y - j) : y - j;
                double wz = corner >> 2 == 0 ? 1 - (z - k) : z - k;
                share += wx * wy * wz;
            }
        }
        return share;
    }
}
