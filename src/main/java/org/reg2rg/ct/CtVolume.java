package org.reg2rg.ct;

/**
 * One CT volume in Hounsfield units.
 *
 * @param grid size and place
 * @param hu values in NIfTI order, length {@code grid.size().voxels()}; all finite
 */
@SuppressWarnings("ArrayRecordComponent") // volumes are never compared with equals
public record CtVolume(Grid grid, float[] hu) {
    public CtVolume {
        if (hu.length != grid.size().voxels()) {
            throw new IllegalArgumentException(
                    "volume of " + grid.size() + " needs " + grid.size().voxels() + " values, got " + hu.length);
        }
    }

    public GridSize size() {
        return grid.size();
    }

    public float at(int i, int j, int k) {
        return hu[grid.size().index(i, j, k)];
    }
}
