package org.reg2rg.data;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.SequencedMap;
import org.reg2rg.ct.Region;
import org.reg2rg.ct.VoxelBox;

/**
 * One study as a model reads it, in plain Java.
 *
 * <p>Every array is row-major [x, y, z] over the axes of the NIfTI array (z varies fastest: index =
 * (x · ny + y) · nz + z), so that it becomes a tensor [1, x, y, z] without any transpose. There is one channel; the
 * published model repeats it three times.
 *
 * @param spec the sizes
 * @param global whole CT, cropped to {@code globalBox}, values in [−1, 1]
 * @param globalBox box of all voxels above −1000 HU
 * @param regions what is to be reported, in the order of the masks
 * @param dropped regions with a mask that cannot be reported, with the reason
 */
@SuppressWarnings("ArrayRecordComponent") // inputs are never compared with equals
public record StudyInput(
        InputSpec spec,
        float[] global,
        VoxelBox globalBox,
        SequencedMap<Region, RegionInput> regions,
        Map<Region, String> dropped) {
    public StudyInput {
        regions = Collections.unmodifiableSequencedMap(new LinkedHashMap<>(regions));
        dropped = Collections.unmodifiableMap(new LinkedHashMap<>(dropped));
    }
}
