package org.reg2rg.ct;

/** Takes the voxels of a file as they are read, in NIfTI order, so that no second copy of a volume is needed. */
@FunctionalInterface
public interface VoxelSink {
    /**
     * @param start index of {@code values[0]} in the volume
     * @param values scaled values; only the first {@code count} count, and the array is used again for the next call
     */
    void accept(int start, float[] values, int count);
}
