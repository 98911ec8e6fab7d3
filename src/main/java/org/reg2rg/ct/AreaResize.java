package org.reg2rg.ct;

import java.util.Arrays;
import java.util.stream.IntStream;

/**
 * Resizing by box means (torch {@code interpolate(mode="area")} = adaptive average pooling, monai 1.3.0 {@code Resize}'s
 * default): output i is the mean of inputs ⌊i·n/N⌋ … ⌈(i+1)·n/N⌉−1 along each axis, for larger and smaller sizes alike.
 *
 * <p>The voxels are never copied: rows are summed over the z window, then the y window, then the x window. Blocks of
 * output slices are independent and computed in parallel; the result does not depend on the number of threads.
 */
public final class AreaResize {
    /** Output slices of one task; their values lie side by side in the result. */
    private static final int SLICES = 8;

    private static final int TILE = 16;

    private AreaResize() {}

    /** The input, row by row. */
    @FunctionalInterface
    public interface Rows {
        /**
         * Adds the values of {@code count} voxels along axis 0 to {@code sum[to…]}.
         *
         * @param at index of the first voxel in the whole volume, NIfTI order
         * @return false if all were zero and nothing was added
         */
        boolean add(int at, int count, float[] sum, int to);
    }

    /** What becomes of means before they are stored. */
    @FunctionalInterface
    public interface Finish {
        /** For means that are stored as they are. */
        Finish NONE = (means, from, end) -> {};

        /** Replaces means[from] … means[end − 1]; each by a function of itself alone. */
        void apply(float[] means, int from, int end);
    }

    /** Windows of one axis: output i covers inputs start[i] … end[i] − 1. */
    private record Windows(int[] start, int[] end) {
        static Windows of(int inputs, int outputs) {
            int[] start = new int[outputs];
            int[] end = new int[outputs];
            for (int i = 0; i < outputs; i++) {
                start[i] = (int) ((long) i * inputs / outputs);
                end[i] = (int) (((long) (i + 1) * inputs + outputs - 1) / outputs);
            }
            return new Windows(start, end);
        }

        int count(int i) {
            return end[i] - start[i];
        }
    }

    /**
     * Resizes the part {@code box} of a volume.
     *
     * @param full size of the volume that {@code rows} reads
     * @param target size of the result
     * @return row-major [x, y, z]: index = (x · target.y + y) · target.z + z, the order of a torch tensor whose axes are
     *     the array axes of the NIfTI file
     */
    public static float[] resize(GridSize full, VoxelBox box, GridSize target, Rows rows, Finish finish) {
        GridSize part = box.size();
        var job = new Job(
                full,
                box,
                target,
                new Windows[] {
                    Windows.of(part.x(), target.x()), Windows.of(part.y(), target.y()), Windows.of(part.z(), target.z())
                },
                rows,
                finish);
        float[] result = new float[target.voxels()];
        IntStream.range(0, (target.z() + SLICES - 1) / SLICES)
                .parallel()
                .forEach(block -> job.block(block * SLICES, Math.min(target.z(), (block + 1) * SLICES), result));
        return result;
    }

    private record Job(GridSize full, VoxelBox box, GridSize target, Windows[] windows, Rows rows, Finish finish) {

        void block(int from, int to, float[] result) {
            GridSize part = box.size();
            float[] plane = new float[part.x() * part.y()];
            boolean[] touched = new boolean[part.y()];
            float[] row = new float[part.x()];
            double[] running = new double[part.x() + 1];
            float[][] slices = new float[to - from][target.x() * target.y()];
            for (int k = from; k < to; k++) {
                sumSlices(k, plane, touched);
                for (int j = 0; j < target.y(); j++) {
                    boolean any = sumRows(j, plane, touched, row);
                    double scale = 1.0 / (windows[1].count(j) * windows[2].count(k));
                    means(row, any, scale, slices[k - from], j * target.x(), running);
                }
            }
            interleave(slices, from, result);
        }

        /** Sum over the z window of output slice k, for each voxel of the box's plane. */
        private void sumSlices(int k, float[] plane, boolean[] touched) {
            GridSize part = box.size();
            Arrays.fill(plane, 0);
            Arrays.fill(touched, false);
            for (int z = windows[2].start[k]; z < windows[2].end[k]; z++) {
                for (int y = 0; y < part.y(); y++) {
                    int at = full.index(box.x0(), box.y0() + y, box.z0() + z);
                    touched[y] |= rows.add(at, part.x(), plane, y * part.x());
                }
            }
        }

        /** Sum over the y window of output row j. */
        private boolean sumRows(int j, float[] plane, boolean[] touched, float[] row) {
            boolean any = false;
            for (int y = windows[1].start[j]; y < windows[1].end[j]; y++) {
                if (!touched[y]) {
                    continue;
                }
                int at = y * row.length;
                if (any) {
                    for (int x = 0; x < row.length; x++) {
                        row[x] += plane[at + x];
                    }
                } else {
                    System.arraycopy(plane, at, row, 0, row.length);
                    any = true;
                }
            }
            return any;
        }

        /** Means over the x windows, finished; from running sums, which are exact enough in double. */
        private void means(float[] row, boolean any, double scale, float[] out, int at, double[] running) {
            int end = at + target.x();
            if (any) {
                double sum = 0;
                for (int x = 0; x < row.length; x++) {
                    sum += row[x];
                    running[x + 1] = sum;
                }
                for (int i = 0; i < target.x(); i++) {
                    double window = running[windows[0].end[i]] - running[windows[0].start[i]];
                    out[at + i] = (float) (window * scale / windows[0].count(i));
                }
            } else {
                Arrays.fill(out, at, end, 0);
            }
            finish.apply(out, at, end);
        }

        /** Slices [y][x] → result [x][y][z], in tiles that stay in the cache. */
        private void interleave(float[][] slices, int from, float[] result) {
            for (int x0 = 0; x0 < target.x(); x0 += TILE) {
                for (int y0 = 0; y0 < target.y(); y0 += TILE) {
                    for (int x = x0; x < Math.min(target.x(), x0 + TILE); x++) {
                        for (int y = y0; y < Math.min(target.y(), y0 + TILE); y++) {
                            int to = (x * target.y() + y) * target.z() + from;
                            for (int k = 0; k < slices.length; k++) {
                                result[to + k] = slices[k][y * target.x() + x];
                            }
                        }
                    }
                }
            }
        }
    }
}
