package org.reg2rg.train;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.reg2rg.Golden;
import org.reg2rg.Tolerance;
import org.reg2rg.core.Progress;
import org.reg2rg.ct.Region;
import org.reg2rg.model.LocalFeatureDecoupling;
import org.reg2rg.model.ModelBuilder;
import org.reg2rg.nn.Weights;
import org.reg2rg.tensor.Tensors;

class VisualCacheTest {
    @TempDir
    @SuppressWarnings("NullAway.Init")
    private Path folder;

    @Test
    void givesWhatTheModelSees() throws Exception {
        SmallCohort.build(folder, 2);
        var weights = SmallCohort.weights();
        requireNonNull(weights.get("embedding_layer.finding_fc.weight"))
                .fill_(new Scalar(0.1)); // else it adds nothing yet
        var builder = new ModelBuilder(SmallCohort.config(), Weights.of(weights));
        var texture = builder.textureEncoder();
        var geometry = builder.geometryEncoder();
        try (CropFile data = CropFile.open(SmallCohort.layout(), folder)) {
            var cache =
                    VisualCache.of(data, texture, geometry, 2, Progress.of("", "", data.size(), Progress.Style.QUIET));
            List<Region> slots = new ArrayList<>(cache.regions(1)).reversed();
            assertThat(slots).contains(Region.LUNG, Region.HEART);
            var tokens = cache.tokens(1, slots, texture.toWords());
            var local = new LocalFeatureDecoupling(texture, geometry);
            near(tokens.global(), texture.forward(batch(data, 0).volumes()));
            for (int slot = 0; slot < slots.size(); slot++) {
                var batch = batch(data, CropLayout.crop(slots.get(slot)));
                near(
                        tokens.regions().narrow(0, slot, 1),
                        local.forward(batch.volumes(), batch.masks()).tokens());
            }
        }
    }

    private static VisionBatch batch(CropFile data, int crop) {
        return VisionBatch.of(data, List.of(new VisionBatch.Item(1, crop)), Sees.REGIONS);
    }

    private static void near(Tensor got, Tensor expected) {
        assertThat(Golden.nmse(Tensors.toFloats(got.detach()), Tensors.toFloats(expected.detach())))
                .isLessThanOrEqualTo(Tolerance.SAME_NMSE.absolute());
    }
}
