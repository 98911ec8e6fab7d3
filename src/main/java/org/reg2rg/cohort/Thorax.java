package org.reg2rg.cohort;

/**
 * The chest's geometry as formulas: depth under the skin, inside the rib cage, inside each lung, above the diaphragm.
 * Depths are rough distances in mm, positive inside. {@link #slice} gathers what is the same for a whole slice.
 */
final class Thorax {
    /** How square ellipses are: 0 is an ellipse, towards −1 a box with round corners. */
    private static final double CAVITY_SQUARE = -0.38;

    private static final double BODY_SQUARE = -0.3;

    final Body body;
    final double s;
    final double top;
    final Oval heart;
    final Oval[] breasts = new Oval[2];

    Thorax(Body body) {
        this.body = body;
        s = body.scale();
        top = 112 * s;
        double h = body.chest().heart() * s;
        double lift = 10 * (1 - body.pose().breath());
        heart = new Oval(
                new Point(
                        17 * s,
                        -22 * s,
                        (-66 + lift) * s + 14 * (1 - body.chest().heart()) * s),
                new Point(0.74, -0.47, -0.48),
                new Point(0.4, 0.9, 0),
                66 * h,
                46 * h,
                46 * h);
        double wide = body.female() ? 58 : 44;
        for (int side = 0; side < 2; side++) {
            double x = (side == 0 ? -68 : 68) * s;
            Slice at = slice(-48 * s);
            double front = at.yBody - at.bodyB * Math.sqrt(Math.max(0.1, 1 - Math.pow(x / at.bodyA, 2)));
            breasts[side] = new Oval(
                    new Point(x, front + 10, -48 * s), wide * s, body.habitus().breast() + 10, 52 * s);
        }
    }

    /** What holds for a whole axial slice. */
    static final class Slice {
        double z;
        double a;
        double b;
        double yc;
        double bodyA;
        double bodyB;
        double yBody;
        double ySpine;
        double xSpine;
        double domeA;
        double domeB;
        double medA;
        double medB;
        double medY;
    }

    Slice slice(double z) {
        var q = new Slice();
        q.z = z;
        double u = (top - z) / s;
        double t = Math.clamp(1 - u / 150, 0, 1);
        double t2 = Math.clamp(1 - u / 175, 0, 1);
        q.a = body.chest().halfWidth() * Math.sqrt(Math.max(0.03, 1 - Math.pow(t, 2.4)));
        q.b = body.chest().halfDepth() * Math.sqrt(Math.max(0.05, 1 - Math.pow(t2, 2.5)));
        q.yc = 16 * t * s + 4 * s;
        double shoulder = smooth((z - 25 * s) / (65 * s));
        double neck = smooth((z - top - 12) / (42 * s));
        Body.Habitus h = body.habitus();
        q.bodyA = mix(body.chest().halfWidth() + 13 * s + h.muscle() + h.fat() + 42 * s * shoulder, 64 * s, neck);
        q.bodyB = mix(
                body.chest().halfDepth() + 21 * s + 0.6 * h.muscle() + 0.7 * h.fat() - 10 * s * shoulder, 64 * s, neck);
        q.yBody = 12 * s + 12 * s * shoulder;
        double bend = (z + 30 * s) / (140 * s);
        q.ySpine =
                (62 - body.chest().kyphosis() * bend * bend) * s + (body.chest().halfDepth() - 84 * s) * 0.8;
        q.xSpine = body.pose().curve() * Math.sin(z / (70 * s));
        double dome = u < 58 ? Math.sqrt(Math.max(0.001, 1 - (1 - u / 58) * (1 - u / 58))) : -1;
        q.domeA = dome * 45 * s;
        q.domeB = dome * 58 * s;
        double high = smooth((z - 30 * s) / (60 * s));
        double low = smooth((-z - 10 * s) / (40 * s));
        q.medA = mix(mix(26, 23, high), 19, low) * s;
        q.medB = mix(46, 36, high) * s;
        q.medY = mix(4, 16, high) * s;
        return q;
    }

    static double smooth(double t) {
        double c = Math.clamp(t, 0, 1);
        return c * c * (3 - 2 * c);
    }

    static double mix(double a, double b, double t) {
        return a + (b - a) * t;
    }

    /** Depth inside an axis-parallel rounded box of half axes a, b. */
    static double depth(double x, double y, double a, double b, double square) {
        double ux = x / a;
        double uy = y / b;
        double xx = ux * ux;
        double yy = uy * uy;
        // far away the product would win and turn the shape inside out
        double f = xx + yy + square * Math.min(xx, 2) * Math.min(yy, 2);
        double gx = 2 * ux / a * (1 + square * yy);
        double gy = 2 * uy / b * (1 + square * xx);
        return (1 - f) / Math.max(Math.sqrt(gx * gx + gy * gy), 1 / Math.min(a, b));
    }

