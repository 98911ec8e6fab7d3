package org.reg2rg.cohort;

import java.util.List;
import org.reg2rg.cohort.LungTree.Branch;
import org.reg2rg.cohort.Scene.Extent;
import org.reg2rg.cohort.Thorax.Slice;
import org.reg2rg.ct.Bits;

/** Findings that spread through the lungs: emphysema, mosaic attenuation, septa, bronchial walls, wide bronchi. */
final class DiffuseLung {
    private static final int LUNG = Tissue.IN_LUNG;

    private final Scene scene;
    private final Canvas canvas;
    private final Draw draw;
    private final double s;

    DiffuseLung(Scene scene) {
        this.scene = scene;
        canvas = scene.canvas();
        draw = scene.draw();
        s = scene.s();
    }

    /** What happens to each lung voxel: HU to add. */
    private interface Change {
        double at(double x, double y, Slice q);
    }

    /** Changes the whole lung; voxels that gain more than {@code least} HU count as covered. */
    private void everywhere(Bits bits, double least, Change change) {
        for (int k = 0; k < canvas.nz; k++) {
            Slice q = scene.thorax().slice(canvas.z(k));
            for (int j = 0; j < canvas.ny; j++) {
                for (int i = 0; i < canvas.nx; i++) {
                    int n = canvas.index(i, j, k);
                    if ((LUNG >>> canvas.tissue[n] & 1) == 0) {
                        continue;
                    }
                    double x = canvas.bodyX(i, j);
                    double y = canvas.bodyY(i, j);
                    double add = change.at(x, y, q);
                    canvas.hu[n] += (float) add;
                    if (add > least) {
                        bits.set(n);
                    }
                }
            }
        }
    }

    /** Holes without walls in clusters (centrilobular), or a row of them under the pleura (paraseptal), and bullae. */
    TrueFinding emphysema() {
        boolean paraseptal = draw.chance(0.35);
        boolean upper = draw.chance(0.75);
        Bits bits = scene.bits();
        Brush hole =
                Brush.tint(-1000).over(Tissue.LUNG.bit | Tissue.LUNG_AIRWAY.bit).traced(bits);
        int clusters = draw.whole(12, 20);
        Point first = null;
        for (int n = 0; n < clusters; n++) {
            int side = n % 2 == 0 ? -1 : 1;
            Point c = scene.inLung(
                    side,
                    paraseptal ? 4 : 9,
                    p -> (upper ? p.z() > -25 * s : p.z() < 20 * s)
                            && (!paraseptal || scene.thorax().inLung(p) < 9));
            first = first == null ? c : first;
            cluster(c, paraseptal, hole);
        }
        for (int n = draw.whole(1, 3); n > 0; n--) {
            bulla(upper, hole);
        }
        Extent extent = new Extent(
                Side.BOTH, upper ? "upper lobes" : "lower lobes", clusters, 0, java.util.Objects.requireNonNull(first));
        return scene.finding(FindingType.EMPHYSEMA, paraseptal ? "paraseptal" : "centrilobular", extent, bits);
    }

    private void cluster(Point c, boolean paraseptal, Brush hole) {
        double spread = draw.between(11, 19) * s;
        for (int n = draw.whole(12, 22); n > 0; n--) {
            Point p = c.plus(draw.normal() * spread * 0.6, draw.normal() * spread * 0.6, draw.normal() * spread * 0.6);
            double depth = scene.thorax().inLung(p);
            double r = draw.between(4.2, paraseptal ? 8.5 : 7.5);
            if (depth > (paraseptal ? r * 0.5 : r)) {
                canvas.ball(p, r, hole);
            }
        }
        // the lung between the holes has lost walls too
        canvas.shape(
                c,
                spread * 1.6,
                (x, y, z) -> spread * 1.3 - c.distance(new Point(x, y, z)),
                Brush.add(-45).over(Tissue.LUNG.bit));
    }

    private void bulla(boolean upper, Brush hole) {
        double r = draw.between(9, 17);
        Point c = scene.inLung(
                0, r * 0.75, p -> (p.z() > 0) == upper && scene.thorax().inLung(p) < r * 1.25);
        canvas.ball(c, r + 1.2, Brush.tint(-450).over(LUNG));
        canvas.ball(c, r, new Brush(-1000, false, Tissue.LUNG, LUNG, hole.trace()));
    }

    /** Lung that holds air beside lung that does not: patches of two densities with sharp borders. */
    TrueFinding mosaic() {
        Bits bits = scene.bits();
        double bright = draw.between(75, 110);
        double dark = draw.between(-55, -35);
        double cell = draw.between(2.6, 3.8);
        int shift = draw.whole(0, 60);
        everywhere(bits, 10, (x, y, q) -> {
            double v = scene.lumps(x + shift, y, q.z, cell, 1);
            return Thorax.mix(dark, bright, Thorax.smooth((v + 0.15) / 0.3));
        });
        return scene.finding(FindingType.MOSAIC_ATTENUATION_PATTERN, "diffuse", both(), bits);
    }

