package org.reg2rg.ct.morphology;

import java.util.function.UnaryOperator;
import org.reg2rg.ct.Bits;
import org.reg2rg.ct.GridSize;

/** A box of voxels: from the first to one past the last on each axis. */
@SuppressWarnings("ArrayRecordComponent")
public record Box(int[] from, int[] to) {

    /** The box of a set; of an empty set a box without voxels. */
    public static Box of(VoxelSet set) {
        GridSize size = set.size();
        int[] from = {size.x(), size.y(), size.z()};
        int[] to = new int[3];
        Bits bits = set.bits();
        for (int row = 0; row < size.y() * size.z(); row++) {
            int start = row * size.x();
            int first = bits.nextSet(start);
            if (first < 0) {
                break;
            }
            if (first >= start + size.x()) {
                row = first / size.x() - 1;
                continue;
            }
            int last = start + size.x() - 1;
            while (!bits.get(last)) {
                last--;
            }
            grow(from, to, 0, first - start, last - start);
            grow(from, to, 1, row % size.y(), row % size.y());
            grow(from, to, 2, row / size.y(), row / size.y());
        }
        return to[0] == 0 ? new Box(new int[3], new int[3]) : new Box(from, to);
    }

    private static void grow(int[] from, int[] to, int axis, int low, int high) {
        from[axis] = Math.min(from[axis], low);
        to[axis] = Math.max(to[axis], high + 1);
    }

    /** The box of a set with a margin in mm, cut at the edge of the grid. */
    public static Box around(VoxelSet set, double margin) {
        Box tight = of(set);
        int[] from = new int[3];
        int[] to = new int[3];
        for (int axis = 0; axis < 3; axis++) {
            int extra = (int) Math.ceil(margin / set.mm()[axis]) + 1;
            from[axis] = Math.max(0, tight.from[axis] - extra);
            to[axis] = Math.min(set.size().along(axis), tight.to[axis] + extra);
        }
        return new Box(from, to);
    }

    public boolean isEmpty() {
        return to[0] <= from[0] || to[1] <= from[1] || to[2] <= from[2];
    }

    public GridSize size() {
        return new GridSize(to[0] - from[0], to[1] - from[1], to[2] - from[2]);
    }

    /** Cuts the set to this box, works on the piece, and puts the result back on the grid of the set. */
    VoxelSet map(VoxelSet set, UnaryOperator<VoxelSet> work) {
        GridSize whole = set.size();
        GridSize part = size();
        if (part.equals(whole)) {
            return work.apply(set);
        }
        VoxelSet done = work.apply(cut(set));
        var back = new Bits(whole.voxels());
        copy(done.bits(), whole, back, part, false);
        return new VoxelSet(whole, set.mm(), back);
    }

    /** The part of a set in this box, on a grid of the box's size. */
    public VoxelSet cut(VoxelSet set) {
        var cut = new Bits(size().voxels());
        copy(set.bits(), set.size(), cut, size(), true);
        return new VoxelSet(size(), set.mm(), cut);
    }

    private void copy(Bits source, GridSize whole, Bits target, GridSize part, boolean cutting) {
        for (int k = 0; k < part.z(); k++) {
            for (int j = 0; j < part.y(); j++) {
                int inWhole = whole.index(from[0], from[1] + j, from[2] + k);
                int inPart = part.index(0, j, k);
                int read = cutting ? inWhole : inPart;
                int write = cutting ? inPart : inWhole;
                for (int at = source.nextSet(read); at >= 0 && at < read + part.x(); at = source.nextSet(at + 1)) {
                    target.set(write + at - read);
                }
            }
        }
    }
}