    /** Under the skin, breasts included. */
    double underSkin(double x, double y, Slice q) {
        return depth(x, y - q.yBody, q.bodyA, q.bodyB, BODY_SQUARE);
    }

    double breast(double x, double y, double z) {
        return (x < 0 ? breasts[0] : breasts[1]).depth(x, y, z);
    }

    /** Inside the rib cage (and the belly's wall below it). */
    double inCavity(double x, double y, Slice q) {
        double a = x > 0 ? q.a * body.chest().asymmetry() : q.a;
        return depth(x, y - q.yc, a, q.b, CAVITY_SQUARE);
    }

    /** Height of the diaphragm over a place. */
    double diaphragm(double x, double y) {
        return Math.max(
                dome(x, y, -58, body.chest().rightDome()),
                dome(x, y, 60, body.chest().leftDome()));
    }

    private double dome(double x, double y, double xc, double height) {
        double u = (x - xc * s) / (80 * s);
        double v = (y + 12 * s) / (78 * s);
        return height - 46 * s * (u * u + v * v);
    }

    double aboveDiaphragm(double x, double y, double z) {
        return (z - diaphragm(x, y)) * 0.75;
    }

    /** Inside the mediastinum's fat, heart not counted. */
    double inMediastinum(double x, double y, Slice q) {
        double core = depth(x - 2 * s, y - q.medY, q.medA, q.medB, -0.2);
        double strip = y < q.medY ? 1.6 * s + 0.12 * body.habitus().fat() - Math.abs(x - 3 * s) : -40;
        double spine = depth(x - q.xSpine, y - q.ySpine - 4 * s, 24 * s, 21 * s, -0.3);
        double back = y > q.medY ? 12 * s - Math.abs(x - 4 * s) : -40;
        return Math.max(Math.max(core, strip), Math.max(spine, back));
    }

    /** Inside a lung: in the cavity and in none of the things that fill it. */
    double inLung(double x, double y, Slice q) {
        double d = inCavity(x, y, q) - 2;
        if (d < -12) {
            return d;
        }
        if (q.domeA > 0) {
            double side = x < 0 ? -44 * s : 44 * s;
            d = Math.min(d, depth(x - side, y - q.yc - 2 * s, q.domeA, q.domeB, -0.2));
        } else if (q.z > top) {
            return -20;
        }
        d = Math.min(d, -inMediastinum(x, y, q));
        d = Math.min(d, aboveDiaphragm(x, y, q.z) - 1.5);
        return Math.min(d, -heart.depth(x, y, q.z) - 1.5);
    }

    double inLung(Point p) {
        return inLung(p.x(), p.y(), slice(p.z()));
    }

    /** Below (negative) or above the oblique fissure. */
    double oblique(double x, double y, double z) {
        double bow = 6 * Math.cos(x / (45 * s));
        return (z - (-38 * s + 0.95 * y + bow + (x > 0 ? 6 * s : 0))) * 0.72;
    }

    /** Above or below the right lung's horizontal fissure. */
    double horizontal(double x, double y, double z) {
        return z - (-30 * s - 0.12 * (y + 20) + 4 * Math.cos(x / (40 * s)));
    }

    Lobe lobe(double x, double y, double z) {
        boolean lower = oblique(x, y, z) < 0;
        if (x > 0) {
            return lower ? Lobe.LEFT_LOWER : Lobe.LEFT_UPPER;
        }
        if (lower) {
            return Lobe.RIGHT_LOWER;
        }
        return horizontal(x, y, z) < 0 ? Lobe.RIGHT_MIDDLE : Lobe.RIGHT_UPPER;
    }

    /** Distance from the nearest fissure in mm. */
    double fissure(double x, double y, double z) {
        double o = oblique(x, y, z);
        double d = Math.abs(o);
        return x < 0 && o > 0 ? Math.min(d, Math.abs(horizontal(x, y, z))) : d;
    }

    /** The place on the rib cage at an angle from the back (0) to the front (π), {@code off} mm outside of the cavity. */
    Point onCage(int side, double angle, double z, double off) {
        Slice q = slice(z);
        double a = (side > 0 ? q.a * body.chest().asymmetry() : q.a) + off;
        double b = q.b + off;
        double sin = Math.sin(angle);
        double cos = Math.cos(angle);
        // the rounded box bulges at its corners beyond the ellipse
        double bulge = 1 + 0.22 * (sin * sin * cos * cos);
        return new Point(side * a * sin * bulge, q.yc + b * cos * bulge, z);
    }
}
