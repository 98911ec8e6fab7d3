package org.reg2rg.ct.morphology;

import java.util.List;
import java.util.function.IntPredicate;
import java.util.stream.IntStream;
import org.reg2rg.ct.Bits;
import org.reg2rg.ct.Grid;
import org.reg2rg.ct.GridSize;
import org.reg2rg.ct.morphology.Components.Neighbours;

/**
 * A set of voxels on a grid; every operation answers a new set. Lengths are in mm, balls are exact (by distance, so the
 * spacing may differ along the axes). Beyond the edge of the grid there is nothing: no voxel is set there, but erosion
 * does not eat from the edge, since anatomy that the scan cuts goes on behind it.
 */
@SuppressWarnings("ArrayRecordComponent") // sets are compared by content in tests
public record VoxelSet(GridSize size, double[] mm, Bits bits) {
    /** Larger balls are cheaper by distance. */
    private static final int MOST_RODS = 3000;

    public static VoxelSet empty(GridSize size, double[] mm) {
        return new VoxelSet(size, mm, new Bits(size.voxels()));
    }

    public static VoxelSet empty(Grid grid) {
        return empty(grid.size(), grid.spacing());
    }

    /** The voxels whose index passes; slices are asked in parallel. */
    public static VoxelSet where(GridSize size, double[] mm, IntPredicate inside) {
        long[][] words = new long[size.z()][];
        int slice = size.x() * size.y();
        var bits = new Bits(size.voxels());
        IntStream.range(0, size.z()).parallel().forEach(k -> {
            long[] w = new long[(slice + 63) >>> 6];
            for (int n = 0; n < slice; n++) {
                if (inside.test(k * slice + n)) {
                    w[n >>> 6] |= 1L << (n & 63);
                }
            }
            words[k] = w;
        });
        for (int k = 0; k < size.z(); k++) {
            for (int w = 0; w < words[k].length; w++) {
                for (long word = words[k][w]; word != 0; word &= word - 1) {
                    bits.set(k * slice + (w << 6) + Long.numberOfTrailingZeros(word));
                }
            }
        }
        return new VoxelSet(size, mm, bits);
    }

    /** The set of this grid whose voxels pass. */
    public VoxelSet filter(IntPredicate keep) {
        return where(size, mm, index -> bits.get(index) && keep.test(index));
    }

    public boolean get(int i, int j, int k) {
        return i >= 0
                && j >= 0
                && k >= 0
                && i < size.x()
                && j < size.y()
                && k < size.z()
                && bits.get(size.index(i, j, k));
    }

    public boolean contains(int index) {
        return bits.get(index);
    }

    public int count() {
        return bits.count();
    }

    public boolean isEmpty() {
        return bits.nextSet(0) < 0;
    }

    public double millilitres() {
        return count() * mm[0] * mm[1] * mm[2] / 1000;
    }

    public VoxelSet or(VoxelSet other) {
        Bits result = bits.copy();
        result.or(other.bits);
        return with(result);
    }

    public VoxelSet and(VoxelSet other) {
        Bits result = bits.copy();
        result.and(other.bits);
        return with(result);
    }

    public VoxelSet minus(VoxelSet other) {
        Bits result = bits.copy();
        result.andNot(other.bits);
        return with(result);
    }

    public VoxelSet complement() {
        Bits result = bits.copy();
        result.flip();
        return with(result);
    }

    private VoxelSet with(Bits other) {
        return new VoxelSet(size, mm, other);
    }

    /** Distance in mm, squared, of every voxel to this set. */
    public float[] squaredDistance() {
        return DistanceMap.squared(bits, size, mm);
    }

    /** All voxels within {@code radius} mm of the set. */
    public VoxelSet dilate(double radius) {
        if (isEmpty()) {
            return this;
        }
        return Box.around(this, radius).map(this, part -> within(part, radius));
    }

