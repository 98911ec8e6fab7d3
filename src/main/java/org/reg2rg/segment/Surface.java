package org.reg2rg.segment;

import java.util.stream.IntStream;
import org.reg2rg.ct.Affine;
import org.reg2rg.ct.Bits;
import org.reg2rg.ct.CtVolume;
import org.reg2rg.ct.Grid;
import org.reg2rg.ct.GridSize;
import org.reg2rg.ct.RegionMask;
import org.reg2rg.ct.morphology.VoxelSet;

/**
 * Carries a region from the work grid to the grid of the CT. The border runs where the blurred set is half, and moves to
 * the edge that the full resolution shows where a rule on HU says so.
 */
final class Surface {
    private static final float SOFT_HU = 50;
    /** More than half, since the work grid has averaged the peak. */
    private static final float EDGE_SHARE = 0.65f;

    private static final float LEAST_EDGE_HU = 110;
    private static final float MOST_EDGE_HU = 330;

    /** Lung that is not mixed with a wall. */
    private static final float LUNG_HU = -740;

    private static final float[] NO_PEAKS = {};

    private Surface() {}

    /** Whether a voxel near the border is inside. */
    @FunctionalInterface
    interface Rule {
        /**
         * @param share how much of the neighbourhood is inside on the work grid, above 0 and below 1
         * @param peak the brightest of the neighbourhood on the work grid
         */
        boolean inside(float share, float hu, float peak);
    }

    /** The border as it is, whatever the HU. */
    static final Rule SMOOTH = (share, hu, peak) -> share >= 0.5f;

    /** Air that touches the set is in, tissue at its rim is out; dense places well within stay. */
    static final Rule AIR = (share, hu, peak) -> hu < -500 ? share > 0.12f : hu > -250 ? share > 0.75f : share >= 0.5f;

    /** Half-way between soft tissue and the bone of this place the bone ends: the shell of a rib is far brighter than marrow. */
    static final Rule BRIGHT = (share, hu, peak) -> {
        float edge = Math.clamp(SOFT_HU + EDGE_SHARE * (peak - SOFT_HU), LEAST_EDGE_HU, MOST_EDGE_HU);
        return hu > edge ? share > 0.08f : share > (hu < LEAST_EDGE_HU ? 0.85f : 0.6f);
    };

    /** A gland that is brighter than the muscle around it reaches a little further where it is. */
    static final Rule GLAND = (share, hu, peak) -> hu > 65 && hu < 260 ? share > 0.25f : share >= 0.5f;

    /** Flesh in fat: the border moves out to where the flesh ends. */
    static final Rule FLESH = (share, hu, peak) -> hu > -30 ? share > 0.4f : share >= 0.5f;

    /**
     * Tubes of air with a wall. The lung around them is dark and out; of the wall, voxels of {@code mm} show the less the
     * larger they are.
     */
    static Rule tube(double mm) {
        float wall = (float) Math.clamp(0.4 + 0.05 * (mm - 2), 0.4, 0.5);
        return (share, hu, peak) -> share >= (hu < LUNG_HU ? 0.7f : wall);
    }

    static RegionMask.Binary carry(CtVolume ct, WorkVolume work, VoxelSet set, Rule rule) {
        float[] share = new WorkVolume(work.grid(), values(set)).smoothed().hu();
        Grid grid = ct.grid();
        GridSize size = grid.size();
        Affine toWork = compose(work.grid().toWorld().inverse(), grid.toWorld());
        int slice = size.x() * size.y();
        long[][] words = new long[size.z()][];
        var map = new Map(share, rule == BRIGHT ? work.peaks() : NO_PEAKS, work.size(), toWork);
        IntStream.range(0, size.z()).parallel().forEach(k -> words[k] = slice(ct, k, map, rule));
        Bits bits = new Bits(size.voxels());
        for (int k = 0; k < size.z(); k++) {
            for (int w = 0; w < words[k].length; w++) {
                for (long word = words[k][w]; word != 0; word &= word - 1) {
                    bits.set(k * slice + (w << 6) + Long.numberOfTrailingZeros(word));
                }
            }
        }
        return new RegionMask.Binary(grid, bits);
    }

