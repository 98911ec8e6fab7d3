package org.reg2rg.model;

import java.util.ArrayList;
import java.util.List;
import java.util.function.IntConsumer;
import org.bytedeco.pytorch.Tensor;
import org.reg2rg.tensor.Precision;
import org.reg2rg.tensor.Scope;
import org.reg2rg.tensor.Tensors;

/** From the volumes of a study to its visual tokens, volume after volume, with gradients where the weights want them. */
public record StudyEncoder(Reg2Rg model) {
    /**
     * What no gradient needs is freed before the next volume.
     *
     * @param done told how many volumes are encoded: the whole one, then one per region
     */
    public VisualTokens encode(StudyVolumes study, IntConsumer done) {
        var global = Scope.keep(() -> model.globalEncoder().forward(onDevice(study.global())));
        done.accept(1);
        List<Tensor> regions = new ArrayList<>();
        for (StudyVolumes.RegionVolumes region : study.regions()) {
            regions.add(Scope.keep(() -> model.localFeatureDecoupling()
                    .forward(onDevice(region.texture()), onDevice(region.mask()))
                    .tokens()));
            done.accept(1 + regions.size());
        }
        return new VisualTokens(global, Tensors.cat(0, regions));
    }

    private Tensor onDevice(StudyVolumes.Voxels voxels) {
        return voxels.tensor().to(model.decoder().device(), Precision.FLOAT32.scalarType());
    }
}
