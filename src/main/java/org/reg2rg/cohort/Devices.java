package org.reg2rg.cohort;

import java.util.List;
import org.reg2rg.cohort.Scene.Extent;
import org.reg2rg.ct.Bits;
import org.reg2rg.ct.Region;

/** Things that doctors put in: reported in the region where they lie. Metal throws streaks. */
final class Devices {
    private static final double METAL = 2600;
    private static final double PLASTIC = 900;

    private final Scene scene;
    private final Canvas canvas;
    private final Draw draw;
    private final double s;

    Devices(Scene scene) {
        this.scene = scene;
        canvas = scene.canvas();
        draw = scene.draw();
        s = scene.s();
    }

    TrueFinding any() {
        return switch (draw.weighted(0.36, 0.22, 0.18, 0.12, 0.12)) {
            case 0 -> catheter();
            case 1 -> pacemaker();
            case 2 -> wires();
            case 3 -> valve();
            default -> feedingTube();
        };
    }

    private TrueFinding device(String kind, Region region, Point at, Side side, Bits bits) {
        return scene.finding(FindingType.MEDICAL_MATERIAL, kind, region, new Extent(side, "", 1, 0, at), bits);
    }

    private void line(List<Point> points, double r, Brush brush) {
        for (int n = 0; n + 1 < points.size(); n++) {
            canvas.rod(points.get(n), points.get(n + 1), r, r, brush);
        }
    }

    private Point at(double x, double y, double z) {
        return new Point(x * s, y * s, z * s);
    }

    /** A central line through the right jugular vein down to the heart. */
    private TrueFinding catheter() {
        Bits bits = scene.bits();
        Brush tube = Brush.tint(PLASTIC + 500).traced(bits);
        Point tip = at(-26, -9, draw.between(-40, -18));
        line(List.of(at(-38, -2, 130), at(-38, -8, 80), at(-29, -12, 58), at(-27, -14, 10), tip), 2.2, tube);
        return device("catheter", Region.MEDIASTINUM, tip, Side.RIGHT, bits);
    }

    /** A can under the left collar bone and two leads into the right heart. */
    private TrueFinding pacemaker() {
        Bits bits = scene.bits();
        Brush metal = Brush.tint(METAL).traced(bits);
        Point can = scene.thorax().onCage(1, Math.PI * 0.74, 44 * s, 22 * s);
        canvas.oval(new Oval(can, new Point(1, 0.5, 0), new Point(0, 0, 1), 24 * s, 21 * s, 6 * s), metal);
        Point turn = at(42, -14, 74);
        Brush lead = Brush.tint(METAL * 0.75).traced(bits);
        List<Point> vein = List.of(can, turn, at(20, -32, 52), at(-26, -20, 42), at(-27, -14, 0), at(-27, -12, -36));
        line(vein, 1.9, lead);
        HeartPainter heart = scene.heart();
        line(List.of(at(-27, -12, -36), heart.at(-34, 2, 4), heart.at(-4, -22, -26), heart.at(30, -20, -30)), 2, lead);
        line(List.of(at(-27, -12, -36), heart.at(-40, -8, 4), heart.at(-36, -22, 14)), 1.8, lead);
        streaks(can, 70 * s, 22 * s);
        return device("pacemaker", Region.HEART, heart.at(30, -20, -30), Side.LEFT, bits);
    }

    /** Loops of wire around the breastbone; the bright dots before and behind it and the dark bands give them away. */
    private TrueFinding wires() {
        Bits bits = scene.bits();
        Point first = at(0, -80, 0);
        int loops = draw.whole(5, 7);
        for (int n = 0; n < loops; n++) {
            double z = (48 - 21 * n) * s;
            Point c = scene.thorax().onCage(1, Math.PI, z, 4.5 * s);
            first = n == 2 ? c : first;
            Brush steel =
                    Brush.fill(METAL + 400, Tissue.BONE).over(~Tissue.LUNG.bit).traced(bits);
            double half = (n < 3 ? 13 : 9) * s;
            double front = c.y() - 8.5 * s;
            double back = c.y() + 6.5 * s;
            streaks(new Point(0, front, z), 34 * s, 3.2);
            canvas.shape(
                    new Point(0, c.y(), z),
                    20 * s,
                    (x, y, zz) -> Math.min(2.6 - Math.abs(zz - z), half * 0.75 - Math.abs(x)),
                    Brush.add(-420).over(Tissue.BONE.bit));
            canvas.rod(new Point(-half, front, z), new Point(half, front, z + 2), 1.9, 1.9, steel);
            canvas.rod(new Point(-half, back, z), new Point(half, back, z), 1.6, 1.6, steel);
            canvas.rod(new Point(-half, front, z), new Point(-half, back, z), 1.7, 1.7, steel);
            canvas.rod(new Point(half, front, z), new Point(half, back, z), 1.7, 1.7, steel);
            canvas.ball(new Point(2, front - 3.5, z), 3.4, steel);
        }
        return device("sternal wires", Region.BONE, first, Side.MIDDLE, bits);
    }

    /** A ring with leaflets at the root of the aorta. */
    private TrueFinding valve() {
        Bits bits = scene.bits();
        Brush metal = Brush.tint(METAL).traced(bits);
        HeartPainter heart = scene.heart();
        Point c = heart.at(-4, -2, 14);
        int sides = 12;
        for (int n = 0; n < sides; n++) {
            double a = 2 * Math.PI * n / sides;
            double b = 2 * Math.PI * (n + 1) / sides;
            double r = 12.5 * s;
            canvas.rod(
                    c.plus(r * Math.cos(a), r * Math.sin(a) * 0.7, r * Math.sin(a) * 0.7),
                    c.plus(r * Math.cos(b), r * Math.sin(b) * 0.7, r * Math.sin(b) * 0.7),
                    2.2,
                    2.2,
                    metal);
        }
        streaks(c, 55 * s, 14 * s);
        return device("valve prosthesis", Region.HEART, c, Side.MIDDLE, bits);
    }

    /** A tube through the gullet into the stomach. */
    private TrueFinding feedingTube() {
        Bits bits = scene.bits();
        Brush tube = Brush.tint(PLASTIC + 300).traced(bits);
        var path = new java.util.ArrayList<>(scene.vessels().gulletLine());
        path.add(scene.belly().stomach());
        line(path, 2.3, tube);
        return device("nasogastric tube", Region.ESOPHAGUS, path.get(3), Side.MIDDLE, bits);
    }

    /** Bright and dark rays in the slices of a metal thing. */
    private void streaks(Point c, double length, double tall) {
        int rays = 10;
        double turn = draw.between(0, Math.PI);
        for (int n = 0; n < rays; n++) {
            double angle = turn + 2 * Math.PI * n / rays;
            double hu = n % 2 == 0 ? -160 : 120;
            Point end = c.plus(length * Math.cos(angle), length * Math.sin(angle), 0);
            canvas.plank(
                    c, end, 2.2, 0.8, Math.max(1, tall / 2.2), Brush.add(hu).over(Tissue.IN_BODY & ~Tissue.IN_LUNG));
        }
    }
}
