package org.reg2rg.segment;

import org.reg2rg.ct.GridSize;
import org.reg2rg.ct.morphology.Components;
import org.reg2rg.ct.morphology.Components.Neighbours;
import org.reg2rg.ct.morphology.VoxelSet;

/** Finds the patient: skin and everything within, without table, blankets and the air around. */
final class Body {
    /** Fat (−100) and everything denser; foam of mattresses and clothes are below. */
    private static final double TISSUE_HU = -300;
    /** Table tops, tubes and folds of cloth are thinner than twice this; the chest wall is not. */
    private static final double SHELL_MM = 4;
    /** The chest wall may have gaps of this size where the erosion ate a thin patient's muscle. */
    private static final double WALL_GAP_MM = 10;

    private Body() {}

    /** Air of the room, where the edge of the field cuts the body and no skin closes it off. */
    private static final double ROOM_AIR_HU = -930;
    /** Smaller hollows at the edge are corners that the closing made, not lung. */
    private static final double CORNER_MM2 = 600;

    /** The body, lungs and gas included; empty where there is no patient. */
    static VoxelSet find(WorkVolume ct) {
        VoxelSet tissue = ct.between(TISSUE_HU, Double.MAX_VALUE);
        VoxelSet core = tissue.erode(SHELL_MM).largest();
        VoxelSet trunk = core.dilate(SHELL_MM + ct.mm()).and(tissue);
        VoxelSet closed = trunk.close(WALL_GAP_MM).fillSlices();
        return closed.minus(roomAir(ct, closed.minus(tissue)));
    }

    private static VoxelSet roomAir(WorkVolume ct, VoxelSet hollow) {
        GridSize size = ct.size();
        Components parts = Components.perSlice(hollow.bits(), size, Neighbours.FACES);
        boolean[] edge = new boolean[parts.count()];
        double[] sum = new double[parts.count()];
        parts.forEachRun((c, start, end) -> {
            int j = start / size.x() % size.y();
            edge[c] |= start % size.x() == 0 || end % size.x() == 0 || j == 0 || j == size.y() - 1;
            for (int n = start; n < end; n++) {
                sum[c] += ct.hu()[n];
            }
        });
        return new VoxelSet(
                size,
                ct.spacing(),
                parts.select(c -> edge[c]
                        && (sum[c] / parts.voxels(c) < ROOM_AIR_HU
                                || parts.voxels(c) * ct.mm() * ct.mm() < CORNER_MM2)));
    }
}
