package org.reg2rg.cohort;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.reg2rg.cohort.LungTree.Branch;
import org.reg2rg.cohort.Scene.Extent;
import org.reg2rg.ct.Bits;

/** Findings that lie at a place in the lung: nodules, ground glass, consolidation, collapsed and scarred strips. */
final class FocalLung {
    /** A kind of nodule. */
    static final String SUBSOLID = "subsolid";

    private static final int LUNG = Tissue.IN_LUNG;

    private final Scene scene;
    private final Canvas canvas;
    private final Draw draw;
    private final double s;

    FocalLung(Scene scene) {
        this.scene = scene;
        canvas = scene.canvas();
        draw = scene.draw();
        s = scene.s();
    }

    private double hilar(Point p) {
        return Math.min(
                p.distance(scene.vessels().hilum(-1)),
                p.distance(scene.vessels().hilum(1)));
    }

    /** One to five round lesions; the first is the largest and gives size and place. */
    TrueFinding nodule() {
        int count = 1 + draw.weighted(0.5, 0.22, 0.15, 0.08, 0.05);
        double size = Math.rint(5 + 23 * Math.pow(draw.between(0, 1), 1.5));
        String kind = switch (draw.weighted(0.66, 0.17, 0.17)) {
            case 0 -> "solid";
            case 1 -> SUBSOLID;
            default -> "calcified";
        };
        if (!kind.equals("solid")) {
            size = Math.max(7, Math.min(size, kind.equals("calcified") ? 16 : 28));
        }
        Bits bits = scene.bits();
        double radius = size / 2;
        Point main = scene.inLung(0, Math.min(radius, 6) + 1.5, p -> hilar(p) > 30 * s + radius && scene.airy(p));
        lump(main, radius, kind, bits);
        Side side = Side.of(main.x());
        for (int n = 1; n < count; n++) {
            double r = Math.max(2.6, radius * draw.between(0.45, 0.85));
            Point p = scene.inLung(
                    0,
                    Math.min(r, 5) + 1.5,
                    q -> hilar(q) > 34 * s && q.distance(main) > 2 * radius + 8 && scene.airy(q));
            side = side == Side.of(p.x()) ? side : Side.BOTH;
            lump(p, r, kind, bits);
        }
        Extent extent =
                Extent.at(main, scene.lobe(main).words(), size).times(count).on(side);
        return scene.finding(FindingType.LUNG_NODULE, kind, extent, bits);
    }

    private void lump(Point c, double radius, String kind, Bits bits) {
        double rough = 0.07 * radius;
        double hu = switch (kind) {
            case SUBSOLID -> draw.between(-600, -520);
            case "calcified" -> draw.between(320, 620);
            default -> draw.between(20, 60);
        };
        double squeeze = draw.between(0.9, 1.08);
        var oval = new Oval(c, radius * squeeze, radius / squeeze, radius);
        // the stated diameter is the mean one: the relief has mean 0
        canvas.shape(
                c,
                radius * 1.35 + canvas.blur,
                (x, y, z) -> oval.depth(x, y, z) + scene.lumps(x, y, z, 1, rough),
                Brush.tint(hu).over(LUNG).traced(bits));
    }

    /** One to four hazy patches through which vessels are still seen. */
    TrueFinding opacity() {
        boolean peripheral = draw.chance(0.7);
        int count = draw.whole(1, 5);
        Bits bits = scene.bits();
        List<Point> centres = patches(count, peripheral, draw.between(15, 30) * s, (c, radius) -> {
            Brush haze = Brush.add(draw.between(250, 350)).over(LUNG).traced(bits);
            cloud(c, radius, 0.24, haze, null);
        });
        Extent extent = spread(centres);
        return scene.finding(FindingType.LUNG_OPACITY, peripheral ? "peripheral" : "patchy", extent, bits);
    }

    /** One to three airless patches with open bronchi in them. */
    TrueFinding consolidation() {
        int count = draw.weighted(0.55, 0.3, 0.15) + 1;
        Bits bits = scene.bits();
        List<Point> centres = patches(count, draw.chance(0.5), draw.between(18, 34) * s, (c, radius) -> {
            Lobe lobe = scene.lobe(c);
            Brush solid = Brush.tint(draw.between(20, 55)).over(LUNG).traced(bits);
            cloud(c, radius, 0.2, solid, lobe);
            airBronchograms(c, radius);
        });
        return scene.finding(FindingType.CONSOLIDATION, "air bronchogram", spread(centres), bits);
    }

    private interface Patch {
        void draw(Point centre, double radius);
    }

    private List<Point> patches(int count, boolean peripheral, double radius, Patch patch) {
        var centres = new ArrayList<Point>();
        int side = draw.chance(0.5) ? 0 : draw.chance(0.5) ? -1 : 1;
        for (int n = 0; n < count; n++) {
            Point c = scene.inLung(
                    side,
                    4,
                    p -> p.y() > -40 * s && (!peripheral || scene.thorax().inLung(p) < 16));
            patch.draw(c, radius * draw.between(0.7, 1.1));
            centres.add(c);
        }
        return centres;
    }