    private static float[] values(VoxelSet set) {
        float[] values = new float[set.size().voxels()];
        for (int n = set.bits().nextSet(0); n >= 0; n = set.bits().nextSet(n + 1)) {
            values[n] = 1;
        }
        return values;
    }

    /** What the work grid knows of each place. */
    @SuppressWarnings("ArrayRecordComponent")
    private record Map(float[] share, float[] peak, GridSize size, Affine toWork) {
        float share(double x, double y, double z) {
            return trilinear(share, size, x, y, z);
        }

        float peak(double x, double y, double z) {
            if (peak.length == 0) {
                return 0;
            }
            int i = Math.clamp(Math.round(x), 0, size.x() - 1);
            int j = Math.clamp(Math.round(y), 0, size.y() - 1);
            int k = Math.clamp(Math.round(z), 0, size.z() - 1);
            return peak[size.index(i, j, k)];
        }
    }

    private static long[] slice(CtVolume ct, int k, Map map, Rule rule) {
        GridSize size = ct.size();
        Affine toWork = map.toWork;
        long[] words = new long[(size.x() * size.y() + 63) >>> 6];
        for (int j = 0; j < size.y(); j++) {
            double[] at = toWork.apply(0, j, k);
            for (int i = 0; i < size.x(); i++) {
                double x = at[0] + i * toWork.at(0, 0);
                double y = at[1] + i * toWork.at(1, 0);
                double z = at[2] + i * toWork.at(2, 0);
                float s = map.share(x, y, z);
                if (s > 0) {
                    float hu = ct.hu()[size.index(i, j, k)];
                    if (s > 0.999f || rule.inside(s, hu, map.peak(x, y, z))) {
                        int n = i + size.x() * j;
                        words[n >>> 6] |= 1L << (n & 63);
                    }
                }
            }
        }
        return words;
    }

    private static float trilinear(float[] v, GridSize size, double x, double y, double z) {
        if (x < -0.5 || y < -0.5 || z < -0.5 || x > size.x() - 0.5 || y > size.y() - 0.5 || z > size.z() - 0.5) {
            return 0;
        }
        double cx = Math.clamp(x, 0, size.x() - 1.001);
        double cy = Math.clamp(y, 0, size.y() - 1.001);
        double cz = Math.clamp(z, 0, size.z() - 1.001);
        int i = (int) cx;
        int j = (int) cy;
        int k = (int) cz;
        int n = size.index(i, j, k);
        int up = size.x();
        int over = size.x() * size.y();
        float a = v[n] + v[n + 1] + v[n + up] + v[n + up + 1];
        float b = v[n + over] + v[n + over + 1] + v[n + over + up] + v[n + over + up + 1];
        if (a + b == 0) {
            return 0;
        }
        float fx = (float) (cx - i);
        float fy = (float) (cy - j);
        float fz = (float) (cz - k);
        float low = mix(mix(v[n], v[n + 1], fx), mix(v[n + up], v[n + up + 1], fx), fy);
        float high = mix(mix(v[n + over], v[n + over + 1], fx), mix(v[n + over + up], v[n + over + up + 1], fx), fy);
        return mix(low, high, fz);
    }

    private static float mix(float a, float b, float f) {
        return a + f * (b - a);
    }

    /** first ∘ second. */
    private static Affine compose(Affine first, Affine second) {
        double[] m = new double[12];
        for (int row = 0; row < 3; row++) {
            for (int column = 0; column < 4; column++) {
                m[4 * row + column] = column == 3 ? first.at(row, 3) : 0;
                for (int n = 0; n < 3; n++) {
                    m[4 * row + column] += first.at(row, n) * second.at(n, column);
                }
            }
        }
        return new Affine(m);
    }
}
