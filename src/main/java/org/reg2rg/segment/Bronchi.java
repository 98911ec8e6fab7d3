package org.reg2rg.segment;

import java.util.stream.IntStream;
import org.reg2rg.ct.Bits;
import org.reg2rg.ct.GridSize;
import org.reg2rg.ct.morphology.VoxelSet;

/**
 * The bronchi within the lungs. Their air is no darker than lung, so a flood cannot follow them; what tells them is the
 * wall: whichever way one looks from within, but along the tube, something brighter is near on both sides.
 */
final class Bronchi {
    private static final double AIR_HU = -450;
    /** A wall thinner than a voxel is at least this much brighter than what it encloses. */
    private static final double WALL_HU = 90;
    /** Half a lobar bronchus that is cut obliquely. */
    private static final double REACH_MM = 7;
    /** Of 13 axes through a voxel; the others run along the tube. */
    private static final int ENCLOSED = 10;

    private static final double SMALLEST_ML = 0.05;
    /** How far a plug, a fork or a stretch too narrow for the voxels may part them from the rest of the tree. */
    private static final double GAP_MM = 6;

    private static final int ROUNDS = 8;
    private static final double WALL_MM = 1.3;

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
        VoxelSet tubes = new Bronchi(ct).tubes(tree).atLeast(SMALLEST_ML);
        VoxelSet reached = tree;
        int before = 0;
        for (int round = 0; round < ROUNDS; round++) {
            VoxelSet near = tubes.connectedTo(reached.dilate(GAP_MM));
            if (near.count() == before) {
                break;
            }
            before = near.count();
            reached = tree.or(near);
        }
        return reached.minus(tree).dilate(WALL_MM);
    }

    private VoxelSet tubes(VoxelSet tree) {
        GridSize size = ct.size();
        int slice = size.x() * size.y();
        boolean[][] inside = new boolean[size.z()][];
        IntStream.range(0, size.z()).parallel().forEach(k -> {
            inside[k] = new boolean[slice];
            for (int n = 0; n < slice; n++) {
                int at = k * slice + n;
                inside[k][n] = ct.hu()[at] < AIR_HU && !tree.contains(at) && enclosed(n % size.x(), n / size.x(), k);
            }
        });
        Bits bits = new Bits(size.voxels());
        for (int n = 0; n < size.voxels(); n++) {
            if (inside[n / slice][n % slice]) {
                bits.set(n);
            }
        }
        return new VoxelSet(size, ct.spacing(), bits);
    }

    private boolean enclosed(int i, int j, int k) {
        double wall = ct.hu()[ct.size().index(i, j, k)] + WALL_HU;
        int misses = 0;
        for (int[] axis : AXES) {
            double step = ct.mm() * Math.sqrt(axis[0] * axis[0] + axis[1] * axis[1] + axis[2] * axis[2]);
            int steps = (int) (REACH_MM / step);
            if (!(meets(i, j, k, axis, steps, wall) && meets(i, j, k, axis, -steps, wall))) {
                misses++;
                if (misses > AXES.length - ENCLOSED) {
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
