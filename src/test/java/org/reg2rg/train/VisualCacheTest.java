package org.reg2rg.train;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.reg2rg.Golden;
import org.reg2rg.Tolerance;
import org.reg2rg.core.Progress;
import org.reg2rg.ct.Region;
import org.reg2rg.model.GeometryEncoder;
import org.reg2rg.model.LocalFeatureDecoupling;
import org.reg2rg.model.ModelBuilder;
import org.reg2rg.model.TextureEncoder;
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
            var cache = of(data, Sees.REGIONS, texture, geometry);
            List<Region> slots = new ArrayList<>(cache.regions(1)).reversed();
            assertThat(slots).contains(Region.LUNG, Region.HEART);
            var tokens = cache.tokens(1, slots, texture.toWords());
            var local = new LocalFeatureDecoupling(texture, geometry);
            near(tokens.global(), texture.forward(batch(data, 0).volumes(), Optional.empty()));
            for (int slot = 0; slot < slots.size(); slot++) {
                var batch = batch(data, CropLayout.crop(slots.get(slot)));
                near(
                        tokens.regions().narrow(0, slot, 1),
                        local.forward(batch.volumes(), batch.masks()).tokens());
            }
        }
    }

    @Test
    void aTwinSeesTheWholeVolumeOnly() throws Exception {
        SmallCohort.build(folder, 1);
        var builder = new ModelBuilder(SmallCohort.config(), Weights.of(SmallCohort.weights()));
        var texture = builder.textureEncoder();
        var geometry = builder.geometryEncoder();
        try (CropFile data = CropFile.open(SmallCohort.layout(), folder)) {
            var all = of(data, Sees.REGIONS, texture, geometry);
            var twin = of(data, Sees.GLOBAL, texture, geometry);
            List<Region> slots = twin.regions(0);
            assertThat(slots).isEqualTo(all.regions(0));
            var seen = twin.tokens(0, slots, texture.toWords());
            near(seen.global(), all.tokens(0, slots, texture.toWords()).global());
            var blank = seen.regions().narrow(1, 0, texture.perceiver().latents());
            assertThat(Tensors.toFloats(blank.detach())).containsOnly(0);
        }
    }

    @Test
    void goesOnWhereADyingProcessLeftOff() throws Exception {
        SmallCohort.build(folder, 3);
        var builder = new ModelBuilder(SmallCohort.config(), Weights.of(SmallCohort.weights()));
        var texture = builder.textureEncoder();
        var geometry = builder.geometryEncoder();
        try (CropFile data = CropFile.open(SmallCohort.layout(), folder)) {
            of(data, Sees.REGIONS, texture, geometry);
            Path file = seen(data, Sees.REGIONS).resolve("seen.bin");
            byte[] whole = Files.readAllBytes(file);
            assertThat(new SeenFile(seen(data, Sees.REGIONS)).read(data)).hasSize(3);

            Files.write(file, Arrays.copyOf(whole, whole.length - 5));
            assertThat(new SeenFile(seen(data, Sees.REGIONS)).read(data)).hasSize(2);

            of(data, Sees.REGIONS, texture, geometry);
            assertThat(Files.readAllBytes(file)).isEqualTo(whole);
        }
    }

    @Test
    void whatAnotherVisionPartSawIsNotTaken() throws Exception {
        SmallCohort.build(folder, 1);
        var config = SmallCohort.config();
        var weights = SmallCohort.weights(config);
        try (CropFile data = CropFile.open(SmallCohort.layout(), folder)) {
            Path place = SeenFile.folder(data, config, weights, "alike");
            assertThat(SeenFile.folder(data, config, weights, "otherwise")).isNotEqualTo(place);
            requireNonNull(weights.get("embedding_layer.fc.weight")).fill_(new Scalar(2));
            assertThat(SeenFile.folder(data, config, weights, "alike")).isEqualTo(place);
            requireNonNull(weights.get("embedding_layer.perceiver.norm.bias")).fill_(new Scalar(2));
            assertThat(SeenFile.folder(data, config, weights, "alike")).isNotEqualTo(place);
        }
    }

    private static Path seen(CropFile data, Sees sees) {
        return data.folder().resolve(sees.name());
    }

    private static VisualCache of(CropFile data, Sees sees, TextureEncoder texture, GeometryEncoder geometry)
            throws IOException {
        var file = new SeenFile(seen(data, sees));
        var progress = Progress.of("", "", data.size(), Progress.Style.QUIET);
        return VisualCache.of(data, sees, texture, geometry, file, 2, progress);
    }

    private static VisionBatch batch(CropFile data, int crop) {
        return VisionBatch.of(data, List.of(new VisionBatch.Item(1, crop)), Sees.REGIONS);
    }

    private static void near(Tensor got, Tensor expected) {
        assertThat(Golden.nmse(Tensors.toFloats(got.detach()), Tensors.toFloats(expected.detach())))
                .isLessThanOrEqualTo(Tolerance.SAME_NMSE.absolute());
    }
}
