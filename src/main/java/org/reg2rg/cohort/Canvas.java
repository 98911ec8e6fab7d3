package org.reg2rg.cohort;

import org.reg2rg.ct.Affine;
import org.reg2rg.ct.Bits;
import org.reg2rg.ct.Grid;

/**
 * The voxels while they are drawn. Shapes touch only their bounding box, and their edges are as wide as a voxel
 * (partial volume), so that structures thinner than a voxel fade instead of breaking up.
 */
final class Canvas {
    final int nx;
    final int ny;
    final int nz;
    final double dx;
    final double dy;
    final double dz;
    /** Width of an edge in mm: the voxel's mean side. */
    final double blur;

    final float[] hu;
    final byte[] tissue;
    final Grid grid;

    private final double cos;
    private final double sin;
    private final double shiftX;
    private final double shiftY;
    private final double x0;
    private final double y0;
    private final double z0;

    /** A volume around the point that lies {@code middleZ} mm above the carina. */
    Canvas(PhantomSize size, Body.Pose pose, double middleZ) {
        nx = size.voxels().x();
        ny = size.voxels().y();
        nz = size.voxels().z();
        dx = size.dx();
        dy = size.dy();
        dz = size.dz();
        blur = Math.cbrt(dx * dy * dz) * 0.96;
        hu = new float[nx * ny * nz];
        tissue = new byte[nx * ny * nz];
        cos = Math.cos(Math.toRadians(pose.rotation()));
        sin = Math.sin(Math.toRadians(pose.rotation()));
        shiftX = pose.shiftX();
        shiftY = pose.shiftY();
        x0 = -(nx - 1) * dx / 2;
        y0 = -(ny - 1) * dy / 2;
        z0 = middleZ - (nz - 1) * dz / 2;
        grid = new Grid(size.voxels(), new Affine(new double[] {-dx, 0, 0, -x0, 0, -dy, 0, -y0, 0, 0, dz, z0}));
    }

    /** Patient x of a voxel column: the scanner's frame turned and shifted into the patient's. */
    double bodyX(int i, int j) {
        double sx = x0 + i * dx - shiftX;
        double sy = y0 + j * dy - shiftY;
        return cos * sx + sin * sy;
    }

    double bodyY(int i, int j) {
        double sx = x0 + i * dx - shiftX;
        double sy = y0 + j * dy - shiftY;
        return -sin * sx + cos * sy;
    }

    double z(int k) {
        return z0 + k * dz;
    }

    /** The point in the scanner's frame: mm left, back, up of the field's centre axis. */
    Point scanner(Point p) {
        return new Point(cos * p.x() - sin * p.y() + shiftX, sin * p.x() + cos * p.y() + shiftY, p.z());
    }

    /** World millimetres (RAS) of a patient point. */
    double[] world(Point p) {
        Point q = scanner(p);
        return new double[] {-q.x(), -q.y(), q.z()};
    }

    Point body(int i, int j, int k) {
        return new Point(bodyX(i, j), bodyY(i, j), z(k));
    }

    /** Whether the point lies at least {@code margin} mm within the volume. */
    boolean holds(Point p, double margin) {
        Point q = scanner(p);
        return Math.abs(q.x()) <= -x0 - margin
                && Math.abs(q.y()) <= -y0 - margin
                && q.z() >= z0 + margin
                && q.z() <= z0 + (nz - 1) * dz - margin;
    }

    Bits bits() {
        return new Bits(hu.length);
    }

    int index(int i, int j, int k) {
        return i + nx * (j + ny * k);
    }

    /** Index of the voxel that holds a patient point; −1 outside. */
    int indexOf(Point p) {
        Point q = scanner(p);
        int i = (int) Math.round((q.x() - x0) / dx);
        int j = (int) Math.round((q.y() - y0) / dy);
        int k = (int) Math.round((q.z() - z0) / dz);
        return i < 0 || j < 0 || k < 0 || i >= nx || j >= ny || k >= nz ? -1 : index(i, j, k);
    }

    /** How deep a place lies inside a shape, in mm; in the patient's frame. */
    @FunctionalInterface
    interface Shape {
        double depth(double x, double y, double z);
    }

