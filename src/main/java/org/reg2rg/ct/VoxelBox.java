package org.reg2rg.ct;

/** A block of voxels: start inclusive, end exclusive, per array axis. */
public record VoxelBox(int x0, int y0, int z0, int x1, int y1, int z1) {
    public VoxelBox {
        if (x0 < 0 || y0 < 0 || z0 < 0 || x1 <= x0 || y1 <= y0 || z1 <= z0) {
            throw new IllegalArgumentException(
                    "no box: [" + x0 + ", " + y0 + ", " + z0 + "] to [" + x1 + ", " + y1 + ", " + z1 + ")");
        }
    }

    public static VoxelBox whole(GridSize size) {
        return new VoxelBox(0, 0, 0, size.x(), size.y(), size.z());
    }

    public GridSize size() {
        return new GridSize(x1 - x0, y1 - y0, z1 - z0);
    }

    public int[] start() {
        return new int[] {x0, y0, z0};
    }

    public int[] end() {
        return new int[] {x1, y1, z1};
    }

    /** Whether the box reaches the first or last voxel of some axis. */
    public boolean touchesBorder(GridSize size) {
        return x0 == 0 || y0 == 0 || z0 == 0 || x1 == size.x() || y1 == size.y() || z1 == size.z();
    }

    /** The smallest box that holds both. */
    public VoxelBox union(VoxelBox other) {
        return new VoxelBox(
                Math.min(x0, other.x0),
                Math.min(y0, other.y0),
                Math.min(z0, other.z0),
                Math.max(x1, other.x1),
                Math.max(y1, other.y1),
                Math.max(z1, other.z1));
    }
}
