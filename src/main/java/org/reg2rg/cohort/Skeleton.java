package org.reg2rg.cohort;

import java.util.ArrayList;
import java.util.List;

/** Ribs, breastbone, collar bones, shoulder blades and upper arms as chains of rods with a dense shell. */
final class Skeleton {
    private static final double SHELL = 620;
    private static final double CARTILAGE = 105;
    private static final int STEPS = 26;

    private final Canvas canvas;
    private final Thorax thorax;
    private final Spine spine;
    private final double s;
    private final double marrow;

    Skeleton(Canvas canvas, Thorax thorax, Spine spine, double marrow) {
        this.canvas = canvas;
        this.thorax = thorax;
        this.spine = spine;
        this.marrow = marrow;
        s = thorax.s;
    }

    void paint() {
        for (int side = -1; side <= 1; side += 2) {
            for (int n = 1; n <= 12; n++) {
                rib(side, n);
                Point c = spine.centre(n);
                rod(c.plus(side * 9 * s, 21 * s, 1), c.plus(side * 30 * s, 29 * s, 5 * s), 3.4 * s, 3, 1.2);
            }
            blade(side);
            collarBone(side);
        }
        breastbone();
    }

    /** Points along the middle of a rib from the spine to its front end; used to place fractures too. */
    List<Point> ribLine(int side, int n) {
        double end = n <= 7 ? 0.80 : n <= 10 ? 0.70 - 0.02 * (n - 8) : 0.62 - 0.14 * (n - 11);
        double drop = (n == 1 ? 32 : n == 2 ? 54 : n == 3 ? 78 : 100) * s;
        double z0 = spine.middle(n) + 6 * s;
        var line = new ArrayList<Point>();
        for (int step = 0; step <= STEPS; step++) {
            double angle = Math.PI * (0.10 + (end - 0.10) * step / STEPS);
            double z = z0 - drop * Math.pow((1 - Math.cos(angle)) / 2, 0.85);
            line.add(thorax.onCage(side, angle, z, 6.2 * s));
        }
        return line;
    }

    private void rib(int side, int n) {
        List<Point> line = ribLine(side, n);
        double thick = (n <= 2 ? 3.2 : 3.3) * s;
        for (int step = 0; step < STEPS; step++) {
            rod(line.get(step), line.get(step + 1), thick, thick, 1.55);
        }
        if (n <= 7) {
            cartilage(side, line.get(STEPS));
        }
    }

    private void cartilage(int side, Point from) {
        Brush gristle = Brush.fill(CARTILAGE, Tissue.WALL).over(Tissue.WALL.bit);
        Point to = thorax.onCage(side, Math.PI * 0.955, Math.min(from.z() + 22 * s, 50 * s), 6.5 * s);
        Point mid = thorax.onCage(side, Math.PI * 0.88, from.z() - 2, 6.5 * s);
        canvas.plank(from, mid, 3.6 * s, 3.6 * s, 1.6, gristle);
        canvas.plank(mid, to, 3.6 * s, 3.4 * s, 1.6, gristle);
    }

    /** A piece of long bone: dense outside, spongy inside. */
    private void rod(Point p, Point q, double r1, double r2, double tall) {
        canvas.plank(p, q, r1, r2, tall, Brush.fill(SHELL, Tissue.BONE));
        if (Math.min(r1, r2) > 2.4) {
            canvas.plank(p, q, r1 - 1.5, r2 - 1.5, tall, Brush.fill(marrow + 40, Tissue.BONE));
        }
    }

    private void blade(int side) {
        int rows = 26;
        for (int row = 0; row < rows; row++) {
            double t = (double) row / (rows - 1);
            double z = (68 - 140 * t) * s;
            double inner = Math.PI * (0.17 + 0.03 * t);
            double outer = Math.PI * (0.36 - 0.15 * t);
            double off = (21 + 3 * (1 - t)) * s;
            Point a = thorax.onCage(side, inner, z, off);
            Point b = thorax.onCage(side, (inner + outer) / 2, z, off + 1.5 * s);
            Point c = thorax.onCage(side, outer, z, off + 1 * s);
            double r = 1.9 * s;
            rod(a, b, r + 0.8 * s, r * 0.7, 1.4);
            rod(b, c, r * 0.7, r + 1.5 * s, 1.4);
        }
        Point inner = thorax.onCage(side, Math.PI * 0.20, 48 * s, 24 * s);
        Point ridge = thorax.onCage(side, Math.PI * 0.33, 62 * s, 40 * s);
        Point joint = thorax.onCage(side, Math.PI * 0.41, 72 * s, 32 * s);
        rod(inner, ridge, 2.2 * s, 3.6 * s, 1.6);
        rod(ridge, joint.plus(side * 14 * s, 6 * s, 14 * s), 3.6 * s, 5 * s, 1);
        rod(thorax.onCage(side, Math.PI * 0.36, 58 * s, 24 * s), joint, 4 * s, 8 * s, 1.3);
        Point head = joint.plus(side * 27 * s, -6 * s, 10 * s);
        rod(head, head.plus(side * 3, 0, 1), 21 * s, 20 * s, 1);
        rod(head, head.plus(side * 38 * s, -8 * s, 60 * s), 13 * s, 12 * s, 1);
    }

    private void collarBone(int side) {
        Point inner = new Point(side * 15 * s, frontAt(66 * s) - 9 * s, 66 * s);
        Point middle = inner.plus(side * 55 * s, 4 * s, 20 * s);
        Point outer = inner.plus(side * 125 * s, 62 * s, 34 * s);
        rod(inner, middle, 7 * s, 5 * s, 1);
        rod(middle, outer, 5 * s, 6 * s, 1);
    }

    private double frontAt(double z) {
        return thorax.onCage(1, Math.PI, z, 6 * s).y();
    }

    private void breastbone() {
        for (int step = 0; step < 32; step++) {
            double z = (62 - 5 * step) * s;
            double half = (step < 9 ? 20 - step : step < 25 ? 10.5 + 0.2 * step : 17 - 0.6 * (step - 8)) * s;
            double y = frontAt(z) - 1.5 * s;
            double thin = (step < 26 ? 4.6 : 3) * s;
            rod(new Point(-half, y, z), new Point(half, y, z), thin, thin, 1.1);
        }
    }
}
