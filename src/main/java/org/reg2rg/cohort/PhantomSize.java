package org.reg2rg.cohort;

import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.reg2rg.core.InputException;
import org.reg2rg.ct.GridSize;

/** Voxels and spacing of a synthetic volume: {@code 160x160x96@2x2x3} is 160×160×96 voxels of 2×2×3 mm. */
public record PhantomSize(GridSize voxels, double dx, double dy, double dz) {
    private static final Pattern SPELLING = Pattern.compile(
            "(\\d{1,4})x(\\d{1,4})x(\\d{1,4})@(\\d{1,3}(?:\\.\\d+)?)x(\\d{1,3}(?:\\.\\d+)?)x(\\d{1,3}(?:\\.\\d+)?)");
    private static final int FEWEST_VOXELS = 16;
    private static final double FINEST_MM = 0.2;
    private static final double COARSEST_MM = 20;

    /** The size that the demo weights are trained on. */
    public static final PhantomSize USUAL = new PhantomSize(new GridSize(160, 160, 96), 2, 2, 3);

    public PhantomSize {
        if (Math.min(dx, Math.min(dy, dz)) < FINEST_MM || Math.max(dx, Math.max(dy, dz)) > COARSEST_MM) {
            throw new IllegalArgumentException(
                    "spacing must be " + FINEST_MM + " to " + COARSEST_MM + " mm, got " + dx + ", " + dy + ", " + dz);
        }
    }

    /**
     * Reads {@code 160x160x96@2x2x3}.
     *
     * @param subject the option's name, for the error
     */
    public static PhantomSize parse(String subject, String text) {
        Matcher m = SPELLING.matcher(text.strip());
        if (!m.matches()) {
            throw unusable(subject, "expected voxels@millimetres, got '" + text + "'");
        }
        int[] n = new int[3];
        double[] mm = new double[3];
        for (int axis = 0; axis < 3; axis++) {
            n[axis] = Integer.parseInt(m.group(axis + 1));
            mm[axis] = Double.parseDouble(m.group(axis + 4));
            if (n[axis] < FEWEST_VOXELS || mm[axis] < FINEST_MM || mm[axis] > COARSEST_MM) {
                throw unusable(
                        subject,
                        "expected at least " + FEWEST_VOXELS + " voxels of " + FINEST_MM + " to " + COARSEST_MM
                                + " mm on every axis, got '" + text + "'");
            }
        }
        if ((long) n[0] * n[1] * n[2] > 1L << 29) {
            throw unusable(subject, "expected at most 2^29 voxels, got '" + text + "'");
        }
        return new PhantomSize(new GridSize(n[0], n[1], n[2]), mm[0], mm[1], mm[2]);
    }

    private static InputException unusable(String subject, String problem) {
        return new InputException(subject, problem, "write it as in 160x160x96@2x2x3");
    }

    /** The same number of voxels with other spacing: in-plane and along the body, as scanners differ. */
    PhantomSize scaled(double inPlane, double along) {
        return new PhantomSize(voxels, rounded(dx * inPlane), rounded(dy * inPlane), rounded(dz * along));
    }

    private static double rounded(double mm) {
        return Math.rint(mm * 1000) / 1000;
    }

    @Override
    public String toString() {
        return voxels.x() + "x" + voxels.y() + "x" + voxels.z() + "@" + plain(dx) + "x" + plain(dy) + "x" + plain(dz);
    }

    private static String plain(double mm) {
        return mm == Math.rint(mm) ? Integer.toString((int) mm) : Double.toString(mm);
    }
}
