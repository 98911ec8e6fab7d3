package org.reg2rg.recipe;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.reg2rg.core.Json;
import tools.jackson.databind.JsonNode;

class BenchmarkTest {
    @TempDir
    Path folder;

    @Test
    void figuresComeWithTheirSpreadAndTheMachine() throws IOException {
        Path file = folder.resolve("figures.json");
        assertThat(Main.run("benchmark", "preprocess", "--size", "tiny", "--repeat", "2", "--json", file.toString()))
                .isZero();
        JsonNode figures = Json.read(file);
        assertThat(figures.get("schema").asString()).isEqualTo("reg2rg-benchmark/1");
        assertThat(figures.get("machine").asString()).contains("cores");
        JsonNode first = figures.get("results").get(0);
        assertThat(first.get("runs").size()).isEqualTo(2);
        assertThat(first.get("what").asString()).isEqualTo("read files, 96×96×48, 10 regions");
        assertThat(first.get("min").asDouble())
                .isPositive()
                .isLessThanOrEqualTo(first.get("max").asDouble());
    }

    @Test
    void aDecoderOfOneLayerIsMeasuredAgainstTheMemoryBandwidth() throws IOException {
        Path file = folder.resolve("decode.json");
        assertThat(Main.run("benchmark", "decode", "--layers", "1", "--repeat", "1", "--json", file.toString()))
                .isZero();
        JsonNode results = Json.read(file).get("results");
        assertThat(results.get(0).get("what").asString()).endsWith("float32, 1 layers");
        assertThat(results.get(2).get("unit").asString()).isEqualTo("%");
        assertThat(results.get(2).get("median").asDouble()).isPositive();
        assertThat(Main.run("benchmark", "decode", "--layers", "0")).isEqualTo(Main.BAD_INPUT);
    }

    @Test
    void aStepOfTheTrainingIsMeasuredWithItsMemory() throws IOException {
        Path file = folder.resolve("train.json");
        assertThat(Main.run("benchmark", "train", "--layers", "2", "--repeat", "2", "--json", file.toString()))
                .isZero();
        JsonNode results = Json.read(file).get("results");
        assertThat(results.get(0).get("what").asString()).isEqualTo("step, 10 regions, 1024 tokens, float32, 2 layers");
        assertThat(results.get(0).get("runs").size()).isEqualTo(2);
        assertThat(results.get(2).get("unit").asString()).isEqualTo("MB");
    }

    @Test
    void theMedianIsTheMiddleOfTheRuns() {
        assertThat(new Measurement("p", "w", "s", List.of(9.0, 1.0, 2.0)).median())
                .isEqualTo(2);
        assertThat(new Measurement("p", "w", "s", List.of(9.0, 1.0, 2.0, 3.0)).median())
                .isEqualTo(2.5);
    }

    @Test
    void halfAStudyIsRefused() {
        assertThat(Main.run("benchmark", "preprocess", "--ct", "a.nii")).isEqualTo(Main.BAD_INPUT);
    }
}
