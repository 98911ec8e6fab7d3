package org.reg2rg.cohort;

import java.util.function.Predicate;
import org.reg2rg.ct.Bits;
import org.reg2rg.ct.Region;

/**
 * A drawn anatomy into which findings are drawn.
 *
 * @param blood HU of blood in this scan
 */
record Scene(
        Canvas canvas,
        Thorax thorax,
        Spine spine,
        Skeleton skeleton,
        GreatVessels vessels,
        HeartPainter heart,
        LungPainter lungs,
        BellyPainter belly,
        double blood,
        Draw draw) {
    private static final int TRIES = 400;
    private static final float AIRY = -600;

    double s() {
        return thorax.s;
    }

    Bits bits() {
        return canvas.bits();
    }

    /** A random place inside a lung that pleases; the middle of the right lung if none is found. */
    Point inLung(int side, double margin, Predicate<Point> pleases) {
        for (int n = 0; n < TRIES; n++) {
            int at = side == 0 ? draw.chance(0.55) ? -1 : 1 : side;
            Point p = new Point(
                    at * draw.between(10, 128) * s(), draw.between(-92, 96) * s(), draw.between(-170, 108) * s());
            if (canvas.holds(p, margin) && thorax.inLung(p) > margin && pleases.test(p)) {
                return p;
            }
        }
        return new Point(-60 * s(), 20 * s(), 0);
    }

    /** Whether a place still holds lung with air in it, not something that was drawn before. */
    boolean airy(Point p) {
        int n = canvas.indexOf(p);
        return n >= 0 && canvas.hu[n] < AIRY && (Tissue.IN_LUNG >>> canvas.tissue[n] & 1) != 0;
    }

    Lobe lobe(Point p) {
        return thorax.lobe(p.x(), p.y(), p.z());
    }

    /** Relief of a lumpy surface in mm at a place: {@code strength} times smooth noise with lumps of {@code cell}·8 mm. */
    double lumps(double x, double y, double z, double cell, double strength) {
        return strength
                * Texture.LUMPS.at((int) Math.floor(x / cell), (int) Math.floor(y / cell), (int) Math.floor(z / cell));
    }

    TrueFinding finding(FindingType type, String kind, Extent extent, Bits voxels) {
        return finding(type, kind, type.region(), extent, voxels);
    }

    TrueFinding finding(FindingType type, String kind, Region region, Extent extent, Bits voxels) {
        return new TrueFinding(
                type,
                kind,
                region,
                extent.side(),
                extent.place(),
                extent.count(),
                extent.sizeMm(),
                canvas.world(extent.centre()),
                voxels);
    }

    /** Where a finding is and how large: what {@link TrueFinding} says in other units. */
    record Extent(Side side, String place, int count, double sizeMm, Point centre) {
        static Extent at(Point centre, String place, double sizeMm) {
            return new Extent(Side.of(centre.x()), place, 1, sizeMm, centre);
        }

        Extent times(int n) {
            return new Extent(side, place, n, sizeMm, centre);
        }

        Extent on(Side other) {
            return new Extent(other, place, count, sizeMm, centre);
        }
    }
}