    private Extent both() {
        return new Extent(Side.BOTH, "", 1, 0, new Point(-60 * s, 10 * s, -20 * s));
    }

    /** A net of thick septa in the outer lung, densest at the bases or everywhere. */
    TrueFinding septa() {
        boolean basal = draw.chance(0.6);
        double thick = draw.between(1.7, 2.4);
        double cell = draw.between(15, 20);
        double hu = draw.between(380, 500);
        Bits bits = scene.bits();
        int salt = draw.whole(0, 1 << 20);
        everywhere(bits, 0.45 * hu, (x, y, q) -> {
            if (basal && q.z > -10 * s) {
                return 0;
            }
            double under = scene.thorax().inLung(x, y, q);
            if (under > 26 * s || under < 0.5) {
                return 0;
            }
            double cover = (thick / 2 - Cells.border(x, y, q.z, cell, salt)) / canvas.blur + 0.5;
            return cover > 0.12 ? hu * Math.min(1, cover) * Math.min(1, 0.55 + thick / canvas.blur / 2.4) : 0;
        });
        return scene.finding(FindingType.INTERLOBULAR_SEPTAL_THICKENING, basal ? "basal" : "diffuse", both(), bits);
    }

    /** Bronchi with walls several times as thick as they should be. */
    TrueFinding bronchialWalls() {
        int side = draw.weighted(0.7, 0.15, 0.15);
        double wall = draw.between(2.4, 3.6);
        Bits bits = scene.bits();
        List<Branch> bronchi = scene.lungs().bronchi().stream()
                .filter(b -> side == 0 || (b.from().x() < 0) == (side == 1))
                .filter(b -> b.leaves() <= 150)
                .toList();
        int over = LUNG | Tissue.GREAT_VESSEL.bit;
        for (Branch b : bronchi) {
            canvas.rod(
                    b.from(),
                    b.to(),
                    b.r1() + wall,
                    b.r2() + wall,
                    Brush.tint(15).over(over).traced(bits));
        }
        for (Branch b : bronchi) {
            double r1 = Math.max(1.5, b.r1());
            canvas.rod(
                    b.from(),
                    b.to(),
                    r1,
                    Math.max(1.4, b.r2()),
                    Brush.tint(-960).over(over));
        }
        Extent e = new Extent(
                sideOf(side), "", 1, Math.rint(wall), bronchi.getFirst().to());
        return scene.finding(FindingType.PERIBRONCHIAL_THICKENING, "diffuse", e, bits);
    }

    private static Side sideOf(int drawn) {
        return drawn == 0 ? Side.BOTH : drawn == 1 ? Side.RIGHT : Side.LEFT;
    }

    /** Bronchi of one lobe, or of both lower lobes, far too wide: tubes or sacs of air with a wall. */
    TrueFinding bronchiectasis() {
        boolean bilateral = draw.chance(0.3);
        Lobe lobe = draw.of(List.of(Lobe.values()));
        boolean sacs = draw.chance(0.3);
        double lumen = draw.between(3.4, 5.2);
        double wall = draw.between(1.6, 2.3);
        Bits bits = scene.bits();
        List<Branch> wide = scene.lungs().arteries().stream()
                .filter(b -> b.leaves() >= 4 && b.leaves() <= 70)
                .filter(b -> inLobe(b.to(), lobe, bilateral))
                .toList();
        int over = LUNG;
        for (Branch b : wide) {
            Brush walls = Brush.fill(10, Tissue.LUNG_AIRWAY).over(over).traced(bits);
            canvas.rod(b.from(), b.to(), lumen + wall, lumen * 0.8 + wall, walls);
            if (sacs) {
                canvas.ball(b.to(), lumen * 1.6 + wall, walls);
            }
        }
        for (Branch b : wide) {
            Brush air = Brush.tint(-965).over(over).traced(bits);
            canvas.rod(b.from(), b.to(), lumen, lumen * 0.8, air);
            if (sacs) {
                canvas.ball(b.to(), lumen * 1.6, air);
            }
        }
        Point at = wide.isEmpty() ? new Point(-60 * s, 0, 0) : wide.getFirst().to();
        Extent e = bilateral
                ? new Extent(Side.BOTH, "lower lobes", 1, Math.rint(2 * lumen), at)
                : new Extent(lobe.side(), lobe.words(), 1, Math.rint(2 * lumen), at);
        return scene.finding(FindingType.BRONCHIECTASIS, sacs ? "saccular" : "cylindrical", e, bits);
    }

    private boolean inLobe(Point p, Lobe lobe, boolean bilateral) {
        Lobe at = scene.lobe(p);
        return bilateral ? at == Lobe.RIGHT_LOWER || at == Lobe.LEFT_LOWER : at == lobe;
    }
}
