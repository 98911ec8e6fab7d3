package org.reg2rg.recipe;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.reg2rg.core.Json;
import org.reg2rg.ct.Affine;
import org.reg2rg.ct.CtVolume;
import org.reg2rg.ct.Grid;
import org.reg2rg.ct.GridSize;
import org.reg2rg.ct.NiftiWriter;
import org.reg2rg.ct.Region;
import tools.jackson.databind.JsonNode;

/** The largest study that the program promises to preprocess inside 4 GB, in a process of its own. */
@Tag("slow")
class LargeStudyTest {
    private static final GridSize SIZE = new GridSize(512, 512, 800);
    private static final double MOST_MB = 4096;

    @TempDir
    Path folder;

    @Test
    void eightHundredSlicesWithTenMasksFitIntoFourGigabytes() throws IOException, InterruptedException {
        var grid = new Grid(SIZE, Affine.scaled(-0.7, -0.7, 0.5));
        writeCt(grid);
        for (Region region : Region.values()) {
            int from = 20 * region.ordinal();
            NiftiWriter.writeUint8(
                    folder.resolve("masks").resolve(region.datasetName() + ".nii.gz"),
                    grid,
                    index -> index % 512 > from + 50 && index / 512 % 512 > 100 && index % 512 < 450 ? 1 : 0);
        }
        Path json = folder.resolve("figures.json");
        Process child = new ProcessBuilder(List.of(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-XX:+UseParallelGC",
                        "-Xmx3g",
                        "-cp",
                        System.getProperty("java.class.path"),
                        "org.reg2rg.recipe.Main",
                        "benchmark",
                        "preprocess",
                        "--repeat",
                        "1",
                        "--ct",
                        folder.resolve("ct.nii.gz").toString(),
                        "--masks",
                        folder.resolve("masks").toString(),
                        "--json",
                        json.toString()))
                .redirectErrorStream(true)
                .redirectOutput(folder.resolve("log.txt").toFile())
                .start();
        int code = child.waitFor();
        String log = Files.readString(folder.resolve("log.txt"));
        System.out.println(log); // the figures, for the record
        assertThat(code).as(log).isZero();
        JsonNode results = Json.read(json).get("results");
        JsonNode peak = results.get(results.size() - 1);
        assertThat(peak.get("what").asString()).contains("peak resident memory");
        assertThat(peak.get("max").asDouble()).isLessThan(MOST_MB);
    }

    private void writeCt(Grid grid) throws IOException {
        float[] hu = new float[SIZE.voxels()];
        int noise = 1;
        for (int n = 0; n < hu.length; n++) {
            noise = noise * 1103515245 + 12345;
            hu[n] = (n % 512 > 80 && n % 512 < 440 ? 30 : -1010) + (noise >>> 26) - 32;
        }
        Files.createDirectories(folder.resolve("masks"));
        NiftiWriter.writeInt16(folder.resolve("ct.nii.gz"), new CtVolume(grid, hu));
    }
}
