package org.reg2rg.segment;

import java.util.stream.IntStream;
import org.reg2rg.ct.Affine;
import org.reg2rg.ct.CtVolume;
import org.reg2rg.ct.Grid;
import org.reg2rg.ct.GridSize;
import org.reg2rg.ct.Orientation;
import org.reg2rg.ct.RegionMask;
import org.reg2rg.ct.morphology.Box;
import org.reg2rg.ct.morphology.VoxelSet;

/**
 * The CT as anatomy wants it: cubic voxels, axis 0 to the patient's right, axis 1 to the front, axis 2 to the head,
 * whatever the array of the file looks like. Everything is found on such a grid and carried back at the end.
 *
 * @param grid cubic voxels along the world axes
 * @param hu HU averaged over each voxel, air (−1024) where the scan does not reach
 */
@SuppressWarnings("ArrayRecordComponent")
record WorkVolume(Grid grid, float[] hu) {
    static final float AIR = -1024;
    /** Values below are padding outside the scanner's field, whatever number a vendor writes there. */
    private static final float PADDING = -1500;

    /** The whole CT on voxels of {@code mm}. */
    static WorkVolume of(CtVolume ct, double mm) {
        double[] low = {Double.MAX_VALUE, Double.MAX_VALUE, Double.MAX_VALUE};
        double[] high = {-Double.MAX_VALUE, -Double.MAX_VALUE, -Double.MAX_VALUE};
        GridSize size = ct.size();
        for (int corner = 0; corner < 8; corner++) {
            double[] world = ct.grid()
                    .toWorld()
                    .apply(
                            (corner & 1) == 0 ? -0.5 : size.x() - 0.5,
                            (corner & 2) == 0 ? -0.5 : size.y() - 0.5,
                            (corner & 4) == 0 ? -0.5 : size.z() - 0.5);
            for (int axis = 0; axis < 3; axis++) {
                low[axis] = Math.min(low[axis], world[axis]);
                high[axis] = Math.max(high[axis], world[axis]);
            }
        }
        return of(ct, low, high, mm);
    }

    /** A box of the CT, from one world corner to the other, on voxels of {@code mm}. */
    static WorkVolume of(CtVolume ct, double[] low, double[] high, double mm) {
        int[] n = new int[3];
        for (int axis = 0; axis < 3; axis++) {
            n[axis] = Math.max(1, (int) Math.round((high[axis] - low[axis]) / mm));
        }
        double[] m = {
            mm, 0, 0, low[0] + mm / 2, 0, mm, 0, low[1] + mm / 2, 0, 0, mm, low[2] + mm / 2,
        };
        Grid grid = new Grid(new GridSize(n[0], n[1], n[2]), new Affine(m));
        return new WorkVolume(grid, sample(ct, grid, mm));
    }

    /** Mean of trilinear samples spread over each voxel, as many as the CT is finer than the grid. */
    private static float[] sample(CtVolume ct, Grid grid, double mm) {
        Affine toIndex = ct.grid().toWorld().inverse();
        double[][] spread = spread(ct, toIndex, mm);
        GridSize size = grid.size();
        float[] hu = new float[size.voxels()];
        IntStream.range(0, size.z()).parallel().forEach(k -> {
            for (int j = 0; j < size.y(); j++) {
                double[] world = grid.toWorld().apply(0, j, k);
                double[] at = toIndex.apply(world[0], world[1], world[2]);
                for (int i = 0; i < size.x(); i++) {
                    float sum = 0;
                    for (double[] step : spread) {
                        sum += at(
                                ct,
                                at[0] + i * mm * toIndex.at(0, 0) + step[0],
                                at[1] + i * mm * toIndex.at(1, 0) + step[1],
                                at[2] + i * mm * toIndex.at(2, 0) + step[2]);
                    }
                    hu[size.index(i, j, k)] = sum / spread.length;
                }
            }
        });
        return hu;
    }

