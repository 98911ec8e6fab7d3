package org.reg2rg.cohort;

import java.util.ArrayList;
import java.util.List;
import org.reg2rg.cohort.GreatVessels.Tube;
import org.reg2rg.cohort.Scene.Extent;
import org.reg2rg.ct.Bits;

/** Findings between the lungs: nodes, aortic plaques, gullet and windpipe. */
final class MediastinumFindings {
    private final Scene scene;
    private final Canvas canvas;
    private final Draw draw;
    private final double s;

    MediastinumFindings(Scene scene) {
        this.scene = scene;
        canvas = scene.canvas();
        draw = scene.draw();
        s = scene.s();
    }

    /** A place where nodes lie. */
    private record Station(String name, double x, double y, double z) {}

    private static final int NODE_GROUND = Tissue.MEDIASTINUM.bit | Tissue.IN_LUNG;

    private static final List<Station> STATIONS = List.of(
            new Station("right paratracheal", -19, 8, 26),
            new Station("right lower paratracheal", -18, 4, 8),
            new Station("left paratracheal", 17, 14, 14),
            new Station("subcarinal", -2, 24, -26),
            new Station("prevascular", 12, -30, 26),
            new Station("aortopulmonary", 24, -8, 10),
            new Station("right hilar", -44, 8, -32),
            new Station("left hilar", 46, 12, -34));

    /** Whether the station lies in fat: a large heart or a wide vessel may take its place. */
    private boolean free(Station at) {
        int n = canvas.indexOf(new Point(at.x * s, at.y * s, at.z * s));
        return n >= 0 && (NODE_GROUND >>> canvas.tissue[n] & 1) != 0;
    }

    /** Two to six rounded nodes, each at its own station. */
    TrueFinding lymphNodes() {
        Bits bits = scene.bits();
        double largest = Math.rint(draw.between(11, 24));
        var stations = new ArrayList<>(STATIONS.stream().filter(this::free).toList());
        if (stations.size() < 2) {
            return scene.finding(FindingType.LYMPHADENOPATHY, "enlarged", Extent.at(new Point(0, 0, 0), "", 0), bits);
        }
        int count = Math.min(draw.whole(2, 6), stations.size());
        Brush node = Brush.fill(draw.between(38, 60) + 0.2 * (scene.blood() - 41), Tissue.MEDIASTINUM)
                .over(NODE_GROUND)
                .traced(bits);
        Extent first = null;
        String names = "";
        for (int n = 0; n < count; n++) {
            Station at = stations.remove(draw.whole(0, stations.size() - 1));
            double short2 = (n == 0 ? largest : largest * draw.between(0.6, 0.95)) / 2;
            Point c = new Point(at.x * s, at.y * s, at.z * s);
            canvas.oval(new Oval(c, short2, short2 * draw.between(1, 1.4), short2 * draw.between(1.1, 1.7)), node);
            first = first == null ? Extent.at(c, at.name, largest).times(count) : first;
            names = n == 1 ? " and " + at.name : names;
        }
        Extent e = java.util.Objects.requireNonNull(first);
        return scene.finding(
                FindingType.LYMPHADENOPATHY,
                "enlarged",
                new Extent(Side.MIDDLE, e.place() + names, count, largest, e.centre()),
                bits);
    }

    /** Plaques in the wall of the aorta. */
    TrueFinding aorticCalcification() {
        Bits bits = scene.bits();
        Tube aorta = scene.vessels().aorta();
        int count = draw.whole(4, 11);
        boolean arch = draw.chance(0.5);
        Point first = aorta.points().get(4);
        for (int n = 0; n < count; n++) {
            int piece = n < 2 && arch ? draw.whole(3, 5) : draw.whole(2, 8);
            double t = draw.between(0, 1);
            Point mid = aorta.points().get(piece).towards(aorta.points().get(piece + 1), t);
            double r = Thorax.mix(aorta.radii()[piece], aorta.radii()[piece + 1], t) - 0.6;
            Point axis = aorta.points()
                    .get(piece + 1)
                    .minus(aorta.points().get(piece))
                    .unit();
            Point u = axis.cross(new Point(0.3, 0.7, 0.64)).unit();
            Point v = axis.cross(u);
            double angle = draw.between(0, 2 * Math.PI);
            double wide = draw.between(0.25, 0.8);
            double thick = draw.between(1.7, 2.7);
            Brush lime = Brush.tint(draw.between(550, 950)).traced(bits);
            first = n == 0 ? around(mid, u, v, angle + wide / 2, r) : first;
            for (int step = 0; step < 3; step++) {
                Point a = around(mid, u, v, angle + wide * step / 3, r);
                Point b = around(mid, u, v, angle + wide * (step + 1) / 3, r);
                canvas.rod(a, b.plus(axis.times(draw.between(-1.5, 1.5))), thick, thick, lime);
            }
        }
        Extent e = new Extent(Side.MIDDLE, arch ? "aortic arch" : "thoracic aorta", count, 0, first);
        return scene.finding(FindingType.ARTERIAL_WALL_CALCIFICATION, "plaque", e, bits);
    }

