package org.reg2rg.cohort;

/** An ellipsoid with any axes: centre, and the rows of a matrix that turns a way from the centre into radii. */
final class Oval {
    final Point centre;
    final double reach;
    private final double meanRadius;
    private final double[] m = new double[9];

    /** Axis-parallel. */
    Oval(Point centre, double rx, double ry, double rz) {
        this(centre, new Point(1, 0, 0), new Point(0, 1, 0), rx, ry, rz);
    }

    /**
     * @param along the direction of radius {@code r1}
     * @param beside roughly the direction of {@code r2}; made orthogonal to {@code along}
     */
    Oval(Point centre, Point along, Point beside, double r1, double r2, double r3) {
        this.centre = centre;
        Point e1 = along.unit();
        Point e3 = e1.cross(beside).unit();
        Point e2 = e3.cross(e1);
        set(0, e1, r1);
        set(3, e2, r2);
        set(6, e3, r3);
        reach = Math.max(r1, Math.max(r2, r3));
        meanRadius = Math.cbrt(r1 * r2 * r3);
    }

    private void set(int row, Point e, double radius) {
        m[row] = e.x() / radius;
        m[row + 1] = e.y() / radius;
        m[row + 2] = e.z() / radius;
    }

    /** Roughly how deep a point lies under the surface, in mm; negative outside. */
    double depth(double x, double y, double z) {
        double dx = x - centre.x();
        double dy = y - centre.y();
        double dz = z - centre.z();
        if (Math.abs(dx) > 2 * reach || Math.abs(dy) > 2 * reach || Math.abs(dz) > 2 * reach) {
            return -reach;
        }
        double u = m[0] * dx + m[1] * dy + m[2] * dz;
        double v = m[3] * dx + m[4] * dy + m[5] * dz;
        double w = m[6] * dx + m[7] * dy + m[8] * dz;
        return (1 - Math.sqrt(u * u + v * v + w * w)) * meanRadius;
    }
}
