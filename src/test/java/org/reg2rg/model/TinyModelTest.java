package org.reg2rg.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.concurrent.atomic.AtomicInteger;
import org.bytedeco.javacpp.Pointer;
import org.bytedeco.pytorch.Tensor;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.reg2rg.Golden;
import org.reg2rg.Tolerance;
import org.reg2rg.ct.GridSize;
import org.reg2rg.ct.Region;
import org.reg2rg.language.Decoding;
import org.reg2rg.language.KvCache;
import org.reg2rg.tensor.Scope;
import org.reg2rg.tensor.Tensors;
import org.reg2rg.tensor.Torch;
import org.reg2rg.tensor.weights.WeightFiles;

/** What must hold of any model, on one that every clone can make. */
class TinyModelTest {
    @TempDir
    private static Path folder;

    private static int threads = 1;

    @BeforeAll
    static void create() throws Exception {
        threads = Torch.threads();
        Torch.threads(1); // the tensors are too small to share
        TinyModel.create(folder.resolve("model"), 1);
    }

    @AfterAll
    static void restore() {
        Torch.threads(threads);
    }

    private static LoadedModel load() throws Exception {
        return ModelFolder.load(folder.resolve("model"));
    }

    static StudyVolumes study(ModelConfig config, long seed, Region... regions) {
        var random = new SplittableRandom(seed);
        List<StudyVolumes.RegionVolumes> all = new ArrayList<>();
        for (Region region : regions) {
            all.add(new StudyVolumes.RegionVolumes(
                    region, voxels(config.inputGrid(), random), voxels(config.maskGrid(), random)));
        }
        return new StudyVolumes(voxels(config.inputGrid(), random), all);
    }

    private static StudyVolumes.Voxels voxels(GridSize size, SplittableRandom random) {
        var values = new float[size.voxels()];
        for (int i = 0; i < values.length; i++) {
            values[i] = (float) random.nextDouble();
        }
        return new StudyVolumes.Voxels(size, values);
    }

    private static Generator.Settings settings(int tokens) {
        return new Generator.Settings(tokens, new Decoding.Greedy(), Optional.empty());
    }

    @Test
    void theSameSeedGivesTheSameFolder() throws Exception {
        TinyModel.create(folder.resolve("again"), 1);
        TinyModel.create(folder.resolve("other"), 2);
        String hash = ModelFolder.sha256(folder.resolve("model"));
        assertThat(ModelFolder.sha256(folder.resolve("again"))).isEqualTo(hash);
        assertThat(ModelFolder.sha256(folder.resolve("other"))).isNotEqualTo(hash);
    }

    @Test
    void cacheOrNoCacheIsTheSame() throws Exception {
        try (LoadedModel loaded = load()) {
            var decoder = loaded.model().decoder();
            Scope.run(() -> {
                var embeddings = decoder.embed(Tensors.longs(5, 300, 7, 8, 301, 9, 10, 11, 12, 13))
                        .unsqueeze(0);
                var whole = decoder.forward(embeddings);
                try (KvCache cache = decoder.newCache(1, 10)) {
                    List<Tensor> parts = new ArrayList<>();
                    long at = 0;
                    for (int count : new int[] {4, 1, 3, 2}) {
                        parts.add(decoder.forward(embeddings.narrow(1, at, count), cache));
                        at += count;
                    }
                    assertSame(Tensors.cat(1, parts), whole);
                }
            });
        }
    }

    @Test
    void mergedOrApartIsTheSame() throws Exception {
        LoadOptions apart = new LoadOptions(load().config().precision(), Torch.device("cpu"), false);
        LoadOptions merged = new LoadOptions(apart.precision(), apart.device(), true);
        List<Tensor> hidden = new ArrayList<>();
        for (LoadOptions options : List.of(apart, merged)) {
            try (LoadedModel loaded = ModelFolder.load(folder.resolve("model"), options)) {
                var decoder = loaded.model().decoder();
                hidden.add(Scope.inference(() -> decoder.forward(
                        decoder.embed(Tensors.longs(5, 300, 7, 8, 301)).unsqueeze(0))));
            }
        }
        assertSame(hidden.get(1), hidden.get(0));
    }

    @Test
    void aBatchOfTwoIsTwoOfOne() throws Exception {
        try (LoadedModel loaded = load()) {
            var decoder = loaded.model().decoder();
            Scope.run(() -> {
                var both = decoder.embed(Tensors.longs(5, 300, 7, 8, 301, 9)).reshape(2, 3, -1);
                var together = decoder.forward(both);
                for (int i = 0; i < 2; i++) {
                    assertSame(
                            together.select(0, i),
                            decoder.forward(both.narrow(0, i, 1)).select(0, 0));
                }
            });
        }
    }

