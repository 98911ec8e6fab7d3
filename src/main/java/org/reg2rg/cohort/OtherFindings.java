package org.reg2rg.cohort;

import java.util.List;
import org.reg2rg.cohort.Scene.Extent;
import org.reg2rg.ct.Bits;
import org.reg2rg.ct.Region;

/** Findings of bones, belly and breasts. */
final class OtherFindings {
    private final Scene scene;
    private final Canvas canvas;
    private final Draw draw;
    private final double s;

    OtherFindings(Scene scene) {
        this.scene = scene;
        canvas = scene.canvas();
        draw = scene.draw();
        s = scene.s();
    }

    /** Broken ribs with callus and a step, or a vertebra that lost height (which was drawn so from the start). */
    TrueFinding fracture(int collapsed) {
        return collapsed > 0 ? vertebra(collapsed) : ribs();
    }

    private TrueFinding vertebra(int level) {
        Bits bits = scene.bits();
        Point c = scene.spine().centre(level);
        double[] r = scene.spine().radii(level);
        canvas.oval(
                new Oval(c, r[0] * 1.1, r[1] * 1.1, r[2] * 1.2),
                Brush.add(0).over(Tissue.BONE.bit).traced(bits));
        return scene.finding(
                FindingType.FRACTURE,
                "compression",
                Extent.at(c, "T" + level, 0).on(Side.MIDDLE),
                bits);
    }

    private TrueFinding ribs() {
        Bits bits = scene.bits();
        int side = draw.chance(0.5) ? -1 : 1;
        int rib = draw.whole(4, 9);
        int count = draw.whole(1, 3);
        Point first = scene.thorax().heart.centre;
        int at = draw.whole(8, 19);
        for (int n = 0; n < count; n++) {
            List<Point> line = scene.skeleton().ribLine(side, Math.min(rib + n, 10));
            Point c = line.get(at);
            first = n == 0 ? c : first;
            Point out = c.minus(line.get(at - 1)).unit().cross(new Point(0, 0, side));
            // callus around a dark gap, the ends shifted against each other
            canvas.oval(new Oval(c, 8.5, 8.5, 9), Brush.fill(520, Tissue.BONE).traced(bits));
            canvas.rod(
                    c,
                    line.get(at + 1).plus(out.times(5)),
                    4.4 * s,
                    4.2 * s,
                    Brush.fill(640, Tissue.BONE).traced(bits));
            canvas.rod(
                    c.plus(out.times(7)),
                    c.plus(out.times(-7)),
                    1.6,
                    1.6,
                    Brush.tint(60).over(Tissue.BONE.bit));
        }
        String place = ordinal(rib) + " rib";
        return scene.finding(
                FindingType.FRACTURE, "rib", Extent.at(first, place, 0).times(count), bits);
    }

    static String ordinal(int n) {
        return n + (n == 1 ? "st" : n == 2 ? "nd" : n == 3 ? "rd" : "th");
    }

    /** Beaks at the front and sides of vertebral plates, dense plates between. */
    TrueFinding degeneration() {
        Bits bits = scene.bits();
        int from = draw.whole(4, 7);
        int to = draw.whole(9, 12);
        Brush dense = Brush.fill(560, Tissue.BONE)
                .over(Tissue.BONE.bit | Tissue.WALL.bit | Tissue.MEDIASTINUM.bit | Tissue.IN_LUNG)
                .traced(bits);
        for (int level = from; level <= to; level++) {
            Point c = scene.spine().centre(level);
            double[] r = scene.spine().radii(level);
            for (int side = -1; side <= 1; side++) {
                if (draw.chance(0.8)) {
                    double reach = draw.between(1.2, 1.45);
                    Point root = c.plus(side * r[0] * 0.75, side == 0 ? -r[1] : -r[1] * 0.7, -r[2]);
                    Point tip = c.plus(side * r[0] * reach, side == 0 ? -r[1] * reach : -r[1] * 0.95, -r[2] - 3.5 * s);
                    canvas.rod(root, tip, 4 * s, 2.6 * s, dense);
                }
            }
        }
        Extent e = new Extent(
                Side.MIDDLE,
                "thoracic vertebrae",
                to - from + 1,
                0,
                scene.spine().centre((from + to) / 2));
        return scene.finding(FindingType.BONE_DEGENERATION, "osteophytes", e, bits);
    }

