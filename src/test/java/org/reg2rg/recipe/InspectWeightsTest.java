package org.reg2rg.recipe;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.reg2rg.SharedFolder;
import org.reg2rg.tensor.weights.TorchZipWriter;
import org.reg2rg.tensor.weights.WeightOutput;
import org.reg2rg.tensor.weights.WeightSummary;

/** The command {@code inspect} on weights. */
class InspectWeightsTest {
    private final Program program = new Program();

    @TempDir
    Path folder;

    @Test
    void listsTensorsAndTotals() throws IOException {
        Path file = folder.resolve("weights.pt");
        var tensors = new LinkedHashMap<String, WeightOutput>();
        var shared = WeightOutput.floats("shared", List.of(2L, 2L), new float[4]);
        tensors.put("first", shared);
        tensors.put("second", shared);
        tensors.put("ids", WeightOutput.longs("ids", List.of(), new long[] {1}));
        TorchZipWriter.write(file, tensors);
        assertThat(inspect(file)).isEqualTo(Main.OK);
        assertThat(program.out().lines().map(String::strip))
                .containsExactly(
                        file.toString(),
                        "weights, torch zip, " + WeightSummary.size(Files.size(file)),
                        "first   float32   [2, 2]                 16 bytes",
                        "second  float32   [2, 2]                 16 bytes  shares memory with first",
                        "ids     int64     []                      8 bytes",
                        "total: 3 tensors in 2 storages, 5 numbers, 24 bytes (2 float32, 1 int64)");
    }

    @Test
    void namesWhatAHostileFileAsksForAndGoesOn() throws IOException {
        Path hostile = SharedFolder.require("parity/checkpoint/hostile_eval.bin");
        Path good = SharedFolder.require("parity/checkpoint/shards");
        assertThat(inspect(hostile, good)).isEqualTo(Main.BAD_INPUT);
        assertThat(program.err()).contains("eval', which is not allowed in a file of weights (nothing was executed)");
        assertThat(program.out()).contains("in 2 shards", "total: 21 tensors");
        assertThat(Path.of("parity_was_here")).doesNotExist();
    }

    private int inspect(Path... files) {
        var arguments = new ArrayList<>(List.of("inspect"));
        List.of(files).forEach(file -> arguments.add(file.toString()));
        return program.run(arguments.toArray(String[]::new));
    }
}