    private static void assertSame(Tensor actual, Tensor expected) {
        assertThat(Golden.nmse(Tensors.toFloats(actual), Tensors.toFloats(expected)))
                .isLessThanOrEqualTo(Tolerance.SAME_NMSE.absolute());
    }

    @Test
    void progressTextAndTraceBelongTogether() throws Exception {
        try (LoadedModel loaded = load()) {
            var trace = new Trace();
            var encoded = new AtomicInteger();
            var settings = new Generator.Settings(16, new Decoding.Greedy(), Optional.of(trace));
            GeneratedText text = new Generator(loaded)
                    .generate(study(loaded.config(), 3, Region.LUNG, Region.HEART), settings, new Generator.Listener() {
                        @Override
                        public void encoded(int done, int total) {
                            assertThat(total).isEqualTo(3);
                            encoded.set(done);
                        }
                    });
            assertThat(encoded).hasValue(3);
            Path file = folder.resolve("trace.safetensors");
            trace.write(file);
            try (var source = WeightFiles.open(file)) {
                assertThat(trace.names())
                        .containsExactly(
                                "prompt.ids",
                                "input.global",
                                "input.texture.lung",
                                "input.mask.lung",
                                "input.texture.heart",
                                "input.mask.heart",
                                "visual.global",
                                "visual.region.lung",
                                "visual.region.heart",
                                "embeddings",
                                "logits.prefill",
                                "generated.ids");
                assertThat(source.entry("visual.region.heart").shape()).containsExactly(9L, 64L);
                assertThat(source.entry("input.mask.lung").shape()).containsExactly(1L, 64L, 64L, 32L);
                assertThat(source.entry("generated.ids").shape())
                        .containsExactly((long) text.ids().ids().length);
            }
        }
    }

    /** Pointers and memory stay flat over 20 studies and 200 tokens: whatever a report makes, it frees. */
    @Test
    void twentyStudiesLeakNothing() throws Exception {
        try (LoadedModel loaded = load()) {
            var generator = new Generator(loaded);
            var study = study(loaded.config(), 5, Region.LUNG, Region.HEART);
            String first =
                    generator.generate(study, settings(200), Generator.SILENT).text();
            for (int i = 0; i < 4; i++) {
                generator.generate(study, settings(10), Generator.SILENT);
            }
            System.gc();
            long count = Pointer.totalCount();
            long bytes = Pointer.physicalBytes();
            for (int i = 0; i < 15; i++) {
                generator.generate(study, settings(10), Generator.SILENT);
            }
            String last =
                    generator.generate(study, settings(200), Generator.SILENT).text();
            System.gc();
            assertThat(last).isEqualTo(first);
            assertThat(Pointer.totalCount()).isLessThanOrEqualTo(count + 100);
            assertThat(Pointer.physicalBytes() - bytes).isLessThan(64L << 20);
        }
    }

    @Test
    void aBrokenFolderIsExplained() throws Exception {
        Path empty = Files.createDirectory(folder.resolve("empty"));
        assertThatThrownBy(() -> ModelFolder.load(empty))
                .hasMessage(empty + ": no model folder: it has no config.json; give a folder that `reg2rg import` or"
                        + " `reg2rg train` wrote");
        Path broken = folder.resolve("broken");
        TinyModel.create(broken, 1);
        String config = Files.readString(broken.resolve("config.json"));
        Files.writeString(broken.resolve("config.json"), config.replace("\"layers\" : 4", "\"layers\" : 5"));
        assertThatThrownBy(() -> ModelFolder.load(broken))
                .hasMessageStartingWith(broken + ": its tensors are not those of the model: 13 missing: ")
                .hasMessageContaining("layers.4.self_attn.q_proj.lora_A.default.weight");
        Files.writeString(broken.resolve("config.json"), config.replace("\"latents\" : 8", "\"latents\" : 7"));
        assertThatThrownBy(() -> ModelFolder.load(broken))
                .hasMessageContaining(
                        "1 wrongly shaped: embedding_layer.perceiver.latents (expected [7, 48], got [8, 48])");
        Files.delete(broken.resolve("model.safetensors"));
        Files.writeString(broken.resolve("config.json"), config);
        assertThatThrownBy(() -> ModelFolder.load(broken))
                .hasMessage(broken + ": it has no model*.safetensors; give a folder that `reg2rg import` wrote");
    }
}
