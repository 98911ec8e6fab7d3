package org.reg2rg.data;

import org.reg2rg.ct.GridSize;
import org.reg2rg.ct.VoxelBox;

/**
 * One region as a model reads it.
 *
 * @param texture masked and cropped CT, values in [−1, 1], row-major [x, y, z] (see {@link StudyInput})
 * @param textureSize its size
 * @param mask factors in [0, 1] on the box of the whole volume, row-major [x, y, z]; fractional, as published
 * @param box the part of the CT that {@code texture} shows, in voxels of the CT that was preprocessed
 */
@SuppressWarnings("ArrayRecordComponent") // inputs are never compared with equals
public record RegionInput(float[] texture, GridSize textureSize, float[] mask, VoxelBox box) {}
