package org.reg2rg.segment;

import org.reg2rg.ct.GridSize;
import org.reg2rg.ct.morphology.VoxelSet;

/**
 * The bronchi within the lungs. Their air is no darker than lung, so a flood cannot follow them; what tells them is the
 * wall: whichever way one looks from within, but along the tube, something brighter is near on both sides. A tube is begun
 * where the wall is whole and followed to where it is thinner than the voxels and seems to have holes.
 */
final class Bronchi {
    private static final double AIR_HU = -450;
    /** A wall thinner than a voxel is at least this much brighter than what it encloses. */
    private static final double WALL_HU = 90;
    /** Half a bronchus that is cut straight. */
    private static final double NEAR_MM = 5;
    /** Half a lobar bronchus that is cut obliquely. */
    private static final double REACH_MM = 7;
    /** Of 13 axes through a voxel; one or two run along the tube. */
    private static final int WHOLE_WALL = 11;
    /** Where the tube bends or forks, or its wall has holes. */
    private static final int TORN_WALL = 9;

    private static final double SMALLEST_ML = 0.02;
    /** How far a fork or a stretch too narrow for the voxels may part them from each other. */
    private static final double GAP_MM = 9;
    /** How far a plug, or the mouth of a lobar bronchus that the flood did not enter, parts them from the tree. */
    private static final double PLUG_MM = 16;

    private static final int ROUNDS = 8;
    /** From the air well within a tube to the outside of its wall. */
    private static final double WALL_MM = 2.2;

    private static final int[][] AXES = {
        {1, 0, 0},
        {0, 1, 0},
        {0, 0, 1},
        {1, 1, 0},
        {1, -1, 0},
        {1, 0, 1},
        {1, 0, -1},
        {0, 1, 1},
        {0, 1, -1},
        {1, 1, 1},
        {1, 1, -1},
        {1, -1, 1},
        {-1, 1, 1}
    };

    private final WorkVolume ct;

    private Bronchi(WorkVolume ct) {
        this.ct = ct;
    }

    /** The bronchi with their wall that go on from a tree. */
    static VoxelSet beyond(WorkVolume ct, VoxelSet tree) {
        VoxelSet tubes = new Bronchi(ct).tubes(tree);
        VoxelSet reached = tree;
        int before = 0;
        for (int round = 0; round < ROUNDS; round++) {
            VoxelSet near = tubes.connectedTo(reached.dilate(round == 0 ? PLUG_MM : GAP_MM));
            if (near.count() == before) {
                break;
            }
            before = near.count();
            reached = tree.or(near);
        }
        return reached.minus(tree).dilate(WALL_MM);
    }

    private VoxelSet tubes(VoxelSet tree) {
        VoxelSet air = VoxelSet.where(ct.size(), ct.spacing(), n -> ct.hu()[n] < AIR_HU && !tree.contains(n));
        VoxelSet torn = air.filter(n -> walled(n, REACH_MM, TORN_WALL));
        VoxelSet whole = torn.filter(n -> walled(n, NEAR_MM, WHOLE_WALL));
        return torn.connectedTo(whole.atLeast(SMALLEST_ML));
    }

    /** Whether a wall is met within some mm both ways on so many axes. */
    private boolean walled(int n, double reach, int axes) {
        int i = n % ct.size().x();
        int j = n / ct.size().x() % ct.size().y();
        int k = n / (ct.size().x() * ct.size().y());
        double wall = ct.hu()[n] + WALL_HU;
        int misses = 0;
        for (int[] axis : AXES) {
            double step = ct.mm() * Math.sqrt(axis[0] * axis[0] + axis[1] * axis[1] + axis[2] * axis[2]);
            int steps = (int) (reach / step);
            if (!(meets(i, j, k, axis, steps, wall) && meets(i, j, k, axis, -steps, wall))) {
                misses++;
                if (misses > AXES.length - axes) {
                    return false;
                }
            }
        }
        return true;
    }

    /** Whether a wall is met within some steps along an axis; against it if they are negative. */
    @SuppressWarnings("TooManyParameters")
    private boolean meets(int i, int j, int k, int[] axis, int steps, double wall) {
        GridSize size = ct.size();
        int way = Integer.signum(steps);
        for (int s = 1; s <= Math.abs(steps); s++) {
            int x = i + way * s * axis[0];
            int y = j + way * s * axis[1];
            int z = k + way * s * axis[2];
            if (x < 0 || y < 0 || z < 0 || x >= size.x() || y >= size.y() || z >= size.z()) {
                return false;
            }
            if (ct.hu()[size.index(x, y, z)] > wall) {
                return true;
            }
        }
        return false;
    }
}
