package org.reg2rg.model;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.bytedeco.pytorch.Tensor;
import org.reg2rg.ct.Region;
import org.reg2rg.language.BpeTrainer;
import org.reg2rg.language.SentencePieceModel;
import org.reg2rg.prompt.PromptVariant;
import org.reg2rg.prompt.ReferringPrompt;
import org.reg2rg.prompt.SpecialTokens;
import org.reg2rg.tensor.Precision;
import org.reg2rg.tensor.Scope;
import org.reg2rg.tensor.Tensors;

/**
 * A small model with generated weights: everything works and nothing means anything. It lets the whole program run, and be
 * tested, where no trained weights are.
 */
public final class TinyModel {
    private static final int VOCABULARY = 512;
    private static final int MAX_REGIONS = 10;

    private TinyModel() {}

    /** Writes a model folder; the same seed gives the same bytes. */
    public static void create(Path folder, long seed) throws IOException {
        SentencePieceModel tokenizer = tokenizer();
        ModelConfig config = config(tokenizer.pieces().size());
        Map<String, Tensor> weights = weights(config, seed);
        ModelFolder.save(folder, config, weights, tokenizer);
        Scope.free(weights.values());
    }

    /** Its numbers, for a vocabulary of this size. */
    public static ModelConfig config(int vocabulary) {
        return new ModelConfig(
                        ModelConfig.FORMAT,
                        "reg2rg-tiny-untrained",
                        "Small model with generated weights; its text means nothing",
                        Precision.FLOAT32.title(),
                        PromptVariant.RADGENOME.title(),
                        ModelConfig.RADGENOME_GRID_MM,
                        List.of(64, 64, 32),
                        List.of(64, 64, 32),
                        MAX_REGIONS,
                        new VisionConfig(List.of(16, 16, 8), 3, 48, 2, 4, 16, 96, List.of(16, 16, 128), 0.1),
                        new VisionConfig(List.of(16, 16, 8), 1, 48, 2, 4, 16, 96, List.of(4, 4, 4), 0.1),
                        new PerceiverConfig(8, 2, 4, 16, 96),
                        new LanguageConfig("llama", vocabulary, 64, 4, 4, 160, 1e-5, 10000, 2048, 1, 2, 0),
                        new LoraConfig(8, 32, 0.1))
                .withNotice(
                        "Untrained model: these weights were generated, not learned. The text below means nothing.");
    }

    /** The published model with all its blocks in all their depth, but narrow, for volumes of 64×64×16. */
    public static ModelConfig publishedTwin() {
        ModelConfig full = ModelConfig.published();
        return new ModelConfig(
                ModelConfig.FORMAT,
                "reg2rg-twin-untrained",
                "The published model, as deep and less wide",
                Precision.FLOAT32.title(),
                full.prompt(),
                full.gridMm(),
                List.of(64, 64, 16),
                List.of(64, 64, 16),
                MAX_REGIONS,
                new VisionConfig(List.of(16, 16, 4), 3, 24, 12, 8, 64, 2048, List.of(32, 32, 128), 0.1),
                new VisionConfig(List.of(16, 16, 16), 1, 255, 3, 8, 64, 512, List.of(16, 16, 4), 0.1),
                new PerceiverConfig(32, 6, 8, 64, 96),
                new LanguageConfig("llama", 32000, 32, 32, 4, 88, 1e-5, 10000, 4096, 1, 2, 0),
                full.lora());
    }

    /**
     * Weights of a model that nobody trains: uniform, of the size that keeps signals alive, LoRA and all. Training starts from
     * other ones, which this model and its tests do not follow.
     */
    public static Map<String, Tensor> weights(ModelConfig config, long seed) {
        var random = new SplittableRandom(seed);
        Map<String, Tensor> weights = new LinkedHashMap<>();
        for (Parameter parameter : ParameterTable.of(config).all()) {
            SplittableRandom own = random.split();
            weights.put(parameter.name(), Scope.outlive(() -> weight(parameter, own)));
        }
        return weights;
    }

    private static Tensor weight(Parameter parameter, SplittableRandom random) {
        boolean isNorm = parameter.isVector() && parameter.name().endsWith("weight");
        double centre = isNorm ? 1 : 0;
        double spread = parameter.isVector() ? 0.1 : Math.sqrt(3.0 / parameter.inputs());
        var values = new float[Math.toIntExact(parameter.count())];
        for (int i = 0; i < values.length; i++) {
            values[i] = (float) (centre + spread * (2 * random.nextDouble() - 1));
        }
        return Tensors.floats(values, parameter.lengths());
    }

    /** A small tokenizer, learned from the prompt and from the ways in which answers begin. */
    static SentencePieceModel tokenizer() {
        String prompt = ReferringPrompt.of(PromptVariant.RADGENOME, MAX_REGIONS)
                .text(new SpecialTokens(1, 1, 1, MAX_REGIONS))
                .replaceAll("<[^>]*>", " ");
        List<String> texts = new ArrayList<>(List.of(prompt));
        for (Region region : Region.values()) {
            texts.add("The region " + region.ordinal() + " is " + region.datasetName() + ": The " + region.datasetName()
                    + " is of natural size, contour and density. No lesion was observed.");
        }
        return BpeTrainer.train(texts, VOCABULARY);
    }
}
