package org.reg2rg.cohort;

import java.util.ArrayList;
import java.util.List;
import org.reg2rg.cohort.LungTree.Branch;

/** Arteries with their bronchi, and veins, through both lungs. */
final class LungPainter {
    private static final int ARTERY_ENDS = 500;
    private static final int VEIN_ENDS = 330;
    /** Bronchi are drawn down to branches with this many end points; thinner ones are not seen on CT. */
    private static final int BRONCHUS_LEAVES = 14;

    private static final int SUBSEGMENT_LEAVES = 30;

    private final Canvas canvas;
    private final Thorax thorax;
    private final GreatVessels vessels;
    private final double blood;
    private final Draw draw;
    private final List<Branch> bronchi = new ArrayList<>();
    private final List<Branch> arteries = new ArrayList<>();

    LungPainter(Canvas canvas, Thorax thorax, GreatVessels vessels, double blood, Draw draw) {
        this.canvas = canvas;
        this.thorax = thorax;
        this.vessels = vessels;
        this.blood = blood;
        this.draw = draw;
    }

    /** Random places in a lung, at least {@code margin} mm from its surface. */
    List<Point> strewn(int side, int count, double margin) {
        var points = new ArrayList<Point>(count);
        double s = thorax.s;
        for (int tries = 0; points.size() < count && tries < 60 * count; tries++) {
            Point p =
                    new Point(side * draw.between(8, 132) * s, draw.between(-95, 98) * s, draw.between(-175, 110) * s);
            if (thorax.inLung(p) > margin) {
                points.add(p);
            }
        }
        return points;
    }

    void paint() {
        double s = thorax.s;
        for (int side : new int[] {-1, 1}) {
            Point hilum = vessels.hilum(side);
            var tree = new LungTree(hilum, strewn(side, ARTERY_ENDS, 3), 0.6 * s, draw);
            tree.branches().forEach(b -> vessel(b, b.from(), b.to()));
            arteries.addAll(tree.branches());
            Point atrium = new Point(side * 22 * s, thorax.heart.centre.y() + 24 * s, -48 * s);
            new LungTree(atrium, strewn(side, VEIN_ENDS, 3), 0.57 * s, draw)
                    .branches()
                    .forEach(b -> vessel(b, b.from(), b.to()));
            tree.branches().stream()
                    .filter(b -> b.leaves() >= BRONCHUS_LEAVES)
                    .map(b -> beside(b, side))
                    .forEach(bronchi::add);
        }
        for (Branch b : bronchi) {
            bronchus(b, 0.9, Tissue.LUNG_AIRWAY, Tissue.IN_LUNG | Tissue.MEDIASTINUM.bit | Tissue.GREAT_VESSEL.bit);
        }
    }

    private void vessel(Branch b, Point from, Point to) {
        Brush brush = Brush.fill(blood, Tissue.LUNG_VESSEL).over(Tissue.IN_LUNG);
        canvas.rod(from, to, b.r1(), b.r2(), brush);
        if (b.depth() < 4) {
            canvas.rod(
                    from,
                    to,
                    b.r1(),
                    b.r2(),
                    Brush.fill(blood, Tissue.GREAT_VESSEL).over(Tissue.MEDIASTINUM.bit));
        }
    }

    /** The bronchus that runs along an artery, on its inner upper side. */
    private Branch beside(Branch b, int side) {
        double off = b.r1() * 1.25 + 0.5;
        double off2 = b.r2() * 1.25 + 0.5;
        Point from = b.depth() == 0 ? b.from() : b.from().plus(-side * off * 0.8, off * 0.5, off * 0.5);
        Point to = b.to().plus(-side * off2 * 0.8, off2 * 0.5, off2 * 0.5);
        return new Branch(from, to, b.r1() * 0.85, b.r2() * 0.85, b.leaves(), b.depth());
    }

    /** Draws wall and lumen of one bronchus. */
    void bronchus(Branch b, double wall, Tissue tissue, int over) {
        boolean central = b.leaves() >= SUBSEGMENT_LEAVES;
        Brush outer =
                central ? Brush.fill(5, tissue).over(over) : Brush.tint(-120).over(over);
        Brush inner = Brush.tint(-960).over(over | tissue.bit);
        canvas.rod(b.from(), b.to(), b.r1() + wall, b.r2() + wall, outer);
        canvas.rod(b.from(), b.to(), b.r1(), b.r2(), inner);
    }

    /** The bronchi of both lungs, hilum first. */
    List<Branch> bronchi() {
        return bronchi;
    }

    List<Branch> arteries() {
        return arteries;
    }
}
