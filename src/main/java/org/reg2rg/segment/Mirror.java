package org.reg2rg.segment;

import org.reg2rg.ct.Bits;
import org.reg2rg.ct.GridSize;
import org.reg2rg.ct.RegionMask;
import org.reg2rg.ct.morphology.VoxelSet;

/** Turns masks round and moves them. */
final class Mirror {
    private Mirror() {}

    /** The mask with one array axis running the other way. */
    static RegionMask of(RegionMask mask, int axis) {
        Bits bits = MaskComparison.bits(mask);
        GridSize size = mask.grid().size();
        Bits result = new Bits(bits.size());
        for (int n = bits.nextSet(0); n >= 0; n = bits.nextSet(n + 1)) {
            int i = n % size.x();
            int j = n / size.x() % size.y();
            int k = n / (size.x() * size.y());
            result.set(size.index(
                    axis == 0 ? size.x() - 1 - i : i,
                    axis == 1 ? size.y() - 1 - j : j,
                    axis == 2 ? size.z() - 1 - k : k));
        }
        return new RegionMask.Binary(mask.grid(), result);
    }

    /** Steps in voxels that bring the middle of one set onto that of another. */
    static int[] shift(VoxelSet from, VoxelSet to) {
        double[] a = from.centre();
        double[] b = to.centre();
        return new int[] {
            (int) Math.round(b[0] - a[0]), (int) Math.round(b[1] - a[1]), (int) Math.round(b[2] - a[2]),
        };
    }

    /** The set moved by whole voxels; what leaves the grid is lost. */
    static VoxelSet moved(VoxelSet set, int[] steps) {
        GridSize size = set.size();
        VoxelSet moved = VoxelSet.empty(size, set.mm());
        for (int n = set.bits().nextSet(0); n >= 0; n = set.bits().nextSet(n + 1)) {
            int i = n % size.x() + steps[0];
            int j = n / size.x() % size.y() + steps[1];
            int k = n / (size.x() * size.y()) + steps[2];
            if (i >= 0 && j >= 0 && k >= 0 && i < size.x() && j < size.y() && k < size.z()) {
                moved.bits().set(size.index(i, j, k));
            }
        }
        return moved;
    }
}
