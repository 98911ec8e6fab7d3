package org.reg2rg.ct;

/** Number of voxels along array axes 0, 1 and 2. */
public record GridSize(int x, int y, int z) {
    /** The longest array that every Java machine can make. */
    public static final int MOST_VOXELS = Integer.MAX_VALUE - 8;

    public GridSize {
        if (x < 1 || y < 1 || z < 1) {
            throw new IllegalArgumentException("every axis needs at least one voxel, got " + x + "×" + y + "×" + z);
        }
        if ((long) x * y > MOST_VOXELS || (long) x * y * z > MOST_VOXELS) {
            throw new IllegalArgumentException(x + "×" + y + "×" + z + " voxels do not fit one Java array");
        }
    }

    public int voxels() {
        return x * y * z;
    }

    /** Index of voxel (i, j, k) in an array of this size. */
    public int index(int i, int j, int k) {
        return i + x * (j + y * k);
    }

    /** Size of axis 0, 1 or 2. */
    public int along(int axis) {
        return switch (axis) {
            case 0 -> x;
            case 1 -> y;
            case 2 -> z;
            default -> throw new IllegalArgumentException("axis " + axis);
        };
    }

    @Override
    public String toString() {
        return x + "×" + y + "×" + z;
    }
}
