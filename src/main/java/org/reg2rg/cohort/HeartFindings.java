package org.reg2rg.cohort;

import java.util.List;
import org.reg2rg.cohort.Scene.Extent;
import org.reg2rg.ct.Bits;

/** Findings of the heart, its sac and its arteries, and of the space around the lungs. */
final class HeartFindings {
    private final Scene scene;
    private final Canvas canvas;
    private final Draw draw;
    private final Oval hull;
    private final double s;

    HeartFindings(Scene scene) {
        this.scene = scene;
        canvas = scene.canvas();
        draw = scene.draw();
        hull = scene.thorax().heart;
        s = scene.s();
    }

    /** The heart is drawn large from the start; here its width is measured. */
    TrueFinding cardiomegaly() {
        Bits bits = scene.bits();
        double low = 999;
        double high = -999;
        for (int n = 0; n < canvas.tissue.length; n++) {
            if (canvas.tissue[n] == Tissue.HEART.code) {
                bits.set(n);
                double x = canvas.bodyX(n % canvas.nx, n / canvas.nx % canvas.ny);
                low = Math.min(low, x);
                high = Math.max(high, x);
            }
        }
        return scene.finding(
                FindingType.CARDIOMEGALY,
                "global",
                Extent.at(hull.centre, "", Math.rint(high - low)).on(Side.MIDDLE),
                bits);
    }

    /** Fluid in the sac, thickest behind and below. */
    TrueFinding pericardialEffusion() {
        double thick = Math.rint(draw.between(6, 20));
        Bits bits = scene.bits();
        int over = Tissue.IN_LUNG | Tissue.MEDIASTINUM.bit | Tissue.HEART.bit | Tissue.WALL.bit;
        Brush fluid = Brush.fill(draw.between(2, 18), Tissue.HEART).over(over).traced(bits);
        canvas.shape(
                hull.centre,
                hull.reach + thick + 3,
                (x, y, z) -> {
                    double behind = Math.clamp(0.62 + 0.4 * (y - hull.centre.y()) / (40 * s), 0.25, 1);
                    double out = -hull.depth(x, y, z);
                    return Math.min(out - 0.5, thick * behind - out);
                },
                fluid);
        Point at = hull.centre.plus(0, hull.reach * 0.65 + thick / 2, -10 * s);
        return scene.finding(
                FindingType.PERICARDIAL_EFFUSION,
                "fluid",
                Extent.at(at, "", thick).on(Side.MIDDLE),
                bits);
    }

    /** Surface of the heart in a direction from its middle, {@code deep} mm under it. */
    private Point onHeart(double x, double y, double z, double deep) {
        Point way = new Point(x, y, z).unit();
        double low = 0;
        double high = hull.reach + 5;
        for (int n = 0; n < 24; n++) {
            double mid = (low + high) / 2;
            Point p = hull.centre.plus(way.times(mid));
            if (hull.depth(p.x(), p.y(), p.z()) > deep) {
                low = mid;
            } else {
                high = mid;
            }
        }
        return hull.centre.plus(way.times(low));
    }

    private Point onArtery(String artery, double t) {
        return switch (artery) {
            case "LAD" -> onHeart(Thorax.mix(-0.05, 0.75, t), -0.8, Thorax.mix(0.75, -0.35, t), 2.5);
            case "RCA" ->
                onHeart(Thorax.mix(-0.45, -0.85, t), Thorax.mix(-0.75, -0.1, t), Thorax.mix(0.5, -0.45, t), 2.5);
            default -> onHeart(Thorax.mix(0.25, 0.75, t), Thorax.mix(-0.3, 0.55, t), Thorax.mix(0.8, 0.35, t), 2.5);
        };
    }

    /** Plaques in the walls of the coronary arteries, in the fat under the heart's surface. */
    TrueFinding coronaryCalcification() {
        Bits bits = scene.bits();
        int vessels = draw.weighted(0.35, 0.3, 0.35) + 1;
        List<String> order = draw.chance(0.75) ? List.of("LAD", "RCA", "LCX") : List.of("RCA", "LAD", "LCX");
        int plaques = 0;
        Point first = onArtery(order.getFirst(), 0.4);
        for (String artery : order.subList(0, vessels)) {
            for (int n = draw.whole(2, 4); n > 0; n--) {
                double t = draw.between(0.05, 0.75);
                double r = draw.between(1.7, 2.6);
                Brush lime = Brush.tint(draw.between(550, 950))
                        .over(Tissue.HEART.bit)
                        .traced(bits);
                Point from = onArtery(artery, t);
                canvas.rod(from, onArtery(artery, t + draw.between(0.05, 0.16)), r, r * 0.9, lime);
                first = plaques == 0 ? from : first;
                plaques++;
            }
        }
        String where = vessels == 3
                ? "coronary arteries"
                : vessels == 1 ? order.getFirst() : order.get(0) + " and " + order.get(1);
        Extent e = new Extent(Side.MIDDLE, where, plaques, 0, first);
        return scene.finding(FindingType.CORONARY_ARTERY_WALL_CALCIFICATION, "plaque", e, bits);
    }

    /** Fluid that sinks to the back and climbs the chest wall as a crescent. */
    TrueFinding pleuralEffusion() {
        int drawn = draw.weighted(0.5, 0.3, 0.2);
        double thick = Math.rint(5 + 40 * Math.pow(draw.between(0, 1), 1.4));
        Bits bits = scene.bits();
        double hu = draw.between(2, 22);
        for (int side = -1; side <= 1; side += 2) {
            if (drawn == 0 || (drawn == 1) == (side < 0)) {
                boolean lesser = drawn == 0 && side > 0;
                fluid(side, lesser ? thick * draw.between(0.55, 0.95) : thick, hu, bits);
            }
        }
        Side side = drawn == 0 ? Side.BOTH : drawn == 1 ? Side.RIGHT : Side.LEFT;
        Point at = new Point(
                (drawn == 2 ? 70 : -70) * s, 78 * s, scene.thorax().body.chest().rightDome());
        return scene.finding(FindingType.PLEURAL_EFFUSION, "free", new Extent(side, "", 1, thick, at), bits);
    }

    private void fluid(int side, double thick, double hu, Bits bits) {
        double base = side < 0
                ? scene.thorax().body.chest().rightDome()
                : scene.thorax().body.chest().leftDome();
        double top = base + (20 + 3.2 * thick) * s;
        Brush water = Brush.fill(hu, Tissue.PLEURAL_FLUID).over(Tissue.IN_LUNG).traced(bits);
        Thorax thorax = scene.thorax();
        Point middle = new Point(side * 65 * s, 50 * s, base - 10);
        canvas.shape(
                middle,
                150 * s,
                (x, y, z) -> {
                    if (x * side < 0 || z > top) {
                        return -9;
                    }
                    // thinner towards the head and towards the front
                    double up = Thorax.smooth((top - z) / (top - base + 25 * s));
                    double front = Thorax.smooth((y + (thick > 25 ? 45 : 5) * s) / (60 * s));
                    double wall = thorax.inCavity(x, y, thorax.slice(z)) - 2;
                    double floor = thorax.aboveDiaphragm(x, y, z) * 1.6 + 4;
                    double here = (thick + 3) * up * front;
                    return here < 0.8 ? -9 : here - Math.min(wall, Math.max(floor, wall * 0.4));
                },
                water);
    }
}
