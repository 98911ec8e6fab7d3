package org.reg2rg.model;

import java.util.List;
import org.bytedeco.pytorch.Tensor;
import org.reg2rg.ct.GridSize;
import org.reg2rg.ct.Region;
import org.reg2rg.tensor.Tensors;

/**
 * One study as the model reads it, in plain Java; regions in the order of their slots.
 *
 * @param global the whole volume
 * @param regions what is to be reported
 */
public record StudyVolumes(Voxels global, List<RegionVolumes> regions) {
    public StudyVolumes {
        regions = List.copyOf(regions);
        if (regions.isEmpty()) {
            throw new IllegalArgumentException("a study needs at least one region");
        }
    }

    /**
     * The same with its regions in another order of slots, or some of them only.
     *
     * @throws IllegalArgumentException if one of them is not there
     */
    public StudyVolumes inSlots(List<Region> slots) {
        return new StudyVolumes(
                global,
                slots.stream()
                        .map(slot -> regions.stream()
                                .filter(r -> r.region() == slot)
                                .findFirst()
                                .orElseThrow(() -> new IllegalArgumentException("the study has no volume of " + slot)))
                        .toList());
    }

    /**
     * Values of one channel, or of several one after the other.
     *
     * @param values row-major [c, x, y, z]: z varies fastest
     */
    @SuppressWarnings("ArrayRecordComponent") // volumes are never compared with equals
    public record Voxels(GridSize size, float[] values) {
        public Voxels {
            if (values.length == 0 || values.length % size.voxels() != 0) {
                throw new IllegalArgumentException(values.length + " values do not fill volumes of " + size);
            }
        }

        /** [1, c, x, y, z] */
        public Tensor tensor() {
            return Tensors.floats(values, 1, values.length / size.voxels(), size.x(), size.y(), size.z());
        }
    }

    /**
     * One region.
     *
     * @param region which, for the names of a trace; the model is never told
     * @param texture the region alone, masked and cropped, values from −1 to 1
     * @param mask shares of coverage from 0 to 1 on the whole volume
     */
    public record RegionVolumes(Region region, Voxels texture, Voxels mask) {}
}
