package org.reg2rg.train;

import java.util.List;
import java.util.Objects;
import org.reg2rg.ct.Region;
import org.reg2rg.data.InputSpec;
import org.reg2rg.data.ModelGrid;
import org.reg2rg.data.RegionInput;
import org.reg2rg.data.StudyInput;
import org.reg2rg.model.ModelConfig;
import org.reg2rg.model.StudyVolumes;
import org.reg2rg.model.StudyVolumes.RegionVolumes;
import org.reg2rg.model.StudyVolumes.Voxels;

/** The seam between data and model: sizes and grid from a model's config, preprocessed studies into its slots. */
public final class ModelVolumes {
    private ModelVolumes() {}

    /** The sizes that a model reads. */
    public static InputSpec spec(ModelConfig config) {
        return new InputSpec(config.inputGrid(), config.maskGrid(), config.textureGrids());
    }

    /** The grid that a model learned on. */
    public static ModelGrid grid(ModelConfig config) {
        return new ModelGrid(
                config.gridMm().get(0), config.gridMm().get(1), config.gridMm().get(2));
    }

    /** A study with all its regions, in their order. */
    public static StudyVolumes of(StudyInput input) {
        return of(input, List.copyOf(input.regions().keySet()));
    }

    /** A study with these of its regions in the slots. */
    public static StudyVolumes of(StudyInput input, List<Region> slots) {
        List<RegionVolumes> regions = slots.stream()
                .map(region -> {
                    RegionInput seen = Objects.requireNonNull(input.regions().get(region));
                    return new RegionVolumes(
                            region,
                            new Voxels(seen.textureSize(), seen.texture()),
                            new Voxels(input.spec().mask(), seen.mask()));
                })
                .toList();
        return new StudyVolumes(new Voxels(input.spec().volume(), input.global()), regions);
    }
}
