package org.reg2rg.ct;

/**
 * Voxel index → world millimetres (RAS): {@code world = matrix · index + offset}. Rows r, a, s; columns i, j, k.
 *
 * @param m row-major 3×4 matrix, 12 numbers
 */
@SuppressWarnings("ArrayRecordComponent") // compared with sameAs, never with equals
public record Affine(double[] m) {
    public Affine {
        if (m.length != 12) {
            throw new IllegalArgumentException("an affine has 12 numbers, got " + m.length);
        }
    }

    public static final Affine IDENTITY = new Affine(new double[] {1, 0, 0, 0, 0, 1, 0, 0, 0, 0, 1, 0});

    /** Spacing along the axes, origin at voxel 0; axes to the right, front and top. */
    public static Affine scaled(double x, double y, double z) {
        return new Affine(new double[] {x, 0, 0, 0, 0, y, 0, 0, 0, 0, z, 0});
    }

    public double at(int row, int column) {
        return m[4 * row + column];
    }

    /** World coordinate of a (fractional) voxel index: {r, a, s} in mm. */
    public double[] apply(double i, double j, double k) {
        double[] world = new double[3];
        for (int row = 0; row < 3; row++) {
            world[row] = at(row, 0) * i + at(row, 1) * j + at(row, 2) * k + at(row, 3);
        }
        return world;
    }

    /** World millimetres → (fractional) voxel index. */
    public Affine inverse() {
        double determinant = at(0, 0) * (at(1, 1) * at(2, 2) - at(1, 2) * at(2, 1))
                - at(0, 1) * (at(1, 0) * at(2, 2) - at(1, 2) * at(2, 0))
                + at(0, 2) * (at(1, 0) * at(2, 1) - at(1, 1) * at(2, 0));
        if (determinant == 0) {
            throw new IllegalArgumentException("an affine whose axes lie in a plane has no inverse");
        }
        double[] inverse = new double[12];
        for (int row = 0; row < 3; row++) {
            for (int column = 0; column < 3; column++) {
                int a = (column + 1) % 3;
                int b = (column + 2) % 3;
                int c = (row + 1) % 3;
                int d = (row + 2) % 3;
                inverse[4 * row + column] = (at(a, c) * at(b, d) - at(a, d) * at(b, c)) / determinant;
            }
        }
        for (int row = 0; row < 3; row++) {
            inverse[4 * row + 3] =
                    -(inverse[4 * row] * at(0, 3) + inverse[4 * row + 1] * at(1, 3) + inverse[4 * row + 2] * at(2, 3));
        }
        return new Affine(inverse);
    }

    /** Length of the step along an array axis, in mm. */
    public double spacing(int axis) {
        return Math.sqrt(at(0, axis) * at(0, axis) + at(1, axis) * at(1, axis) + at(2, axis) * at(2, axis));
    }

    public boolean isIdentity() {
        for (int n = 0; n < 12; n++) {
            if (m[n] != IDENTITY.m[n]) {
                return false;
            }
        }
        return true;
    }

    /** The voxel index (fractional) of a world place in mm. */
    public double[] index(double r, double a, double s) {
        double[] b = {r - at(0, 3), a - at(1, 3), s - at(2, 3)};
        double determinant = determinant(column(0), column(1), column(2));
        return new double[] { // Cramer's rule
            determinant(b, column(1), column(2)) / determinant,
            determinant(column(0), b, column(2)) / determinant,
            determinant(column(0), column(1), b) / determinant
        };
    }

    private double[] column(int column) {
        return new double[] {at(0, column), at(1, column), at(2, column)};
    }

    private static double determinant(double[] a, double[] b, double[] c) {
        return a[0] * (b[1] * c[2] - b[2] * c[1])
                - b[0] * (a[1] * c[2] - a[2] * c[1])
                + c[0] * (a[1] * b[2] - a[2] * b[1]);
    }
}