    /** Anything with a depth, inside a box of half side {@code reach} around its centre. */
    void shape(Point centre, double reach, Shape shape, Brush brush) {
        Box box = new Box(scanner(centre), reach);
        for (int k = box.k0; k <= box.k1; k++) {
            double z = z(k);
            for (int j = box.j0; j <= box.j1; j++) {
                for (int i = box.i0; i <= box.i1; i++) {
                    double cover = shape.depth(bodyX(i, j), bodyY(i, j), z) / blur + 0.5;
                    if (cover > 0) {
                        touch(index(i, j, k), (float) Math.min(cover, 1), brush);
                    }
                }
            }
        }
    }

    void oval(Oval oval, Brush brush) {
        shape(oval.centre, oval.reach + blur, oval::depth, brush);
    }

    void ball(Point centre, double radius, Brush brush) {
        oval(new Oval(centre, radius, radius, radius), brush);
    }

    /** A rod with round ends whose radius goes from {@code r1} at {@code p} to {@code r2} at {@code q}. */
    void rod(Point p, Point q, double r1, double r2, Brush brush) {
        plank(p, q, r1, r2, 1, brush);
    }

    /** A rod that is {@code tall} times as high as it is thick. */
    void plank(Point p, Point q, double r1, double r2, double tall, Brush brush) {
        Point a = scanner(p);
        Point b = scanner(q);
        double lx = b.x() - a.x();
        double ly = b.y() - a.y();
        double lz = (b.z() - a.z()) / tall;
        double length2 = Math.max(lx * lx + ly * ly + lz * lz, 1e-6);
        Box box = new Box(a, b, (Math.max(r1, r2) + blur) * Math.max(tall, 1));
        for (int k = box.k0; k <= box.k1; k++) {
            double z = (z(k) - a.z()) / tall;
            for (int j = box.j0; j <= box.j1; j++) {
                double y = y0 + j * dy - a.y();
                for (int i = box.i0; i <= box.i1; i++) {
                    double x = x0 + i * dx - a.x();
                    double t = Math.clamp((x * lx + y * ly + z * lz) / length2, 0, 1);
                    double ex = x - t * lx;
                    double ey = y - t * ly;
                    double ez = z - t * lz;
                    double r = r1 + t * (r2 - r1);
                    double cover = (r - Math.sqrt(ex * ex + ey * ey + ez * ez)) / blur + 0.5;
                    if (cover > 0) {
                        double thin = Math.min(1, 2.2 * r / blur);
                        touch(index(i, j, k), (float) (Math.min(cover, 1) * thin), brush);
                    }
                }
            }
        }
    }

    void touch(int index, float cover, Brush brush) {
        if ((brush.over() >>> tissue[index] & 1) == 0) {
            return;
        }
        hu[index] += brush.adds() ? cover * brush.value() : cover * (brush.value() - hu[index]);
        if (cover >= 0.5f) {
            if (brush.tissue() != null) {
                tissue[index] = brush.tissue().code;
            }
            if (brush.trace() != null) {
                brush.trace().set(index);
            }
        }
    }

    /** The voxels around one point or between two, in the scanner's frame. */
    private final class Box {
        final int i0;
        final int i1;
        final int j0;
        final int j1;
        final int k0;
        final int k1;

        Box(Point c, double reach) {
            this(c, c, reach);
        }

        Box(Point a, Point b, double reach) {
            i0 = Math.max(0, (int) Math.ceil((Math.min(a.x(), b.x()) - reach - x0) / dx));
            i1 = Math.min(nx - 1, (int) Math.floor((Math.max(a.x(), b.x()) + reach - x0) / dx));
            j0 = Math.max(0, (int) Math.ceil((Math.min(a.y(), b.y()) - reach - y0) / dy));
            j1 = Math.min(ny - 1, (int) Math.floor((Math.max(a.y(), b.y()) + reach - y0) / dy));
            k0 = Math.max(0, (int) Math.ceil((Math.min(a.z(), b.z()) - reach - z0) / dz));
            k1 = Math.min(nz - 1, (int) Math.floor((Math.max(a.z(), b.z()) + reach - z0) / dz));
        }
    }
}
