package org.reg2rg.model.checkpoint;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.reg2rg.core.Hashes;
import org.reg2rg.core.InputException;
import org.reg2rg.core.Progress;
import org.reg2rg.model.ModelConfig;
import org.reg2rg.model.ParameterTable;
import org.reg2rg.tensor.Precision;
import org.reg2rg.tensor.weights.WeightFiles;
import org.reg2rg.tensor.weights.WeightOutput;
import org.reg2rg.tensor.weights.WeightSource;
import org.reg2rg.tensor.weights.WeightType;

/** Import of published files that are made here. */
class ModelImportTest {
    private static final String QUERY = ParameterTable.LANGUAGE + "model.layers.0.self_attn.q_proj";

    @TempDir
    Path folder;

    private PublishedFiles files;
    private Path out;

    @BeforeEach
    void makeFiles() throws IOException {
        files = new PublishedFiles(folder);
        out = folder.resolve("model");
    }

    @Test
    void importsATrainedCheckpoint() throws IOException {
        run(files.folder.resolve("pytorch_model.bin"), Precision.FLOAT32);
        ModelConfig config = ModelConfig.read(out.resolve("config.json"));
        assertThat(PublishedFiles.text(config))
                .isEqualTo(PublishedFiles.text(files.config)
                        .replace("\"small\"", "\"Reg2RG (arXiv 2411.15539), imported from pytorch_model.bin\""));
        assertThat(out.resolve("tokenizer.model"))
                .hasSameBinaryContentAs(files.llama().resolve("tokenizer.model"));
        assertThat(Files.readString(out.resolve("README")))
                .contains(Hashes.sha256(files.folder.resolve("pytorch_model.bin")))
                .doesNotContain(folder.toString());
        try (WeightSource model = WeightFiles.open(out);
                WeightSource checkpoint = WeightFiles.open(files.folder.resolve("pytorch_model.bin"))) {
            assertThat(model.entries()).hasSize(ParameterTable.of(config).all().size());
            for (var parameter : ParameterTable.of(config).all()) {
                assertThat(model.floats(parameter.name())).isEqualTo(checkpoint.floats(parameter.name()));
            }
        }
    }

    @Test
    void roundsToBfloat16AndGivesEqualBytesEachTime() throws IOException {
        run(files.folder.resolve("pytorch_model.bin"), Precision.BFLOAT16);
        Path first = out;
        out = folder.resolve("second");
        run(files.folder.resolve("pytorch_model.bin"), Precision.BFLOAT16);
        for (String file : List.of("config.json", "model.safetensors", "tokenizer.model", "README")) {
            assertThat(out.resolve(file)).hasSameBinaryContentAs(first.resolve(file));
        }
        try (WeightSource model = WeightFiles.open(out)) {
            assertThat(model.entries()).allMatch(entry -> entry.type() == WeightType.BFLOAT16);
        }
    }

    @Test
    void toleratesOlderSpellings() throws IOException {
        Path file =
                renamed(name -> "module." + name.replace(".base_layer.", ".").replace(".default.", "."));
        run(file, Precision.FLOAT32);
        try (WeightSource model = WeightFiles.open(out)) {
            assertThat(model.find(QUERY + ".base_layer.weight")).isPresent();
            assertThat(model.find(QUERY + ".lora_A.default.weight")).isPresent();
        }
    }

    @Test
    void namesEveryKeyThatDiffers() throws IOException {
        var tensors = new LinkedHashMap<>(files.checkpoint());
        tensors.remove("embedding_layer.fc.bias");
        tensors.remove(QUERY + ".base_layer.weight");
        tensors.put("embedding_layer.cls_head.weight", WeightOutput.floats("x", List.of(1L), new float[1]));
        tensors.put("embedding_layer.mask_fc.bias", WeightOutput.floats("y", List.of(9L), new float[9]));
        Path file = files.write("other.bin", tensors);
        assertThatThrownBy(() -> run(file, Precision.FLOAT32))
                .isInstanceOf(InputException.class)
                .hasMessage(
                        file + ": its tensors are not those of the model: 2 missing: embedding_layer.fc.bias, " + QUERY
                                + ".base_layer.weight; 1 unexpected: embedding_layer.cls_head.weight; 1 wrongly shaped:"
                                + " embedding_layer.mask_fc.bias (expected [8], got [9]); give the file that belongs to this"
                                + " model");
        assertThat(out).doesNotExist();
    }

    @Test
    void refusesTwoDifferentWordEmbeddings() throws IOException {
        var tensors = new LinkedHashMap<>(files.checkpoint());
        int pieces = files.config.language().vocabulary();
        tensors.put(
                ParameterTable.WORDS_ALIAS,
                WeightOutput.floats("zeros", List.of((long) pieces, 8L), new float[8 * pieces]));
        Path file = files.write("other.bin", tensors);
        assertThatThrownBy(() -> run(file, Precision.FLOAT32))
                .isInstanceOf(InputException.class)
                .hasMessageContaining("'embedding_layer.weight' differ, but they are one word embedding");
    }