    private static Point around(Point c, Point u, Point v, double angle, double r) {
        return c.plus(u.times(r * Math.cos(angle))).plus(v.times(r * Math.sin(angle)));
    }

    /** A piece of stomach above the diaphragm, behind the heart, with air or fluid in it. */
    TrueFinding hiatalHernia() {
        Bits bits = scene.bits();
        double size = Math.rint(draw.between(28, 62));
        double r = size / 2 * 0.95;
        double floor = scene.thorax().body.chest().leftDome();
        Point c = new Point(9 * s, scene.thorax().slice(floor).ySpine - 18 * s - r, floor + 4 * s + 0.25 * r);
        int over = Tissue.MEDIASTINUM.bit
                | Tissue.IN_LUNG
                | Tissue.OESOPHAGUS.bit
                | Tissue.ABDOMEN.bit
                | Tissue.HEART.bit
                | Tissue.WALL.bit;
        var sac = new Oval(c, r * 1.05, r, r * 0.95);
        canvas.oval(sac, Brush.fill(42, Tissue.OESOPHAGUS).over(over).traced(bits));
        canvas.shape(
                c, r * 1.2, (x, y, z) -> sac.depth(x, y, z) - 4, Brush.tint(22).over(Tissue.OESOPHAGUS.bit));
        double level = c.y() + draw.between(-0.55, 0.35) * r;
        canvas.shape(
                c,
                r * 1.2,
                (x, y, z) -> Math.min(sac.depth(x, y, z) - 4, level - y),
                Brush.tint(-950).over(Tissue.OESOPHAGUS.bit));
        return scene.finding(
                FindingType.HIATAL_HERNIA, "sliding", Extent.at(c, "", size).on(Side.MIDDLE), bits);
    }

    /** A thick wall along a stretch of the gullet. */
    TrueFinding oesophagealWall() {
        Bits bits = scene.bits();
        List<Point> line = scene.vessels().gulletLine();
        int piece = draw.whole(2, 4);
        double radius = draw.between(10.5, 14) * s;
        double thick = Math.rint(radius - 2.5);
        Brush wall = Brush.fill(46, Tissue.OESOPHAGUS)
                .over(Tissue.OESOPHAGUS.bit | Tissue.MEDIASTINUM.bit | Tissue.IN_LUNG | Tissue.HEART.bit)
                .traced(bits);
        Point from = line.get(piece);
        Point to = line.get(piece + 1);
        canvas.rod(from, to, radius, radius * 0.95, wall);
        canvas.rod(from, to, 2.2, 2, Brush.tint(-500).over(Tissue.OESOPHAGUS.bit));
        String place = piece == 2 ? "middle" : piece == 3 ? "middle" : "distal";
        return scene.finding(
                FindingType.ESOPHAGEAL_WALL_THICKENING,
                "tumoral",
                Extent.at(from.towards(to, 0.5), place, thick).on(Side.MIDDLE),
                bits);
    }

    /** A plug in a main bronchus. */
    TrueFinding bronchialObstruction() {
        Bits bits = scene.bits();
        int side = draw.chance(0.5) ? -1 : 1;
        Point carina = new Point(-1 * s, 20 * s, 6 * s);
        Point end = side < 0 ? new Point(-34 * s, 27 * s, -22 * s) : new Point(42 * s, 29 * s, -26 * s);
        double length = draw.between(0.35, 0.6);
        Brush plug = Brush.tint(draw.between(15, 45)).over(Tissue.AIRWAY.bit).traced(bits);
        canvas.rod(carina.towards(end, 1 - length), end, 6.6 * s, 6.4 * s, plug);
        Point mid = carina.towards(end, 1 - length / 2);
        String kind = draw.chance(0.5) ? "mucus" : "lesion";
        return scene.finding(FindingType.BRONCHIAL_OBSTRUCTION, kind, Extent.at(mid, "main bronchus", 0), bits);
    }

    /** A dark nodule in a lobe of the thyroid, which may swell around it. */
    TrueFinding thyroidNodule() {
        Bits bits = scene.bits();
        int side = draw.chance(0.5) ? -1 : 1;
        double size = Math.rint(draw.between(9, 26));
        Point c = scene.vessels().thyroidLobe(side).plus(0, 0, draw.between(-6, 3) * s);
        int over = Tissue.THYROID.bit
                | Tissue.WALL.bit
                | Tissue.MEDIASTINUM.bit
                | Tissue.GREAT_VESSEL.bit
                | Tissue.LUNG.bit;
        if (size > 14) {
            canvas.ball(c, size / 2 + 2.5, Brush.fill(95, Tissue.THYROID).over(over));
        }
        canvas.ball(
                c,
                size / 2,
                Brush.fill(draw.between(15, 38), Tissue.THYROID).over(over).traced(bits));
        return scene.finding(FindingType.THYROID_NODULE, "hypodense", Extent.at(c, "thyroid lobe", size), bits);
    }
}