    /** The voxels whose ball of {@code radius} mm lies in the set as far as the grid goes. */
    public VoxelSet erode(double radius) {
        if (isEmpty()) {
            return this;
        }
        return Box.around(this, mm[0] + mm[1] + mm[2]).map(this, part -> {
            VoxelSet outside = within(part.complement(), radius);
            return outside.complement();
        });
    }

    private static VoxelSet within(VoxelSet set, double radius) {
        if (set.isEmpty()) {
            return set;
        }
        int[][] rods = BallDilation.rods(radius, set.mm);
        if (rods.length <= MOST_RODS) {
            return BallDilation.dilate(set, rods);
        }
        float[] distance = set.squaredDistance();
        float limit = (float) (radius * radius * (1 + 1e-6));
        return where(set.size, set.mm, index -> distance[index] <= limit);
    }

    /** Removes what is thinner than a ball. */
    public VoxelSet open(double radius) {
        return erode(radius).dilate(radius);
    }

    /** Fills what a ball outside the set cannot reach. */
    public VoxelSet close(double radius) {
        if (isEmpty()) {
            return this;
        }
        return Box.around(this, radius + 2 * (mm[0] + mm[1] + mm[2]))
                .map(
                        this,
                        part -> within(within(part, radius).complement(), radius)
                                .complement());
    }

    public Components components(Neighbours neighbours) {
        return Components.of(bits, size, neighbours);
    }

    /** Each part that hangs together through faces, for itself. */
    public List<VoxelSet> parts() {
        Components parts = components(Neighbours.FACES);
        return IntStream.range(0, parts.count())
                .mapToObj(wanted -> with(parts.select(c -> c == wanted)))
                .toList();
    }

    /** The largest part that hangs together through faces; empty when the set is. */
    public VoxelSet largest() {
        return largest(1);
    }

    /** The {@code n} largest parts that hang together through faces. */
    public VoxelSet largest(int n) {
        Components parts = components(Neighbours.FACES);
        int[] order = parts.bySize();
        boolean[] keep = new boolean[parts.count()];
        for (int c = 0; c < Math.min(n, order.length); c++) {
            keep[order[c]] = true;
        }
        return with(parts.select(c -> keep[c]));
    }

    /** Drops parts smaller than a volume. */
    public VoxelSet atLeast(double millilitres) {
        Components parts = components(Neighbours.FACES);
        double voxel = mm[0] * mm[1] * mm[2] / 1000;
        return with(parts.select(c -> parts.voxels(c) * voxel >= millilitres));
    }

    /** The parts of this set that touch {@code seeds}. */
    public VoxelSet connectedTo(VoxelSet seeds) {
        Components parts = components(Neighbours.FACES);
        boolean[] keep = new boolean[parts.count()];
        parts.forEachRun((component, start, end) -> {
            if (!keep[component]) {
                int next = seeds.bits.nextSet(start);
                keep[component] = next >= 0 && next < end;
            }
        });
        return with(parts.select(c -> keep[c]));
    }

    /** Fills hollows that are closed in three dimensions. */
    public VoxelSet fillHoles() {
        return Holes.fill(this, false);
    }

    /** Fills hollows that are closed within a slice of axis 2; what the edge of the slice cuts counts as open. */
    public VoxelSet fillSlices() {
        return Holes.fill(this, true);
    }

    /** Mean index of the set voxels {i, j, k}; of an empty set the middle of the grid. */
    public double[] centre() {
        double[] sum = new double[3];
        long n = 0;
        for (int at = bits.nextSet(0); at >= 0; at = bits.nextSet(at + 1)) {
            sum[0] += at % size.x();
            sum[1] += at / size.x() % size.y();
            sum[2] += at / (size.x() * size.y());
            n++;
        }
        if (n == 0) {
            return new double[] {(size.x() - 1) / 2.0, (size.y() - 1) / 2.0, (size.z() - 1) / 2.0};
        }
        return new double[] {sum[0] / n, sum[1] / n, sum[2] / n};
    }
}