    /** Index offsets of the samples of one voxel. */
    private static double[][] spread(CtVolume ct, Affine toIndex, double mm) {
        Orientation orientation = Orientation.of(ct.grid().toWorld());
        int[] n = new int[3];
        for (int world = 0; world < 3; world++) {
            double spacing = ct.grid().toWorld().spacing(orientation.arrayAxis(world));
            n[world] = (int) Math.clamp(Math.round(mm / spacing), 1, 2);
        }
        double[][] offsets = new double[n[0] * n[1] * n[2]][3];
        for (int s = 0; s < offsets.length; s++) {
            int[] part = {s % n[0], s / n[0] % n[1], s / (n[0] * n[1])};
            for (int row = 0; row < 3; row++) {
                for (int world = 0; world < 3; world++) {
                    offsets[s][row] += toIndex.at(row, world) * ((part[world] + 0.5) / n[world] - 0.5) * mm;
                }
            }
        }
        return offsets;
    }

    /** Trilinear value at a fractional index; the outermost half voxel is held, beyond is air. */
    private static float at(CtVolume ct, double x, double y, double z) {
        GridSize size = ct.size();
        if (x < -0.5 || y < -0.5 || z < -0.5 || x > size.x() - 0.5 || y > size.y() - 0.5 || z > size.z() - 0.5) {
            return AIR;
        }
        double cx = Math.clamp(x, 0, size.x() - 1);
        double cy = Math.clamp(y, 0, size.y() - 1);
        double cz = Math.clamp(z, 0, size.z() - 1);
        int i = Math.min((int) cx, Math.max(0, size.x() - 2));
        int j = Math.min((int) cy, Math.max(0, size.y() - 2));
        int k = Math.min((int) cz, Math.max(0, size.z() - 2));
        float fx = (float) (cx - i);
        float fy = (float) (cy - j);
        float fz = (float) (cz - k);
        int dx = size.x() > 1 ? 1 : 0;
        int dy = size.y() > 1 ? size.x() : 0;
        int dz = size.z() > 1 ? size.x() * size.y() : 0;
        int base = size.index(i, j, k);
        float[] hu = ct.hu();
        float low = plane(hu, base, dx, dy, fx, fy);
        float high = fz == 0 ? low : plane(hu, base + dz, dx, dy, fx, fy);
        return low + fz * (high - low);
    }

    private static float plane(float[] hu, int base, int dx, int dy, float fx, float fy) {
        float a = known(hu[base]) * (1 - fx) + known(hu[base + dx]) * fx;
        float b = known(hu[base + dy]) * (1 - fx) + known(hu[base + dx + dy]) * fx;
        return a * (1 - fy) + b * fy;
    }

    private static float known(float hu) {
        return hu < PADDING ? AIR : hu < AIR ? AIR : hu;
    }

    GridSize size() {
        return grid.size();
    }

    /** Each voxel the mean of the 3×3×3 around it, so that noise does not decide. */
    WorkVolume smoothed() {
        Join mean = (a, b, c) -> (a + b + c) / 3;
        float[] once = along(hu, 1, mean);
        float[] twice = along(once, size().x(), mean);
        return new WorkVolume(grid, along(twice, size().x() * size().y(), mean));
    }

    /** Each voxel the brightest of the 3×3×3 around it. */
    float[] peaks() {
        Join most = (a, b, c) -> Math.max(a, Math.max(b, c));
        float[] once = along(hu, 1, most);
        float[] twice = along(once, size().x(), most);
        return along(twice, size().x() * size().y(), most);
    }

    /** How a voxel and its two neighbours on an axis become one value. */
    private interface Join {
        float of(float before, float here, float after);
    }

