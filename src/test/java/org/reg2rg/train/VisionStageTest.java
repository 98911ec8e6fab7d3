package org.reg2rg.train;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.bytedeco.pytorch.Tensor;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.reg2rg.cohort.Phantom;
import org.reg2rg.cohort.PhantomSize;
import org.reg2rg.cohort.PhantomStudy;
import org.reg2rg.core.Progress;
import org.reg2rg.ct.GridSize;
import org.reg2rg.ct.Region;
import org.reg2rg.data.InputSpec;
import org.reg2rg.data.ModelGrid;
import org.reg2rg.data.StudyInput;
import org.reg2rg.data.StudyPreprocessor;
import org.reg2rg.model.LanguageConfig;
import org.reg2rg.model.LoraConfig;
import org.reg2rg.model.ModelConfig;
import org.reg2rg.model.PerceiverConfig;
import org.reg2rg.model.StemConfig;
import org.reg2rg.model.VisionConfig;
import org.reg2rg.tensor.Precision;
import org.reg2rg.tensor.Tensors;

class VisionStageTest {
    private static final PhantomSize SMALL = new PhantomSize(new GridSize(64, 64, 40), 5, 5, 7);
    private static final ModelGrid GRID = new ModelGrid(5, 5, 7);
    private static final int STUDIES = 4;

    @TempDir
    @SuppressWarnings("NullAway.Init")
    private static Path folder;

    @SuppressWarnings("NullAway.Init")
    private static CropLayout layout;

    private static ModelConfig config() {
        return new ModelConfig(
                ModelConfig.FORMAT,
                "test",
                "of a test",
                "float32",
                "radgenome",
                List.of(5.0, 5.0, 7.0),
                List.of(32, 32, 16),
                List.of(16, 16, 8),
                Optional.of(Map.of("lung", List.of(64, 64, 32))),
                Optional.of(true),
                Optional.empty(),
                10,
                new VisionConfig(
                        List.of(16, 16, 8),
                        3,
                        24,
                        1,
                        2,
                        8,
                        48,
                        List.of(4, 4, 4),
                        0,
                        Optional.of(new StemConfig(List.of(4, 8, 8, 16)))),
                new VisionConfig(List.of(8, 8, 4), 1, 24, 1, 2, 8, 48, List.of(2, 2, 2), 0),
                new PerceiverConfig(2, 1, 2, 8, 48),
                new LanguageConfig("llama", 300, 24, 1, 2, 48, 1e-5, 10000, 512, 1, 2, 0),
                new LoraConfig(0, 1, 0));
    }

    @BeforeAll
    static void drawTheStudies() throws Exception {
        ModelConfig config = config();
        layout = new CropLayout(new InputSpec(config.inputGrid(), config.maskGrid(), config.textureGrids()));
        build(STUDIES / 2);
    }

    private static void build(int studies) throws Exception {
        new CropFileBuilder(layout, GRID, 3, SMALL)
                .build(folder, studies, 2, Progress.of("", "", studies, Progress.Style.QUIET));
    }

    @Test
    void anInterruptedBuildGoesOnBehindWhatIsWhole() throws Exception {
        Path crops = folder.resolve(CropFile.CROPS);
        Files.write(crops, new byte[7], java.nio.file.StandardOpenOption.APPEND); // half a record
        build(STUDIES);
        byte[] resumed = Files.readAllBytes(crops);
        Files.delete(crops);
        build(STUDIES);
        assertThat(resumed).isEqualTo(Files.readAllBytes(crops));
    }

    @Test
    void aRecordHoldsWhatTheModelReads() throws Exception {
        build(STUDIES);
        PhantomStudy phantom = Phantom.generate(3, 1, SMALL);
        ModelGrid.Placed placed = GRID.place("", phantom.volume(), phantom.masks(), ModelGrid.Choice.AUTO);
        StudyInput input = new StudyPreprocessor(layout.spec()).apply("", placed.ct(), placed.masks());
        try (CropFile file = CropFile.open(layout, folder)) {
            float[] lung = new float[layout.size(CropLayout.crop(Region.LUNG)).voxels()];
            file.texture(1, CropLayout.crop(Region.LUNG), lung, 0);
            float[] heart = new float[layout.spec().mask().voxels()];
            file.mask(1, Region.HEART, heart, 0);
            assertNear(lung, requireNonNull(input.regions().get(Region.LUNG)).texture(), 1 / 127.5f);
            assertNear(heart, requireNonNull(input.regions().get(Region.HEART)).mask(), 1 / 255f);
            assertThat(file.facts(1)).isEqualTo(StudyFacts.of(phantom));
        }
    }

    private static void assertNear(float[] got, float[] expected, float step) {
        assertThat(got).hasSameSizeAs(expected);
        for (int i = 0; i < got.length; i++) {
            assertThat(Math.abs(got[i] - expected[i])).isLessThanOrEqualTo(0.51f * step);
        }
    }

    @Test
    void aResumedRunEqualsAStraightOneAndTheLossFalls() throws Exception {
        build(STUDIES);
        var losses = new ArrayList<Double>();
        Map<String, float[]> straight = train("straight", List.of(12L), losses);
        Map<String, float[]> resumed = train("resumed", List.of(5L, 12L), new ArrayList<>());
        straight.forEach(
                (name, values) -> assertThat(resumed.get(name)).as(name).containsExactly(values));
        assertThat(losses.getLast()).isLessThan(losses.getFirst());
    }

    /** Trains up to each of these steps in turn, each time from the checkpoint before. */
    private Map<String, float[]> train(String name, List<Long> stops, List<Double> losses) throws Exception {
        Map<String, float[]> result = new LinkedHashMap<>();
        for (long stop : stops) {
            var weights = weights();
            try (CropFile data = CropFile.open(layout, folder)) {
                var settings = new VisionStage.Settings(12, 2, 2, 3e-3, 2, 3, 0.01, 1, stop);
                new VisionStage(new VisionNetwork(config(), weights, Precision.FLOAT32), data, settings, 9)
                        .run(folder.resolve(name), stop, (step, loss, norm, rate) -> losses.add(loss));
            }
            weights.forEach((key, tensor) -> result.put(key, Tensors.toFloats(tensor)));
        }
        return result;
    }

    private static Map<String, Tensor> weights() {
        var weights = new LinkedHashMap<String, Tensor>();
        weights.putAll(FreshWeights.of(config(), new Draws(1).of("weights", 0)));
        weights.putAll(VisionHeads.fresh(config(), new Draws(1).of("heads", 0)));
        return weights;
    }
}
