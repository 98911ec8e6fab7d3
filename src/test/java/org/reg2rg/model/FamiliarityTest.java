package org.reg2rg.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.reg2rg.Tolerance;
import org.reg2rg.core.InputException;
import org.reg2rg.tensor.weights.SafetensorsWriter;
import org.reg2rg.tensor.weights.WeightFiles;
import org.reg2rg.tensor.weights.WeightOutput;
import org.reg2rg.tensor.weights.WeightSource;

/** The measure of familiarity, on vectors of a known kind. */
class FamiliarityTest {
    private static final int WIDTH = 40;
    private static final int STRONG = 6;

    @TempDir
    private Path folder = Path.of("");

    /** Vectors that vary widely along six axes and little along the others, around 3. */
    private static List<float[]> looks(int count, long seed) {
        var random = new SplittableRandom(seed);
        var looks = new ArrayList<float[]>();
        for (int n = 0; n < count; n++) {
            float[] look = new float[WIDTH];
            for (int i = 0; i < WIDTH; i++) {
                look[i] = (float) (3 + random.nextGaussian() * (i < STRONG ? 5 : 0.1));
            }
            looks.add(look);
        }
        return looks;
    }

    private static Familiarity learned() {
        return Familiarity.learn(looks(400, 1), looks(200, 2), 0.02);
    }

    private static double flagged(Familiarity familiarity, List<float[]> looks) {
        return looks.stream()
                        .filter(look -> familiarity.distance(look) > familiarity.threshold())
                        .count()
                / (double) looks.size();
    }

    @Test
    void knowsItsKindAndNothingElse() {
        Familiarity familiarity = learned();
        assertThat(flagged(familiarity, looks(200, 2))).isLessThanOrEqualTo(0.02);
        assertThat(flagged(familiarity, looks(2000, 3))).isBetween(0.001, 0.05);
        var weakly = looks(100, 4);
        weakly.forEach(look -> look[WIDTH - 1] += 2); // 20 deviations of a weak axis, less than one of a strong one
        assertThat(flagged(familiarity, weakly)).isEqualTo(1);
        var strongly = looks(100, 5);
        strongly.forEach(look -> look[0] += 100);
        assertThat(flagged(familiarity, strongly)).isEqualTo(1);
        float[] middle = new float[WIDTH];
        java.util.Arrays.fill(middle, 3);
        assertThat(familiarity.distance(middle)).isLessThan(0.2);
    }

    @Test
    void aTrainingStudyIsAboutOneAway() {
        Familiarity familiarity = learned();
        double mean = looks(400, 1).stream()
                .mapToDouble(familiarity::distance)
                .average()
                .orElseThrow();
        assertThat(mean).isBetween(0.9, 1.1);
    }

    @Test
    void vectorsThatDoNotDifferAreNoTrap() {
        var same = List.of(new float[] {1, 2, 3}, new float[] {1, 2, 3}, new float[] {1, 2, 3});
        Familiarity familiarity = Familiarity.learn(same, same, 0);
        assertThat(familiarity.distance(new float[] {1, 2, 3})).isLessThanOrEqualTo(familiarity.threshold());
        assertThat(familiarity.distance(new float[] {1, 2, 4})).isGreaterThan(familiarity.threshold());
    }

    @Test
    void comesBackFromItsFileToTheBit() throws IOException {
        Familiarity familiarity = learned();
        familiarity.write(folder);
        Familiarity read = Familiarity.read(folder, WIDTH).orElseThrow();
        for (float[] look : looks(50, 6)) {
            assertThat(read.distance(look)).isEqualTo(familiarity.distance(look));
        }
        assertThat(read.threshold()).isEqualTo(familiarity.threshold());
        byte[] first = Files.readAllBytes(folder.resolve(Familiarity.FILE));
        learned().write(folder);
        assertThat(Files.readAllBytes(folder.resolve(Familiarity.FILE))).isEqualTo(first);
        assertThat(Familiarity.read(folder.resolve("elsewhere"), WIDTH)).isEmpty();
    }

    @Test
    void theFileOfThePublishedWidthStaysSmall() throws IOException {
        var random = new SplittableRandom(7);
        var looks = new ArrayList<float[]>();
        for (int n = 0; n < 70; n++) {
            float[] look = new float[GlobalLook.width(ModelConfig.published())];
            for (int i = 0; i < look.length; i++) {
                look[i] = (float) random.nextGaussian();
            }
            looks.add(look);
        }
        Familiarity.learn(looks, looks.subList(0, 5), 0.02).write(folder);
        assertThat(Files.size(folder.resolve(Familiarity.FILE))).isLessThanOrEqualTo(200_000);
    }

    @Test
    void aDamagedFileIsRefusedInWords() throws IOException {
        learned().write(folder);
        refused(WIDTH + 1, "'mean' has the shape [40], expected [41]");
        rewrite("threshold", Float.NaN);
        refused(WIDTH, "'threshold' has a value that is no number");
        learned().write(folder);
        rewrite("rest_variance", 0);
        refused(WIDTH, "variances and threshold must be above 0");
        Files.writeString(folder.resolve(Familiarity.FILE), "{}");
        refused(WIDTH, Familiarity.FILE);
        SafetensorsWriter.write(
                folder.resolve(Familiarity.FILE),
                Map.of(),
                List.of(WeightOutput.floats("mean", List.of(2L), new float[2])));
        refused(WIDTH, "there is no 'directions'; delete the file, or make it again");
    }

    private void refused(int width, String words) {
        assertThatThrownBy(() -> Familiarity.read(folder, width))
                .isInstanceOf(InputException.class)
                .hasMessageContaining(Familiarity.FILE)
                .hasMessageContaining(words);
    }

    private void rewrite(String name, float value) throws IOException {
        Path file = folder.resolve(Familiarity.FILE);
        var outputs = new ArrayList<WeightOutput>();
        try (WeightSource source = WeightFiles.open(file)) {
            source.entries()
                    .forEach(entry -> outputs.add(WeightOutput.floats(
                            entry.name(),
                            entry.shape(),
                            entry.name().equals(name) ? new float[] {value} : source.floats(entry.name()))));
        }
        SafetensorsWriter.write(file, Map.of(), outputs);
    }

    @Test
    void aLookIsMeanAndDeviationOfEachFeature() {
        float[] look = GlobalLook.look(new float[] {1, 10, 3, 10}, 2);
        Tolerance.PROBABILITY.check("look", look, new float[] {2, 10, 1, 0});
    }

    @Test
    void goesWithTheWeightsAndNotWithOthers() throws IOException {
        learned().write(folder);
        Path beside = Familiarity.besideCheckpoint(folder.resolve("model.bin"));
        assertThat(beside).isEqualTo(folder.resolve("model.bin.familiar.safetensors"));
        Familiarity.copy(folder.resolve(Familiarity.FILE), beside);
        assertThat(beside).hasSameBinaryContentAs(folder.resolve(Familiarity.FILE));
        Familiarity.copy(folder.resolve("nowhere"), beside);
        assertThat(beside).doesNotExist();
    }
}
