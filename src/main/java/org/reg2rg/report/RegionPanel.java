package org.reg2rg.report;

import java.util.List;
import java.util.Optional;

/**
 * The pictures of one region slot.
 *
 * @param window how the slices are shown
 * @param slices axial, coronal and sagittal; none for an empty mask
 * @param modelView what the model saw of it
 */
public record RegionPanel(Window window, List<SlicePicture> slices, Optional<ModelView> modelView) {
    public RegionPanel {
        slices = List.copyOf(slices);
    }
}
