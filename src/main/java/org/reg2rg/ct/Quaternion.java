package org.reg2rg.ct;

/**
 * A rotation as NIfTI's qform stores it: (b, c, d) of a unit quaternion whose first part is not negative, and whether
 * the third axis is flipped.
 *
 * @param handedness 1 for a right-handed system, -1 if the third axis is flipped (qfac)
 */
record Quaternion(double b, double c, double d, double handedness) {
    private static final double HALF_TURN = 1e-7;
    private static final int POLAR_STEPS = 30;

    /** Row-major 3×3 rotation of the quaternion with these parts (nifti1.h, method 2). */
    static double[] rotation(double b, double c, double d) {
        double rest = 1 - (b * b + c * c + d * d);
        double a = Math.sqrt(Math.max(rest, 0));
        if (rest < HALF_TURN) { // a half turn, where rounding may leave more than length 1
            double length = Math.sqrt(b * b + c * c + d * d);
            return rotation(0, b / length, c / length, d / length);
        }
        return rotation(a, b, c, d);
    }

    private static double[] rotation(double a, double b, double c, double d) {
        return new double[] {
            a * a + b * b - c * c - d * d,
            2 * (b * c - a * d),
            2 * (b * d + a * c),
            2 * (b * c + a * d),
            a * a + c * c - b * b - d * d,
            2 * (c * d - a * b),
            2 * (b * d - a * c),
            2 * (c * d + a * b),
            a * a + d * d - c * c - b * b
        };
    }

    /** The rotation nearest to a row-major 3×3 matrix of unit columns. */
    static Quaternion nearest(double[] direction) {
        double[] r = orthogonal(direction);
        double handedness = determinant(r) < 0 ? -1 : 1;
        for (int row = 0; row < 3; row++) {
            r[3 * row + 2] *= handedness;
        }
        double[] square = { // 4 × the square of each part: a, b, c, d
            1 + r[0] + r[4] + r[8], 1 + r[0] - r[4] - r[8], 1 - r[0] + r[4] - r[8], 1 - r[0] - r[4] + r[8]
        };
        int largest = 0;
        for (int n = 1; n < 4; n++) {
            largest = square[n] > square[largest] ? n : largest;
        }
        double p = Math.sqrt(square[largest]) / 2;
        double f = 0.25 / p;
        double[] q = switch (largest) {
            case 0 -> new double[] {p, (r[7] - r[5]) * f, (r[2] - r[6]) * f, (r[3] - r[1]) * f};
            case 1 -> new double[] {(r[7] - r[5]) * f, p, (r[1] + r[3]) * f, (r[2] + r[6]) * f};
            case 2 -> new double[] {(r[2] - r[6]) * f, (r[1] + r[3]) * f, p, (r[5] + r[7]) * f};
            default -> new double[] {(r[3] - r[1]) * f, (r[2] + r[6]) * f, (r[5] + r[7]) * f, p};
        };
        double sign = q[0] < 0 ? -1 : 1;
        return new Quaternion(sign * q[1], sign * q[2], sign * q[3], handedness);
    }

    /** The orthogonal factor of the polar decomposition, by Newton's iteration X ← (X + X⁻ᵀ) / 2. */
    private static double[] orthogonal(double[] matrix) {
        double[] x = matrix.clone();
        for (int step = 0; step < POLAR_STEPS; step++) {
            double[] cofactor = cofactors(x);
            double determinant = determinant(x);
            for (int n = 0; n < 9; n++) {
                x[n] = (x[n] + cofactor[n] / determinant) / 2;
            }
        }
        return x;
    }

    private static double[] cofactors(double[] m) {
        return new double[] {
            m[4] * m[8] - m[5] * m[7],
            m[5] * m[6] - m[3] * m[8],
            m[3] * m[7] - m[4] * m[6],
            m[2] * m[7] - m[1] * m[8],
            m[0] * m[8] - m[2] * m[6],
            m[1] * m[6] - m[0] * m[7],
            m[1] * m[5] - m[2] * m[4],
            m[2] * m[3] - m[0] * m[5],
            m[0] * m[4] - m[1] * m[3]
        };
    }

    private static double determinant(double[] m) {
        return m[0] * (m[4] * m[8] - m[5] * m[7])
                - m[1] * (m[3] * m[8] - m[5] * m[6])
                + m[2] * (m[3] * m[7] - m[4] * m[6]);
    }
}
