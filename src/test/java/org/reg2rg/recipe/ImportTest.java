package org.reg2rg.recipe;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.reg2rg.SharedFolder;
import org.reg2rg.tensor.weights.WeightEntry;
import org.reg2rg.tensor.weights.WeightFiles;
import org.reg2rg.tensor.weights.WeightSource;

/** The commands {@code import} and {@code export} on the files of the golden numbers. */
class ImportTest {
    private final Program program = new Program();

    @TempDir
    Path folder;

    @Test
    void theTinyCheckpointComesBackByteForByte() throws IOException {
        Path tiny = SharedFolder.require("parity/tiny");
        Path model = folder.resolve("model");
        Path exported = folder.resolve("exported.bin");
        assertThat(program.run(
                        "import",
                        "--checkpoint",
                        tiny.resolve("pytorch_model.bin").toString(),
                        "--llama",
                        tiny.resolve("llama").toString(),
                        "--out",
                        model.toString(),
                        "--quiet"))
                .isEqualTo(Main.OK);
        assertThat(program.out()).isEqualTo(model + ": 8,107,575 numbers in bfloat16" + System.lineSeparator());
        assertThat(program.run("export", "--model", model.toString(), "--out", exported.toString(), "--quiet"))
                .isEqualTo(Main.OK);
        try (WeightSource published = WeightFiles.open(tiny.resolve("pytorch_model.bin"));
                WeightSource ours = WeightFiles.open(exported)) {
            assertThat(ours.entries())
                    .extracting(WeightEntry::name)
                    .isEqualTo(
                            published.entries().stream().map(WeightEntry::name).toList());
            for (WeightEntry entry : published.entries()) {
                assertThat(ours.bytes(entry.name()).mismatch(published.bytes(entry.name())))
                        .as(entry.name())
                        .isEqualTo(-1);
            }
        }
    }

    @Test
    void theStartingPointTakesBaseAndVisionFromTheirFiles() throws IOException {
        Path tiny = SharedFolder.require("parity/tiny");
        Path model = folder.resolve("model");
        assertThat(program.run(
                        "import",
                        "--llama",
                        tiny.resolve("llama").toString(),
                        "--vision",
                        tiny.resolve("RadFM_vit3d.pth").toString(),
                        "--perceiver",
                        tiny.resolve("RadFM_perceiver_fc.pth").toString(),
                        "--out",
                        model.toString(),
                        "--dtype",
                        "float32",
                        "--quiet"))
                .as(program.err())
                .isEqualTo(Main.OK);
        try (WeightSource ours = WeightFiles.open(model);
                WeightSource llama = WeightFiles.open(tiny.resolve("llama"));
                WeightSource vision = WeightFiles.open(tiny.resolve("RadFM_vit3d.pth"));
                WeightSource perceiver = WeightFiles.open(tiny.resolve("RadFM_perceiver_fc.pth"))) {
            assertThat(ours.floats("lang_model.base_model.model.model.layers.31.self_attn.q_proj.base_layer.weight"))
                    .isEqualTo(llama.floats("model.layers.31.self_attn.q_proj.weight"));
            assertThat(ours.floats("embedding_layer.vision_encoder.transformer.layers.11.1.fn.net.3.weight"))
                    .isEqualTo(vision.floats("transformer.layers.11.1.fn.net.3.weight"));
            assertThat(ours.floats("embedding_layer.perceiver.latents"))
                    .isEqualTo(perceiver.floats("perceiver.latents"));
            assertThat(ours.floats("lang_model.base_model.model.model.layers.3.self_attn.v_proj.lora_B.default.weight"))
                    .containsOnly(0);
        }
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            hostile_system.bin    | posix.system', which is not allowed in a file of weights (nothing was executed)
            web_page.bin          | not a checkpoint
            zero_bytes.bin        | the file is empty
            truncated_zip.bin     | the file is cut off or damaged
            extra_key.bin         | 1 unexpected: embedding_layer.cls_head.weight
            no_such_file.bin      | there is no such file
            """)
    void badCheckpointsAreRefusedAndNothingIsWritten(String file, String words) {
        Path checkpoints = SharedFolder.require("parity/checkpoint");
        Path llama = SharedFolder.require("parity/tiny/llama");
        Path model = folder.resolve("model");
        int code = program.run(
                "import",
                "--checkpoint",
                checkpoints.resolve(file).toString(),
                "--llama",
                llama.toString(),
                "--out",
                model.toString());
        assertThat(code).isEqualTo(Main.BAD_INPUT);
        assertThat(program.err())
                .startsWith("Error: " + checkpoints.resolve(file) + ": ")
                .contains(words);
        assertThat(folder).isEmptyDirectory();
        assertThat(Path.of("parity_was_here")).doesNotExist();
    }

    @Test
    void theLlamaFolderIsNeeded() {
        assertThat(program.run("import", "--out", "x")).isEqualTo(Main.BAD_INPUT);
        assertThat(program.err()).contains("Error: Missing required option: '--llama=DIR'");
    }

    @Test
    void exportSaysWhatIsMissing() throws IOException {
        Files.createDirectories(folder.resolve("empty"));
        assertThat(program.run("export", "--model", folder.resolve("empty").toString(), "--out", "x.bin"))
                .isEqualTo(Main.BAD_INPUT);
        assertThat(program.err())
                .isEqualTo(
                        "Error: " + folder.resolve("empty") + ": no model folder: it has no config.json; give a folder"
                                + " that `reg2rg import` or `reg2rg train` wrote" + System.lineSeparator());
    }
}