    /** Joins three neighbours at a stride; at the ends of the array the voxel itself stands in. */
    private float[] along(float[] values, int stride, Join join) {
        GridSize size = size();
        int slice = size.x() * size.y();
        int n = stride == 1 ? size.x() : stride == size.x() ? size.y() : size.z();
        float[] result = new float[values.length];
        IntStream.range(0, size.z()).parallel().forEach(k -> {
            for (int j = 0; j < size.y(); j++) {
                int row = size.index(0, j, k);
                for (int i = 0; i < size.x(); i++) {
                    int at = row + i;
                    int position = stride == 1 ? i : stride == slice ? k : j;
                    float before = position > 0 ? values[at - stride] : values[at];
                    float after = position < n - 1 ? values[at + stride] : values[at];
                    result[at] = join.of(before, values[at], after);
                }
            }
        });
        return result;
    }

    double mm() {
        return grid.toWorld().at(0, 0);
    }

    double[] spacing() {
        return new double[] {mm(), mm(), mm()};
    }

    /** The voxels of low ≤ HU < high. */
    VoxelSet between(double low, double high) {
        return VoxelSet.where(size(), spacing(), n -> hu[n] >= low && hu[n] < high);
    }

    VoxelSet none() {
        return VoxelSet.empty(size(), spacing());
    }

    /** World coordinate of an index along axis 0, 1 or 2. */
    double world(int axis, double index) {
        return grid.toWorld().at(axis, 3) + index * mm();
    }

    /** Index along an axis of a world coordinate, not rounded and not bounded. */
    double index(int axis, double world) {
        return (world - grid.toWorld().at(axis, 3)) / mm();
    }

    /** The part of this volume in a box of its voxels. */
    WorkVolume cut(Box box) {
        GridSize part = box.size();
        float[] values = new float[part.voxels()];
        for (int k = 0; k < part.z(); k++) {
            for (int j = 0; j < part.y(); j++) {
                int from = size().index(box.from()[0], box.from()[1] + j, box.from()[2] + k);
                System.arraycopy(hu, from, values, part.index(0, j, k), part.x());
            }
        }
        double[] m = grid.toWorld().m().clone();
        for (int axis = 0; axis < 3; axis++) {
            m[4 * axis + 3] = world(axis, box.from()[axis]);
        }
        return new WorkVolume(new Grid(part, new Affine(m)), values);
    }

    /** A mask of the CT on this grid: a voxel is set where its centre lies in a mask voxel of at least one half. */
    VoxelSet take(RegionMask mask) {
        GridSize size = size();
        GridSize there = mask.grid().size();
        Affine toIndex = mask.grid().toWorld().inverse();
        return VoxelSet.where(size, spacing(), n -> {
            double x = world(0, n % size.x());
            double y = world(1, n / size.x() % size.y());
            double z = world(2, n / (size.x() * size.y()));
            int i = nearest(toIndex, 0, x, y, z);
            int j = nearest(toIndex, 1, x, y, z);
            int k = nearest(toIndex, 2, x, y, z);
            boolean inside = i >= 0 && j >= 0 && k >= 0 && i < there.x() && j < there.y() && k < there.z();
            return inside && mask.value(there.index(i, j, k)) >= 0.5f;
        });
    }

    private static int nearest(Affine toIndex, int row, double x, double y, double z) {
        return (int) Math.round(
                toIndex.at(row, 0) * x + toIndex.at(row, 1) * y + toIndex.at(row, 2) * z + toIndex.at(row, 3));
    }

    /** Carries a set of another grid of this kind to this one: a voxel is set where its centre lies in the set. */
    VoxelSet take(WorkVolume from, VoxelSet set) {
        GridSize size = size();
        return VoxelSet.where(size, spacing(), n -> {
            int i = (int) Math.round(from.index(0, world(0, n % size.x())));
            int j = (int) Math.round(from.index(1, world(1, n / size.x() % size.y())));
            int k = (int) Math.round(from.index(2, world(2, n / (size.x() * size.y()))));
            return set.get(i, j, k);
        });
    }
}
