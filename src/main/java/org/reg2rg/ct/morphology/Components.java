package org.reg2rg.ct.morphology;

import java.util.Arrays;
import java.util.Comparator;
import java.util.stream.IntStream;
import org.reg2rg.ct.Bits;
import org.reg2rg.ct.GridSize;

/**
 * The connected parts of a set of voxels. Rows are read as runs of set voxels, and runs that touch are united, so the
 * work grows with the number of runs and not of voxels.
 */
public final class Components {
    private final GridSize size;
    private final int[] runStart;
    private final int[] runEnd;
    private final int[] runComponent;
    private final int[] voxels;

    private Components(GridSize size, int[] runStart, int[] runEnd, int[] runComponent, int[] voxels) {
        this.size = size;
        this.runStart = runStart;
        this.runEnd = runEnd;
        this.runComponent = runComponent;
        this.voxels = voxels;
    }

    /** Which voxels touch: those that share a face, or also those that share an edge or a corner. */
    public enum Neighbours {
        FACES,
        FACES_EDGES_CORNERS
    }

    /** The parts of {@code set} in three dimensions. */
    public static Components of(Bits set, GridSize size, Neighbours neighbours) {
        var runs = new Runs(set, size);
        runs.unite(neighbours == Neighbours.FACES ? 0 : 1, true);
        return runs.finish();
    }

    /** The parts of each slice {@code k} for itself: voxels of different slices never belong together. */
    public static Components perSlice(Bits set, GridSize size, Neighbours neighbours) {
        var runs = new Runs(set, size);
        runs.unite(neighbours == Neighbours.FACES ? 0 : 1, false);
        return runs.finish();
    }

    public int count() {
        return voxels.length;
    }

    /** Number of voxels of a component; components are numbered in the order of their first voxel. */
    public int voxels(int component) {
        return voxels[component];
    }

    /** The component numbers, largest first; equals in the order of their number. */
    public int[] bySize() {
        return IntStream.range(0, voxels.length)
                .boxed()
                .sorted(Comparator.comparingInt((Integer c) -> -voxels[c]))
                .mapToInt(Integer::intValue)
                .toArray();
    }

    /** The voxels of the components that {@code keep} names. */
    public Bits select(java.util.function.IntPredicate keep) {
        var bits = new Bits(size.voxels());
        boolean[] kept = new boolean[voxels.length];
        for (int c = 0; c < kept.length; c++) {
            kept[c] = keep.test(c);
        }
        for (int r = 0; r < runStart.length; r++) {
            if (kept[runComponent[r]]) {
                bits.set(runStart[r], runEnd[r]);
            }
        }
        return bits;
    }

    /** A walker over the runs of set voxels along axis 0. */
    @FunctionalInterface
    public interface RunVisitor {
        /** @param end one past the last voxel of the run */
        void visit(int component, int start, int end);
    }

    /** Shows every run with its component, in the order of the array. */
    public void forEachRun(RunVisitor visitor) {
        for (int r = 0; r < runStart.length; r++) {
            visitor.visit(runComponent[r], runStart[r], runEnd[r]);
        }
    }

    /** The runs of a volume while they are being united. */
    private static final class Runs {
        private final GridSize size;
        private int[] start = new int[1024];
        private int[] end = new int[1024];
        private int[] parent = new int[0];
        private int count;
        /** First run of each row (y, z); one more entry closes the last row. */
        private final int[] rowFirst;

        Runs(Bits set, GridSize size) {
            this.size = size;
            this.rowFirst = new int[size.y() * size.z() + 1];
            for (int row = 0; row < size.y() * size.z(); row++) {
                rowFirst[row] = count;
                read(set, row * size.x(), (row + 1) * size.x());
            }
            rowFirst[size.y() * size.z()] = count;
        }

        private void read(Bits set, int from, int to) {
            int at = set.nextSet(from);
            while (at >= 0 && at < to) {
                int stop = at + 1;
                while (stop < to && set.get(stop)) {
                    stop++;
                }
                if (count == start.length) {
                    start = Arrays.copyOf(start, 2 * count);
                    end = Arrays.copyOf(end, 2 * count);
                }
                start[count] = at;
                end[count] = stop;
                count++;
                at = stop >= to ? -1 : set.nextSet(stop);
            }
        }

        void unite(int reach, boolean acrossSlices) {
            parent = IntStream.range(0, count).toArray();
            for (int k = 0; k < size.z(); k++) {
                for (int j = 0; j < size.y(); j++) {
                    int row = j + size.y() * k;
                    if (j > 0) {
                        unite(row, row - 1, reach);
                    }
                    if (k > 0 && acrossSlices) {
                        int below = row - size.y();
                        unite(row, below, reach);
                        if (reach > 0 && j > 0) {
                            unite(row, below - 1, reach);
                        }
                        if (reach > 0 && j < size.y() - 1) {
                            unite(row, below + 1, reach);
                        }
                    }
                }
            }
        }

        /** Unites the runs of two rows that overlap, or come within {@code reach} voxels. */
        private void unite(int row, int other, int reach) {
            int a = rowFirst[row];
            int b = rowFirst[other];
            int shift = (row - other) * size.x();
            while (a < rowFirst[row + 1] && b < rowFirst[other + 1]) {
                if (end[a] + reach <= start[b] + shift) {
                    a++;
                } else if (end[b] + shift + reach <= start[a]) {
                    b++;
                } else {
                    join(a, b);
                    if (end[a] < end[b] + shift) {
                        a++;
                    } else {
                        b++;
                    }
                }
            }
        }

        private int root(int r) {
            int at = r;
            while (parent[at] != at) {
                parent[at] = parent[parent[at]];
                at = parent[at];
            }
            return at;
        }

        private void join(int a, int b) {
            int ra = root(a);
            int rb = root(b);
            parent[Math.max(ra, rb)] = Math.min(ra, rb);
        }

        Components finish() {
            int[] component = new int[count];
            int[] number = new int[count];
            int[] sizes = new int[count];
            int found = 0;
            for (int r = 0; r < count; r++) {
                int root = root(r);
                if (root == r) {
                    number[r] = found++;
                }
                component[r] = number[root];
                sizes[component[r]] += end[r] - start[r];
            }
            return new Components(
                    size,
                    Arrays.copyOf(start, count),
                    Arrays.copyOf(end, count),
                    component,
                    Arrays.copyOf(sizes, found));
        }
    }
}
