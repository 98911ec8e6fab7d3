package org.reg2rg.recipe;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.reg2rg.train.Metrics;
import tools.jackson.databind.JsonNode;

/** The shipped two-minute training, as a user runs it: what it promises comes true. */
class TrainingIT {
    private static final double CHANCE = 0.1;

    @TempDir
    @SuppressWarnings("NullAway.Init")
    private Path folder;

    @Test
    void theLossFallsAndRegionsOfStudiesNeverSeenAreRecognised() throws Exception {
        Path run = folder.resolve("run");
        Path log = folder.resolve("log");
        Process process = new ProcessBuilder("./reg2rg", "train", "configs/two-minutes.toml", "--out", run.toString())
                .redirectErrorStream(true)
                .redirectOutput(log.toFile())
                .start();
        assertThat(process.waitFor(10, TimeUnit.MINUTES)).isTrue();
        assertThat(process.exitValue()).as(Files.readString(log)).isZero();

        List<JsonNode> lines = Metrics.open(run.resolve(Metrics.FILE)).lines();
        assertThat(loss(lines, "vision", true)).isLessThan(loss(lines, "vision", false) / 2);
        assertThat(loss(lines, "language", true)).isLessThan(loss(lines, "language", false) / 2);
        JsonNode scores = lines.stream()
                .filter(line ->
                        line.has("scores") && line.get("stage").asString().equals("vision"))
                .reduce((_, last) -> last)
                .orElseThrow()
                .get("scores");
        assertThat(scores.get("recognition_mean").asDouble()).isGreaterThan(9 * CHANCE);
        assertThat(scores.get("recognition_least").asDouble()).isGreaterThan(5 * CHANCE);
    }

    private static double loss(List<JsonNode> lines, String stage, boolean last) {
        var losses = lines.stream()
                .filter(line -> line.has("loss") && line.get("stage").asString().equals(stage))
                .mapToDouble(line -> line.get("loss").asDouble());
        return (last ? losses.reduce((_, newer) -> newer) : losses.findFirst()).orElseThrow();
    }
}
