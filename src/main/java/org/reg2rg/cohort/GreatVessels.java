package org.reg2rg.cohort;

import java.util.List;

/** Great vessels, windpipe, gullet and thyroid: tubes along a few points each. Blood's HU depends on contrast. */
final class GreatVessels {
    private final Canvas canvas;
    private final double s;
    private final double blood;
    private final double wide;

    static final double WALL_HU = 35;

    /** A tube: points and the radius at each. */
    record Tube(List<Point> points, double[] radii) {}

    GreatVessels(Canvas canvas, Thorax thorax, double blood) {
        this.canvas = canvas;
        this.blood = blood;
        s = thorax.s;
        wide = 0.86 + 0.0042 * (thorax.body.habitus().age() - 20);
        ySpine = thorax.slice(-40 * s).ySpine - 62 * s;
        thoraxAt = thorax;
    }

    private final double ySpine;
    private final Thorax thoraxAt;

    private Point at(double x, double y, double z) {
        return new Point(x * s, y * s + (y > 20 ? ySpine : 0), z * s);
    }

    /** Aorta from its root over the arch down to the belly. */
    Tube aorta() {
        return new Tube(
                List.of(
                        at(2, -20, -44),
                        at(-14, -24, -24),
                        at(-17, -24, -2),
                        at(-10, -16, 20),
                        at(4, 0, 32),
                        at(17, 20, 29),
                        at(23, 36, 12),
                        at(22, 40, -20),
                        at(18, 42, -70),
                        at(10, 42, -120),
                        at(6, 40, -210)),
                scaled(16, 16, 15.5, 14.5, 13.5, 13, 12.5, 12, 11.5, 11, 9.5));
    }

    private double[] scaled(double... radii) {
        double[] r = new double[radii.length];
        for (int n = 0; n < r.length; n++) {
            r[n] = radii[n] * s * wide;
        }
        return r;
    }

    void paint() {
        Brush artery = Brush.fill(blood, Tissue.GREAT_VESSEL);
        Brush vein = Brush.fill(42 + 0.8 * (blood - 42), Tissue.GREAT_VESSEL);
        // veins
        tube(List.of(at(-30, -12, 62), at(-28, -14, 40), at(-27, -14, -6), at(-26, -8, -40)), 8.5 * s, vein);
        tube(List.of(at(44, -22, 72), at(20, -32, 52), at(-26, -20, 42)), 5.5 * s, vein);
        tube(List.of(at(-30, -12, 62), at(-40, -8, 80), at(-38, -2, 125)), 6 * s, vein);
        tube(List.of(at(44, -22, 72), at(40, -4, 125)), 5.5 * s, vein);
        tube(List.of(at(-22, -2, -80), at(-25, 6, -110), at(-22, 22, -150), at(-20, 26, -220)), 10 * s, vein);
        tube(List.of(at(-7, 44, -120), at(-7, 42, 0), at(-14, 26, 12), at(-26, -2, 10)), 3.4 * s, vein);
        // branches of the arch
        tube(List.of(at(-6, -8, 32), at(-22, 2, 62), at(-27, 6, 125)), 5.6 * s, artery);
        tube(List.of(at(6, 2, 36), at(18, 6, 70), at(24, 8, 125)), 4 * s, artery);
        tube(List.of(at(15, 14, 36), at(28, 18, 70), at(40, 6, 92), at(74, -2, 92)), 4.8 * s, artery);
        tube(List.of(at(-22, 2, 62), at(-40, 2, 90), at(-74, -2, 92)), 4.8 * s, artery);
        // pulmonary arteries
        tube(List.of(at(16, -40, -42), at(20, -34, -22), at(20, -22, -8)), 13.5 * s, artery);
        tube(List.of(at(20, -22, -8), at(34, 6, -1), at(46, 20, -14)), 10.5 * s, artery);
        tube(List.of(at(18, -18, -12), at(-10, -2, -14), at(-38, 4, -16)), 9.5 * s, artery);
        Tube aorta = aorta();
        for (int n = 0; n + 1 < aorta.points().size(); n++) {
            canvas.rod(
                    aorta.points().get(n), aorta.points().get(n + 1), aorta.radii()[n], aorta.radii()[n + 1], artery);
        }
        gullet();
        windpipe();
        thyroid();
        below(artery, vein);
    }

    /** Below the diaphragm vessels belong to the belly. */
    private void below(Brush artery, Brush vein) {
        int over = Tissue.GREAT_VESSEL.bit;
        Brush b = new Brush(artery.value(), false, Tissue.ABDOMEN, over, null);
        canvas.rod(at(10, 42, -128), at(6, 40, -260), 13 * s * wide, 12 * s * wide, b);
        canvas.rod(
                at(-23, 14, -128),
                at(-20, 26, -260),
                12 * s,
                12 * s,
                new Brush(vein.value(), false, Tissue.ABDOMEN, over, null));
    }

    /** Points along the gullet from the neck to the stomach. */
    List<Point> gulletLine() {
        return List.of(
                at(3, 30, 130),
                at(6, 34, 60),
                at(5, 35, 20),
                at(2, 34, -20),
                at(4, 30, -70),
                at(10, 24, -100),
                at(22, 12, -122));
    }

    private void gullet() {
        List<Point> line = gulletLine();
        tube(line, 6.6 * s, Brush.fill(WALL_HU, Tissue.OESOPHAGUS));
        Brush air = Brush.tint(-600).over(Tissue.OESOPHAGUS.bit);
        canvas.rod(line.get(1), line.get(2), 1.6 * s, 1.1 * s, air);
    }

    static final double TRACHEA_RADIUS = 8.6;

    private void windpipe() {
        Brush wall = Brush.fill(30, Tissue.AIRWAY);
        Brush lumen = Brush.fill(-985, Tissue.AIRWAY);
        for (int pass = 0; pass < 2; pass++) {
            Brush b = pass == 0 ? wall : lumen;
            double w = pass == 0 ? 1.7 : 0;
            double r = TRACHEA_RADIUS * s * (thoraxAt.body.female() ? 0.9 : 1);
            canvas.rod(at(0, 10, 132), at(-1, 20, 6), r + w, r + w, b);
            canvas.rod(at(-1, 20, 6), at(-34, 25, -22), 7 * s + w, 6.2 * s + w, b);
            canvas.rod(at(-1, 20, 6), at(42, 27, -26), 6.4 * s + w, 5.4 * s + w, b);
        }
    }

    /** Where the bronchial and arterial tree of a lung starts. */
    Point hilum(int side) {
        return side < 0 ? at(-36, 14, -22) : at(43, 22, -24);
    }

    private void thyroid() {
        Brush gland = Brush.fill(96 + 0.4 * (blood - 42), Tissue.THYROID);
        for (int side = -1; side <= 1; side += 2) {
            canvas.oval(new Oval(thyroidLobe(side), 8 * s, 9.5 * s, 19 * s), gland);
        }
        canvas.rod(at(-12, 2, 100), at(12, 2, 100), 3.4 * s, 3.4 * s, gland);
    }

    Point thyroidLobe(int side) {
        return at(side * 16, 7, 104);
    }

    void tube(List<Point> points, double radius, Brush brush) {
        for (int n = 0; n + 1 < points.size(); n++) {
            canvas.rod(points.get(n), points.get(n + 1), radius, radius, brush);
        }
    }
}
