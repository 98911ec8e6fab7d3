package org.reg2rg.segment;

import java.util.Arrays;
import org.reg2rg.ct.GridSize;
import org.reg2rg.ct.morphology.VoxelSet;

/**
 * The spine as landmark: in every slice its middle and the front edge of the vertebral bodies, smoothed along the body so
 * that discs, contrast in the aorta and osteophytes do not move it.
 *
 * @param x index of the midline on axis 0, per slice
 * @param front index of the front edge on axis 1, per slice
 * @param found whether enough bone was seen where a spine belongs
 */
@SuppressWarnings("ArrayRecordComponent")
record Spine(double[] x, double[] front, boolean found) {
    private static final double BONE_HU = 170;
    private static final double MARROW_HU = 110;
    private static final double HALF_WIDTH_MM = 22;
    private static final double DEEPEST_MM = 120;
    /** From the tip of the spinous process to the front of the vertebral body. */
    private static final double DEPTH_MM = 100;
    /** The widest gap between bone and bone on the way to the front: the canal, or marrow that has lost its bone. */
    private static final double CANAL_MM = 33;

    private static final double WIDE_MM = 8;
    private static final double GAP_MM = 8;
    /** A row with this much fat is not marrow. */
    private static final double FAT_HU = -20;

    private static final double FAT_ROW_MM = 8;
    /** A vertebral body is at least this deep. */
    private static final double BODY_DEPTH_MM = 18;
    /** The aorta, bright with contrast, lies further to the side. */
    private static final double BODY_HALF_MM = 13;

    private static final double SMOOTH_MM = 30;

    static Spine find(WorkVolume ct, VoxelSet body) {
        GridSize size = ct.size();
        double middle = midline(ct, body);
        double[] x = new double[size.z()];
        double[] front = new double[size.z()];
        Arrays.fill(x, Double.NaN);
        Arrays.fill(front, Double.NaN);
        int seen = 0;
        for (int k = 0; k < size.z(); k++) {
            if (measure(ct, body, middle, k, x, front)) {
                seen++;
            }
        }
        int reach = (int) Math.round(SMOOTH_MM / ct.mm());
        return new Spine(median(x, reach, middle), median(front, reach, size.y() * 0.35), seen > 0.3 * size.z());
    }

    /** The column of the back with most bone, near the middle of the body. */
    private static double midline(WorkVolume ct, VoxelSet body) {
        GridSize size = ct.size();
        double centre = body.centre()[0];
        int reach = (int) Math.round(40 / ct.mm());
        double[] weight = new double[size.x()];
        int width = (int) Math.round(HALF_WIDTH_MM / ct.mm());
        for (int k = 0; k < size.z(); k++) {
            for (int j = 0; j < size.y() * 0.6; j++) {
                for (int i = 0; i < size.x(); i++) {
                    int n = size.index(i, j, k);
                    if (ct.hu()[n] > BONE_HU && body.contains(n)) {
                        weight[i]++;
                    }
                }
            }
        }
        double best = centre;
        double most = 0;
        for (int i = (int) centre - reach; i <= centre + reach; i++) {
            double sum = 0;
            for (int d = -width; d <= width; d++) {
                sum += i + d >= 0 && i + d < size.x() ? weight[i + d] * (1 - Math.abs(d) / (width + 1.0)) : 0;
            }
            if (sum > most) {
                most = sum;
                best = i;
            }
        }
        return best;
    }

    private static boolean measure(WorkVolume ct, VoxelSet body, double middle, int k, double[] x, double[] front) {
        GridSize size = ct.size();
        int width = (int) Math.round(HALF_WIDTH_MM / ct.mm());
        int back = -1;
        for (int j = 0; j < size.y() && back < 0; j++) {
            if (body.get((int) middle, j, k)) {
                back = j;
            }
        }
        if (back < 0) {
            return false;
        }
        int deepest = Math.min(size.y(), back + (int) (DEEPEST_MM / ct.mm()));
        double sumX = 0;
        int count = 0;
        int[] perRow = new int[size.y()];
        boolean[] fat = new boolean[size.y()];
        int hindmost = -1;
        for (int j = back; j < deepest; j++) {
            double fatty = 0;
            for (int i = Math.max(0, (int) middle - width); i <= Math.min(size.x() - 1, middle + width); i++) {
                double hu = ct.hu()[size.index(i, j, k)];
                fatty += hu < FAT_HU && Math.abs(i - middle) * ct.mm() <= BODY_HALF_MM ? ct.mm() : 0;
                if (hu > MARROW_HU && Math.abs(i - middle) * ct.mm() <= BODY_HALF_MM) {
                    perRow[j]++;
                }
                if (hu > BONE_HU) {
                    hindmost = hindmost < 0 ? j : hindmost;
                    sumX += i;
                    count++;
                }
            }
            fat[j] = fatty > FAT_ROW_MM;
        }
        if (count * ct.mm() * ct.mm() < 250) {
            return false;
        }
        x[k] = sumX / count;
        int limit = Math.min(deepest - 1, hindmost + (int) (DEPTH_MM / ct.mm()));
        front[k] = frontOf(perRow, fat, hindmost, limit, ct.mm());
        return true;
    }

    /**
     * The last row of bone on the way to the front: over the canal and over pale marrow, but not from a whole vertebral
     * body over fat to the bright heart before it.
     */
    private static int frontOf(int[] perRow, boolean[] fat, int hindmost, int limit, double mm) {
        int last = hindmost;
        int start = hindmost;
        boolean fatSince = false;
        for (int j = hindmost; j <= limit && (j - last) * mm <= CANAL_MM; j++) {
            boolean gap = (j - last) * mm > GAP_MM;
            fatSince |= fat[j];
            if (gap && fatSince && (last - start) * mm >= BODY_DEPTH_MM) {
                return last;
            }
            if (perRow[j] * mm >= WIDE_MM) {
                start = gap ? j : start;
                last = j;
                fatSince = false;
            }
        }
        return last;
    }

    /** Running median over the known values; where none is near, the overall median, or the fallback. */
    private static double[] median(double[] values, int reach, double fallback) {
        double[] known = Arrays.stream(values).filter(Double::isFinite).sorted().toArray();
        double overall = known.length == 0 ? fallback : known[known.length / 2];
        double[] result = new double[values.length];
        for (int k = 0; k < values.length; k++) {
            double[] near = Arrays.stream(values, Math.max(0, k - reach), Math.min(values.length, k + reach + 1))
                    .filter(Double::isFinite)
                    .sorted()
                    .toArray();
            result[k] = near.length == 0 ? overall : near[near.length / 2];
        }
        return result;
    }
}