    /** One or several dark round lesions in the liver. */
    TrueFinding liver() {
        Bits bits = scene.bits();
        int count = draw.weighted(0.6, 0.2, 0.2) + 1;
        double size = Math.rint(draw.between(10, 48));
        boolean cyst = draw.chance(0.6);
        double hu = cyst ? draw.between(0, 14) : draw.between(18, 32);
        Brush dark = Brush.tint(hu).over(Tissue.ABDOMEN.bit).traced(bits);
        double dome = scene.thorax().body.chest().rightDome();
        Point first = null;
        for (int n = 0; n < count; n++) {
            double r = size / 2 * (n == 0 ? 1 : draw.between(0.4, 0.8));
            Point c = new Point(
                    draw.between(-84, -28) * s, draw.between(-38, 28) * s, dome - r - draw.between(10, 38) * s);
            canvas.ball(c, r, dark);
            first = first == null ? c : first;
        }
        Extent e = Extent.at(java.util.Objects.requireNonNull(first), "right lobe of the liver", size)
                .times(count);
        return scene.finding(FindingType.LIVER_LESION, cyst ? "cyst" : "hypodense", e, bits);
    }

    /** A cyst that bulges from a kidney, or a stone in it. */
    TrueFinding kidney() {
        Bits bits = scene.bits();
        int side = draw.chance(0.5) ? -1 : 1;
        boolean stone = draw.chance(0.3);
        Point c = scene.belly().kidney(side);
        double size = Math.rint(stone ? draw.between(5, 12) : draw.between(16, 50));
        Point at = stone ? c.plus(-side * 9 * s, -3, 18 * s) : c.plus(side * 17 * s, 5 * s, 34 * s);
        Brush brush = Brush.tint(stone ? 850 : draw.between(0, 12))
                .over(Tissue.ABDOMEN.bit)
                .traced(bits);
        canvas.ball(at, size / 2, brush);
        return scene.finding(FindingType.KIDNEY_LESION, stone ? "stone" : "cyst", Extent.at(at, "kidney", size), bits);
    }

    boolean kidneysInside() {
        return canvas.holds(scene.belly().kidney(-1).plus(0, 0, 34 * s), 14)
                && canvas.holds(scene.belly().kidney(1).plus(0, 0, 34 * s), 14);
    }

    /** Both breasts hold an implant: a smooth dense lens with a bright shell before the muscle. */
    TrueFinding prosthesis() {
        Bits bits = scene.bits();
        Point first = scene.thorax().breasts[0].centre;
        for (Oval breast : scene.thorax().breasts) {
            double deep = Math.max(18, scene.thorax().body.habitus().breast() * 0.62);
            Point c = breast.centre.plus(0, -2, 0);
            int over = Tissue.IN_BODY & ~(Tissue.BONE.bit | Tissue.IN_LUNG | Tissue.HEART.bit | Tissue.MEDIASTINUM.bit);
            canvas.oval(
                    new Oval(c, 46 * s, deep, 44 * s),
                    Brush.fill(190, Tissue.BREAST).over(over).traced(bits));
            canvas.oval(
                    new Oval(c, 44 * s, deep - 2, 42 * s),
                    Brush.fill(95, Tissue.BREAST).over(over));
        }
        Extent e = new Extent(Side.BOTH, "", 2, 0, first);
        return scene.finding(FindingType.BREAST_PROSTHESIS, "implant", Region.BREAST, e, bits);
    }
}
