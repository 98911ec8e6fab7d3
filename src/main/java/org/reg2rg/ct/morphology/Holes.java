package org.reg2rg.ct.morphology;

import org.reg2rg.ct.GridSize;
import org.reg2rg.ct.morphology.Components.Neighbours;

/** Finds what is enclosed: the parts of the background that do not reach the edge. */
final class Holes {
    private Holes() {}

    static VoxelSet fill(VoxelSet set, boolean slices) {
        GridSize size = set.size();
        VoxelSet background = set.complement();
        Components parts = slices
                ? Components.perSlice(background.bits(), size, Neighbours.FACES)
                : Components.of(background.bits(), size, Neighbours.FACES);
        boolean[] open = new boolean[parts.count()];
        parts.forEachRun((component, start, end) -> {
            int row = start / size.x();
            int j = row % size.y();
            int k = row / size.y();
            boolean edge = start % size.x() == 0 || end % size.x() == 0 || j == 0 || j == size.y() - 1;
            open[component] |= edge || !slices && (k == 0 || k == size.z() - 1);
        });
        return set.or(new VoxelSet(size, set.mm(), parts.select(c -> !open[c])));
    }
}
