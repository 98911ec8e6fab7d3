package org.reg2rg.train;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.bytedeco.pytorch.Tensor;
import org.reg2rg.cohort.PhantomSize;
import org.reg2rg.core.Progress;
import org.reg2rg.ct.GridSize;
import org.reg2rg.data.InputSpec;
import org.reg2rg.data.ModelGrid;
import org.reg2rg.model.FindingHeadsConfig;
import org.reg2rg.model.LanguageConfig;
import org.reg2rg.model.LoraConfig;
import org.reg2rg.model.ModelConfig;
import org.reg2rg.model.PerceiverConfig;
import org.reg2rg.model.StemConfig;
import org.reg2rg.model.VisionConfig;
import org.reg2rg.nn.ConvolutionStem;

/** A few coarse studies and a network of the demo's kind, small enough for tests. */
final class SmallCohort {
    static final PhantomSize SIZE = new PhantomSize(new GridSize(64, 64, 40), 5, 5, 7);
    static final ModelGrid GRID = new ModelGrid(5, 5, 7);
    static final long SEED = 3;

    private SmallCohort() {}

    static ModelConfig config() {
        return config(300);
    }

    static ModelConfig config(int vocabulary) {
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
                Optional.empty(),
                10,
                new VisionConfig(
                        List.of(16, 16, 8),
                        ConvolutionStem.CHANNELS,
                        24,
                        1,
                        2,
                        8,
                        48,
                        List.of(4, 4, 4),
                        0,
                        Optional.of(new StemConfig(
                                List.of(4, 8, 8, 16),
                                CropLayout.FINDINGS,
                                Optional.of(new FindingHeadsConfig(32, 2, NoduleSize.CLASSES))))),
                new VisionConfig(List.of(8, 8, 4), 1, 24, 1, 2, 8, 48, List.of(2, 2, 2), 0),
                new PerceiverConfig(2, 1, 2, 8, 48),
                new LanguageConfig("llama", vocabulary, 24, 1, 2, 48, 1e-5, 10000, 512, 1, 2, 0),
                new LoraConfig(0, 1, 0));
    }

    static CropLayout layout() {
        ModelConfig config = config();
        return new CropLayout(new InputSpec(config.inputGrid(), config.maskGrid(), config.textureGrids()));
    }

    static void build(Path folder, int studies) throws IOException {
        new CropFileBuilder(layout(), GRID, SEED, SIZE)
                .build(folder, studies, 2, Progress.of("", "", studies, Progress.Style.QUIET));
    }

    /** Of the network and of the heads. */
    static Map<String, Tensor> weights() {
        var weights = weights(config());
        weights.putAll(VisionHeads.fresh(config(), new Draws(1).of("heads", 0)));
        return weights;
    }

    static Map<String, Tensor> weights(ModelConfig config) {
        return FreshWeights.of(config, new Draws(1).of("weights", 0));
    }
}
