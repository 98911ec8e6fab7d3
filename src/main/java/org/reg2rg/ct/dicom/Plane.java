package org.reg2rg.ct.dicom;

/**
 * Where a plane of pixels lies in the patient: DICOM's coordinates, to the left, back and head, in mm.
 *
 * @param corner centre of the first pixel
 * @param across unit vector along a row, towards growing columns
 * @param down unit vector along a column, towards growing rows
 * @param acrossMm from one column to the next
 * @param downMm from one row to the next
 */
@SuppressWarnings("ArrayRecordComponent") // compared with sameFrame, never with equals
record Plane(double[] corner, double[] across, double[] down, double acrossMm, double downMm) {
    private static final double MOST_SKEW = 0.02;
    private static final double SAME_DIRECTION = 0.9999;
    private static final double SAME_SPACING_MM = 1e-3;

    /** Whether the two directions are unit vectors at right angles and all numbers are finite and sane. */
    static boolean isSound(double[] position, double[] orientation, double[] spacing) {
        if (position.length != 3 || orientation.length != 6 || spacing.length < 2) {
            return false;
        }
        for (double p : position) {
            if (Math.abs(p) > 1e6) {
                return false;
            }
        }
        double[] a = {orientation[0], orientation[1], orientation[2]};
        double[] d = {orientation[3], orientation[4], orientation[5]};
        boolean unit = Math.abs(length(a) - 1) < MOST_SKEW && Math.abs(length(d) - 1) < MOST_SKEW;
        boolean sane = spacing[0] > 0 && spacing[1] > 0 && spacing[0] < 100 && spacing[1] < 100;
        return unit && sane && Math.abs(dot(a, d)) < MOST_SKEW;
    }

    /** From the attributes as they stand in a file, which {@link #isSound} has seen. */
    static Plane of(double[] position, double[] orientation, double[] spacing) {
        double[] across = unit(new double[] {orientation[0], orientation[1], orientation[2]});
        double[] down = {orientation[3], orientation[4], orientation[5]};
        // Rounded digits leave the two a little askew.
        double lean = dot(across, down);
        for (int n = 0; n < 3; n++) {
            down[n] -= lean * across[n];
        }
        return new Plane(position.clone(), across, unit(down), spacing[1], spacing[0]);
    }

    /** The direction in which slices are counted: across × down. */
    double[] normal() {
        return new double[] {
            across[1] * down[2] - across[2] * down[1],
            across[2] * down[0] - across[0] * down[2],
            across[0] * down[1] - across[1] * down[0]
        };
    }

    /** How far the corner lies along a direction, in mm. */
    double along(double[] direction) {
        return dot(corner, direction);
    }

    /** Whether slices like this and the other can make one volume. */
    boolean sameFrame(Plane other) {
        return dot(across, other.across) > SAME_DIRECTION
                && dot(down, other.down) > SAME_DIRECTION
                && Math.abs(acrossMm - other.acrossMm) < SAME_SPACING_MM
                && Math.abs(downMm - other.downMm) < SAME_SPACING_MM;
    }

    static double dot(double[] a, double[] b) {
        return a[0] * b[0] + a[1] * b[1] + a[2] * b[2];
    }

    static double length(double[] a) {
        return Math.sqrt(dot(a, a));
    }

    private static double[] unit(double[] a) {
        double length = length(a);
        return new double[] {a[0] / length, a[1] / length, a[2] / length};
    }
}
