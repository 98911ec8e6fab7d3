package org.reg2rg.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.reg2rg.SharedFolder;
import org.reg2rg.core.Json;
import tools.jackson.databind.JsonNode;

class ModelConfigTest {
    @TempDir
    private Path folder;

    @Test
    void thePublishedModelHasThePublishedNumberOfParameters() {
        ParameterTable table = ParameterTable.of(ModelConfig.published());
        assertThat(table.count()).isEqualTo(6_857_404_559L);
        assertThat(table.trainedCount()).isEqualTo(52_780_943L);
        assertThat(ModelConfig.published().tokens().size()).isEqualTo(32366);
    }

    @Test
    void isReadBackAsWritten() throws Exception {
        Path file = folder.resolve(ModelConfig.FILE);
        ModelConfig.published().write(file);
        assertThat(ModelConfig.read(file)).isEqualTo(ModelConfig.published());
        assertThat(Files.readString(file)).contains("\"head_width\" : 64").contains("\"input_size\" : [");
    }

    @Test
    void badKeysAreNamed() throws Exception {
        assertRefused("\"heads\" : 8", "\"head\" : 8", "unknown key 'vision.head'; did you mean 'heads'?");
        assertRefused("\"depth\" : 12", "\"depth\" : 0", "'vision': depth must be at least 1, got 0");
        assertRefused("\"dtype\" : \"bfloat16\"", "\"dtype\" : \"float\"", "unknown number format 'float'");
        assertRefused("\"max_regions\" : 10,", "", "missing key 'max_regions'; add it");
        assertRefused("reg2rg-model/1", "reg2rg-model/9", "format must be reg2rg-model/1, got 'reg2rg-model/9'");
        assertRefused(
                "\"family\" : \"llama\"", "\"family\" : \"gpt2\"", "'language': family must be llama, got 'gpt2'");
    }

    private void assertRefused(String from, String to, String message) throws Exception {
        Path file = folder.resolve(ModelConfig.FILE);
        ModelConfig.published().write(file);
        String text = Files.readString(file);
        assertThat(text).contains(from);
        Files.writeString(file, text.replaceFirst(java.util.regex.Pattern.quote(from), to));
        assertThatThrownBy(() -> ModelConfig.read(file))
                .hasMessageStartingWith(file + ": ")
                .hasMessageContaining(message);
    }

    @Test
    void namesAndShapesAreThoseOfThePublishedCode() throws Exception {
        JsonNode keys = Json.read(SharedFolder.require("parity/tiny/keys.json")).get("keys");
        ParameterTable table = ParameterTable.of(TinyParity.config());
        var expected = new HashMap<String, Parameter>();
        for (JsonNode key : keys) {
            String name = key.get("name").asString();
            if (!name.endsWith("inv_freq") && !name.equals(ParameterTable.WORDS_ALIAS)) {
                List<Long> shape = new ArrayList<>();
                key.get("shape").forEach(length -> shape.add(length.asLong()));
                expected.put(name, new Parameter(name, shape, key.get("trained").asBoolean()));
            }
        }
        assertThat(expected).hasSize(677);
        assertThat(table.byName()).isEqualTo(expected);
    }
}
