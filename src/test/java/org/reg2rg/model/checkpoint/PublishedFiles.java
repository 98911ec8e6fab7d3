package org.reg2rg.model.checkpoint;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.SequencedMap;
import org.reg2rg.core.ConfigRecords;
import org.reg2rg.core.Json;
import org.reg2rg.language.BpeTrainer;
import org.reg2rg.language.SentencePieceModel;
import org.reg2rg.model.LanguageConfig;
import org.reg2rg.model.LoraConfig;
import org.reg2rg.model.ModelConfig;
import org.reg2rg.model.Parameter;
import org.reg2rg.model.ParameterTable;
import org.reg2rg.model.PerceiverConfig;
import org.reg2rg.model.VisionConfig;
import org.reg2rg.tensor.weights.TorchZipWriter;
import org.reg2rg.tensor.weights.WeightOutput;
import org.reg2rg.tensor.weights.WeightType;

/** Published files of a very small model, made here, so that a clone alone proves the import. */
final class PublishedFiles {
    static final long SEED = 7;

    final ModelConfig config = config();
    final Path folder;

    PublishedFiles(Path folder) throws IOException {
        this.folder = folder;
        writeLlama();
        write("pytorch_model.bin", checkpoint());
    }

    /** Everything that shapes cannot tell of this model. */
    Path overrides() throws IOException {
        Path file = folder.resolve("overrides.json");
        Json.write(
                file,
                Map.of(
                        "input_size", config.inputSize(),
                        "mask_size", config.maskSize(),
                        "vision", Map.of("patch", config.vision().patch(), "heads", 2, "head_width", 4),
                        "geometry", Map.of("patch", config.geometry().patch(), "heads", 2, "head_width", 4),
                        "perceiver", Map.of("heads", 2, "head_width", 4)));
        return file;
    }

    Path llama() {
        return folder.resolve("llama");
    }

    /** All keys of pytorch_model.bin, in order. */
    SequencedMap<String, WeightOutput> checkpoint() {
        var tensors = new LinkedHashMap<String, WeightOutput>();
        for (Parameter parameter : ParameterTable.of(config).all()) {
            tensors.put(parameter.name(), fresh(parameter));
        }
        tensors.put(
                ParameterTable.LANGUAGE + "model.layers.0.self_attn.rotary_emb.inv_freq",
                WeightOutput.floats("inv_freq", List.of(2L), new float[] {1, 0.01f}));
        tensors.put(ParameterTable.WORDS_ALIAS, fresh(Objects.requireNonNull(table().get(ParameterTable.WORDS))));
        return tensors;
    }

    /** Keys of one part without its prefix, as RadFM's files have them. */
    SequencedMap<String, WeightOutput> part(String ours, String theirs) {
        var tensors = new LinkedHashMap<String, WeightOutput>();
        table().forEach((name, parameter) -> {
            if (name.startsWith(ours)) {
                tensors.put(theirs + name.substring(ours.length()), fresh(parameter));
            }
        });
        return tensors;
    }

    Path write(String name, SequencedMap<String, WeightOutput> tensors) throws IOException {
        Path file = folder.resolve(name);
        TorchZipWriter.write(file, tensors);
        return file;
    }

    WeightOutput fresh(Parameter parameter) {
        return new FreshWeights(ParameterTable.of(config), SEED).output(parameter, WeightType.FLOAT32);
    }

    Map<String, Parameter> table() {
        return ParameterTable.of(config).byName();
    }

    private void writeLlama() throws IOException {
        Files.createDirectories(llama());
        LanguageConfig language = config.language();
        var json = new LinkedHashMap<String, Object>();
        json.put("model_type", "llama");
        json.put("vocab_size", language.vocabulary());
        json.put("hidden_size", language.width());
        json.put("num_hidden_layers", language.layers());
        json.put("num_attention_heads", language.heads());
        json.put("intermediate_size", language.feedForward());
        json.put("rms_norm_eps", language.normEpsilon());
        json.put("max_position_embeddings", language.maxPositions());
        Json.write(llama().resolve("config.json"), json);
        tokenizer().write(llama().resolve("tokenizer.model"));
        var weights = new LinkedHashMap<String, WeightOutput>();
        part(ParameterTable.LANGUAGE, "").forEach((name, tensor) -> {
            if (!name.contains(".lora_")) {
                weights.put(name.replace(".base_layer", ""), tensor);
            }
        });
        TorchZipWriter.write(llama().resolve("pytorch_model.bin"), weights);
    }

    static SentencePieceModel tokenizer() {
        return BpeTrainer.train(List.of("The region 0 is lung"), 280);
    }

    private static ModelConfig config() {
        ModelConfig full = ModelConfig.published();
        return new ModelConfig(
                ModelConfig.FORMAT,
                "reg2rg",
                "small",
                "float32",
                full.prompt(),
                full.gridMm(),
                List.of(8, 8, 4),
                List.of(8, 8, 4),
                10,
                new VisionConfig(List.of(4, 4, 2), 3, 6, 2, 2, 4, 5, List.of(2, 2, 4), 0.1),
                new VisionConfig(List.of(4, 4, 2), 1, 3, 1, 2, 4, 5, List.of(2, 2, 2), 0.1),
                new PerceiverConfig(3, 1, 2, 4, 7),
                new LanguageConfig("llama", tokenizer().pieces().size(), 8, 1, 2, 12, 1e-6, 10000, 64, 1, 2, 0),
                new LoraConfig(2, 32, 0.1));
    }

    /** As JSON, for comparisons that say where they differ. */
    static String text(ModelConfig config) {
        return ConfigRecords.tree(config).toPrettyString();
    }
}