    @Test
    void makesTheStartingPointOfTraining() throws IOException {
        Path vision = files.write("vit.pth", files.part("embedding_layer.vision_encoder.", ""));
        var perceiverParts = files.part("embedding_layer.perceiver.", "perceiver.");
        perceiverParts.put("fc.weight", WeightOutput.floats("fc", List.of(2L, 6L), new float[12]));
        Path perceiver = files.write("perceiver.pth", perceiverParts);
        var sources = new ModelImport.Sources(
                Optional.empty(),
                files.llama(),
                Optional.of(vision),
                Optional.of(perceiver),
                Optional.of(geometryToo()));
        ModelImport.Result result =
                new ModelImport(sources, Precision.FLOAT32, PublishedFiles.SEED, Progress.Style.QUIET).run(out);
        assertThat(result.fresh())
                .contains("embedding_layer.fc.weight", QUERY + ".lora_A.default.weight")
                .allMatch(name -> name.contains("lora_")
                        || name.contains("token_weight")
                        || name.startsWith("embedding_layer.mask_")
                        || name.startsWith("embedding_layer.fc."));
        assertThat(Files.readString(out.resolve("README"))).contains("Not trained yet, drawn from seed 7");
        try (WeightSource model = WeightFiles.open(out);
                WeightSource checkpoint = WeightFiles.open(files.folder.resolve("pytorch_model.bin"))) {
            for (var parameter : ParameterTable.of(files.config).all()) { // made from the same seed
                assertThat(model.floats(parameter.name()))
                        .as(parameter.name())
                        .isEqualTo(checkpoint.floats(parameter.name()));
            }
        }
    }

    @Test
    void neverWritesOverAFolderThatHoldsSomething() throws IOException {
        Files.createDirectories(out);
        Files.writeString(out.resolve("mine.txt"), "x");
        assertThatThrownBy(() -> run(files.folder.resolve("pytorch_model.bin"), Precision.FLOAT32))
                .isInstanceOf(InputException.class)
                .hasMessage(out + ": the folder is not empty; give another --out, or delete it first");
        assertThat(out.resolve("mine.txt")).exists();
    }

    @Test
    void saysWhatIsWrongWithTheLlamaFolder() throws IOException {
        Path config = files.llama().resolve("config.json");
        Files.writeString(config, Files.readString(config).replace("\"llama\"", "\"mistral\""));
        assertThatThrownBy(() -> run(files.folder.resolve("pytorch_model.bin"), Precision.FLOAT32))
                .isInstanceOf(InputException.class)
                .hasMessage(config + ": 'model_type' is mistral (expected llama); give the folder of a plain LLaMA or"
                        + " Llama 2 model");
    }

    @Test
    void exportsWhatItImported() throws IOException {
        run(files.folder.resolve("pytorch_model.bin"), Precision.BFLOAT16);
        Path file = folder.resolve("exported.bin");
        assertThat(ModelExport.run(out, file, Progress.Style.QUIET))
                .isEqualTo(files.checkpoint().size());
        Path imported = out;
        out = folder.resolve("again");
        run(file, Precision.BFLOAT16);
        assertThat(out.resolve("model.safetensors")).hasSameBinaryContentAs(imported.resolve("model.safetensors"));
        try (WeightSource exported = WeightFiles.open(file)) {
            assertThat(exported.entry(ParameterTable.WORDS).storage())
                    .isEqualTo(exported.entry(ParameterTable.WORDS_ALIAS).storage());
            assertThat(exported.floats(ParameterTable.LANGUAGE + "model.layers.0.self_attn.rotary_emb.inv_freq"))
                    .containsExactly(1, 0.010009765625f);
        }
    }

    private void run(Path checkpoint, Precision precision) throws IOException {
        var sources = new ModelImport.Sources(
                Optional.of(checkpoint),
                files.llama(),
                Optional.empty(),
                Optional.empty(),
                Optional.of(files.overrides()));
        new ModelImport(sources, precision, PublishedFiles.SEED, Progress.Style.QUIET).run(out);
    }

    private Path renamed(UnaryOperator<String> name) throws IOException {
        var tensors = new LinkedHashMap<String, WeightOutput>();
        files.checkpoint().forEach((key, tensor) -> tensors.put(name.apply(key), tensor));
        return files.write("renamed.bin", tensors);
    }

    /** Without a checkpoint nothing tells the widths of the geometry encoder and of LoRA either. */
    private Path geometryToo() throws IOException {
        Path file = folder.resolve("whole.json");
        files.config.write(file);
        return file;
    }
}
