package org.reg2rg.recipe;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.reg2rg.core.Json;
import tools.jackson.databind.JsonNode;

class BenchmarkTest {
    @TempDir
    Path folder;

    @Test
    void figuresComeWithTheirSpreadAndTheMachine() throws IOException {
        JsonNode figures = measured("preprocess", "--size", "tiny", "--repeat", "2");
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
        JsonNode results = measured("decode", "--layers", "1", "--repeat", "1").get("results");
        assertThat(results.get(0).get("what").asString()).endsWith("float32, 1 layers");
        assertThat(results.get(2).get("unit").asString()).isEqualTo("%");
        assertThat(results.get(2).get("median").asDouble()).isPositive();
        assertThat(Main.run("benchmark", "decode", "--layers", "0")).isEqualTo(Main.BAD_INPUT);
    }

    @Test
    void aStepOfTheTrainingIsMeasuredWithItsMemory() throws IOException {
        JsonNode results = measured("train", "--layers", "2", "--repeat", "2").get("results");
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

    /** What {@code benchmark} with these words writes. */
    private JsonNode measured(String... words) throws IOException {
        Path file = folder.resolve("figures.json");
        Stream<String> command = Stream.of(
                        Stream.of("benchmark"), Stream.of(words), Stream.of("--json", file.toString()))
                .flatMap(part -> part);
        assertThat(Main.run(command.toArray(String[]::new))).isZero();
        return Json.read(file);
    }
}
