package org.reg2rg.segment;

import org.reg2rg.ct.morphology.VoxelSet;

/**
 * The thyroid: two lobes and a bridge beside and before the trachea, about as high as the lung apices. Its iodine makes it
 * brighter than muscle even without contrast. The shape of the book is moved up and down, widened and stretched until it
 * holds most of what is bright and least of fat and air.
 */
final class Thyroid {
    private static final double BRIGHT_HU = 72;
    private static final double VESSEL_HU = 260;
    private static final double MUSCLE_HU = 50;
    /** As shares of how much brighter than muscle the gland is: darker is muscle, brighter a vessel with contrast. */
    private static final double LEAST_SHARE = 0.4;

    private static final double MOST_SHARE = 0.2;
    private static final double NOISE_HU = 25;
    private static final double CONTRAST_HU = 125;
    private static final double FAT_HU = -20;
    private static final double HIGHEST_MM = 30;
    private static final double LOWEST_MM = -24;
    private static final double STEP_MM = 3;
    private static final double[] SIZES = {0.8, 0.9, 1, 1.1, 1.25};
    private static final double[] OFFSETS_MM = {14, 16, 18};
    /** Half axes of a lobe: sideways, front to back, upright. */
    private static final double[] HALF_MM = {8, 10, 20};
    /** How far a lobe's middle lies before that of the trachea. */
    private static final double BEFORE_MM = 4;
    /** One deviation of place costs as much as this share of the shape being fat. */
    private static final double PRIOR = 0.06;

    private static final double PLACE_SPREAD_MM = 14;
    /** How far the gland may depart from the shape. */
    private static final double RIM_MM = 4;
    /** A shape of which so much is bright was seen, not only placed. */
    private static final double SEEN = 0.35;

    private final Chest chest;
    private final double[][] trachea;
    private final VoxelSet near;

    /**
     * The two lobes and the bridge.
     *
     * @param middle slice of the middle, on the work grid
     * @param more mm added all around
     */
    private record Shape(double middle, double size, double offset, double more) {
        boolean holds(double beside, double before, double above) {
            double x = (Math.abs(beside) - offset) / (HALF_MM[0] * size + more);
            double y = (before - BEFORE_MM) / (HALF_MM[1] * size + more);
            double z = above / (HALF_MM[2] * size + more);
            boolean lobe = x * x + y * y + z * z <= 1;
            boolean bridge =
                    Math.abs(beside) < offset && Math.hypot(before - BEFORE_MM - 7, above + 4) < 4 * size + more;
            return lobe || bridge;
        }

        Shape grown(double mm) {
            return new Shape(middle, size, offset, mm);
        }
    }

    private Thyroid(Chest chest) {
        this.chest = chest;
        trachea = new double[chest.size().z()][];
        for (double[] p : chest.trachea().points()) {
            trachea[(int) p[2]] = p;
        }
        double reach = OFFSETS_MM[2] + HALF_MM[0] * SIZES[SIZES.length - 1];
        near = VoxelSet.where(chest.size(), chest.ct().spacing(), n -> {
            double[] p = trachea[chest.k(n)];
            double above = (chest.k(n) - chest.view().apex()) * chest.mm();
            return p != null
                    && Math.abs(above) < HIGHEST_MM + HALF_MM[2] * 1.3
                    && Math.abs(chest.i(n) - p[0]) * chest.mm() < reach
                    && Math.abs(chest.j(n) - p[1]) * chest.mm() < reach;
        });
    }

    /**
     * The mask, and how sure it is.
     *
     * @param bright how much of the shape is brighter than muscle
     * @param plain whether it is the only thing there that is: with contrast the vessels beside it are, too
     */
    record Found(VoxelSet mask, double bright, boolean plain) {
        boolean seen() {
            return bright >= SEEN;
        }
    }

    static Found find(Chest chest) {
        return new Thyroid(chest).fit();
    }

    private Found fit() {
        double apex = chest.view().apex();
        Shape best = new Shape(apex, 1, OFFSETS_MM[1], 0);
        double most = -Double.MAX_VALUE;
        for (double up = LOWEST_MM; up <= HIGHEST_MM; up += STEP_MM) {
            for (double size : SIZES) {
                for (double offset : OFFSETS_MM) {
                    Shape shape = new Shape(apex + up / chest.mm(), size, offset, 0);
                    double departs = Math.pow(up / PLACE_SPREAD_MM, 2) + Math.pow((size - 1) / 0.25, 2);
                    double score = evidence(shape) - PRIOR * departs;
                    if (score > most) {
                        most = score;
                        best = shape;
                    }
                }
            }
        }
        Shape shape = best;
        VoxelSet mask =
                near.filter(n -> inside(shape, n) && free(n) && chest.ct().hu()[n] > FAT_HU);
        double bright = mask.filter(this::bright).count() / (double) Math.max(1, mask.count());
        double own = mean(near.filter(n -> inside(shape, n) && bright(n)));
        return new Found(mask.open(chest.mm()).or(rim(shape, own)), bright, own < CONTRAST_HU);
    }

    /** Glands are not eggs: what is bright at the surface of the shape and in its bridge belongs to it. */
    private VoxelSet rim(Shape shape, double own) {
        Shape wide = shape.grown(RIM_MM);
        double least = MUSCLE_HU + LEAST_SHARE * (own - MUSCLE_HU);
        double most = own + Math.max(NOISE_HU, MOST_SHARE * (own - MUSCLE_HU));
        VoxelSet rim = near.filter(n -> inside(wide, n)
                && free(n)
                && chest.ct().hu()[n] > least
                && chest.ct().hu()[n] < most);
        return rim.close(chest.mm())
                .filter(n -> inside(wide, n) && free(n))
                .connectedTo(rim.filter(n -> inside(shape, n)))
                .atLeast(0.5);
    }

    private double mean(VoxelSet set) {
        double sum = 0;
        for (int n = set.bits().nextSet(0); n >= 0; n = set.bits().nextSet(n + 1)) {
            sum += chest.ct().hu()[n];
        }
        return set.isEmpty() ? BRIGHT_HU : sum / set.count();
    }

    /** Mean over the shape of what its voxels say, in shares of the usual volume. */
    private double evidence(Shape shape) {
        double sum = 0;
        for (int n = near.bits().nextSet(0); n >= 0; n = near.bits().nextSet(n + 1)) {
            if (inside(shape, n)) {
                sum += !free(n) ? -0.6 : bright(n) ? 1 : chest.ct().hu()[n] > FAT_HU ? -0.15 : -0.8;
            }
        }
        double voxel = Math.pow(chest.mm(), 3);
        return sum * voxel / (2 * 4.19 * HALF_MM[0] * HALF_MM[1] * HALF_MM[2]);
    }

    private boolean inside(Shape shape, int n) {
        double[] p = trachea[chest.k(n)];
        return p != null
                && shape.holds(
                        (chest.i(n) - p[0]) * chest.mm(),
                        (chest.j(n) - p[1]) * chest.mm(),
                        (chest.k(n) - shape.middle) * chest.mm());
    }

    private boolean bright(int n) {
        float hu = chest.ct().hu()[n];
        return hu > BRIGHT_HU && hu < VESSEL_HU;
    }

    private boolean free(int n) {
        return !chest.airways().contains(n)
                && !chest.bone().contains(n)
                && !chest.lungs().left().contains(n)
                && !chest.lungs().right().contains(n);
    }
}