    /** A patch with a lumpy edge; kept within a lobe where one is given. */
    private void cloud(
            Point c, double radius, double rough, Brush brush, @org.jspecify.annotations.Nullable Lobe lobe) {
        var oval = new Oval(c, radius, radius * draw.between(0.75, 1.1), radius * draw.between(0.8, 1.15));
        canvas.shape(
                c,
                oval.reach * 1.5,
                (x, y, z) -> {
                    double d = oval.depth(x, y, z) + scene.lumps(x, y, z, 2.2, rough * radius);
                    return lobe == null || scene.thorax().lobe(x, y, z) == lobe ? d : -9;
                },
                brush);
    }

    private void airBronchograms(Point c, double radius) {
        Brush air = Brush.tint(-880).over(Tissue.IN_LUNG);
        List<Branch> near = scene.lungs().arteries().stream()
                .filter(b -> b.leaves() >= 2 && b.from().towards(b.to(), 0.5).distance(c) < radius * 0.95)
                .sorted(Comparator.comparingInt(b -> -b.leaves()))
                .limit(9)
                .toList();
        near.forEach(b -> canvas.rod(b.from(), b.to(), 1.9, 1.5, air));
    }

    private Extent spread(List<Point> centres) {
        Point first = centres.getFirst();
        Side side = Side.of(first.x());
        boolean both = centres.stream().anyMatch(p -> Side.of(p.x()) != side);
        return new Extent(both ? Side.BOTH : side, scene.lobe(first).words(), centres.size(), 0, first);
    }

    /** One to three collapsed plates above the diaphragm or beside the heart. */
    TrueFinding atelectasis() {
        int count = draw.whole(1, 3);
        Bits bits = scene.bits();
        var centres = new ArrayList<Point>();
        double thick = draw.between(4.5, 7.5);
        int side = draw.chance(0.4) ? 0 : draw.chance(0.5) ? -1 : 1;
        for (int n = 0; n < count; n++) {
            Point c = scene.inLung(
                    side,
                    5,
                    p -> scene.thorax().aboveDiaphragm(p.x(), p.y(), p.z()) < 42 * s
                            && Math.abs(p.x()) > 28 * s
                            && scene.airy(p));
            plate(c, thick, bits);
            centres.add(c);
        }
        Extent e = spread(centres);
        return scene.finding(
                FindingType.ATELECTASIS,
                "linear",
                new Extent(e.side(), e.place(), count, Math.rint(thick), e.centre()),
                bits);
    }

    private void plate(Point c, double thick, Bits bits) {
        double length = draw.between(24, 42) * s;
        double turn = draw.between(-0.5, 0.5);
        Point along = new Point(Math.cos(turn) * Math.signum(c.x()), Math.sin(turn), draw.between(-0.3, 0.1));
        // the plate stands rather upright, so that axial slices cut it as a band
        var upright = new Point(0, draw.between(-0.9, 0.9), 1);
        var oval = new Oval(c, along, upright, length, length * 0.5, thick * 0.75);
        canvas.shape(
                c,
                length + 6,
                (x, y, z) -> oval.depth(x, y, z) * 0.45 + scene.lumps(x, y, z, 1.4, 0.5),
                Brush.tint(draw.between(0, 45)).over(LUNG).traced(bits));
    }

    /** Scars: thin irregular strands that fan out from a thickened apex, or cross a lung from its surface. */
    TrueFinding fibrosis() {
        boolean apical = draw.chance(0.62);
        Bits bits = scene.bits();
        var centres = new ArrayList<Point>();
        int stars = apical ? draw.whole(1, 2) : draw.whole(1, 3);
        int first = draw.chance(0.5) ? -1 : 1;
        for (int n = 0; n < stars; n++) {
            int side = n % 2 == 0 ? first : -first;
            Point c = apical
                    ? scene.inLung(
                            side, 3, p -> p.z() > 58 * s && scene.thorax().inLung(p) < 12 && scene.airy(p))
                    : scene.inLung(
                            side,
                            3,
                            p -> scene.thorax().inLung(p) < 8 && p.z() > -60 * s && p.z() < 50 * s && scene.airy(p));
            star(c, bits);
            centres.add(c);
        }
        return scene.finding(
                FindingType.PULMONARY_FIBROTIC_SEQUELA, apical ? "apical" : "parenchymal band", spread(centres), bits);
    }

    private void star(Point c, Bits bits) {
        Brush scar = Brush.tint(draw.between(-40, 60)).over(LUNG).traced(bits);
        Point inner = scene.vessels().hilum(c.x() < 0 ? -1 : 1);
        int strands = draw.whole(5, 8);
        canvas.ball(c, draw.between(4, 6.5), scar);
        for (int n = 0; n < strands; n++) {
            Point p = c;
            Point way = inner.minus(c)
                    .unit()
                    .plus(draw.between(-1, 1), draw.between(-1, 1), draw.between(-1, 1))
                    .unit();
            double r = draw.between(1.5, 2.3);
            for (int step = 0; step < 4; step++) {
                Point bend = way.plus(draw.between(-0.5, 0.5), draw.between(-0.5, 0.5), draw.between(-0.5, 0.5))
                        .unit();
                Point q = p.plus(bend.times(draw.between(6, 11) * s));
                canvas.rod(p, q, r, r * 0.85, scar);
                p = q;
                r *= 0.88;
            }
        }
        // the surface that the strands pull on is thick
        canvas.shape(
                c,
                20 * s,
                (x, y, z) -> Math.min(
                        3.6 - scene.thorax().inLung(new Point(x, y, z)), 17 * s - c.distance(new Point(x, y, z))),
                scar);
    }
}
