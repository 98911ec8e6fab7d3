package org.reg2rg.model;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.reg2rg.core.AtomicFiles;
import org.reg2rg.core.InputException;
import org.reg2rg.tensor.weights.SafetensorsWriter;
import org.reg2rg.tensor.weights.WeightFiles;
import org.reg2rg.tensor.weights.WeightOutput;
import org.reg2rg.tensor.weights.WeightSource;

/**
 * How unlike the studies of its training a study looks to a model: a distance of its {@link GlobalLook} from those of the
 * training studies, and the limit up to which studies of that kind come. The training studies are described by a Gaussian
 * that keeps their strongest directions with a variance each and gives all others one common variance (probabilistic principal
 * component analysis, Tipping and Bishop 1999); the distance is Mahalanobis', divided by the root of the width, so that it is
 * about 1 for a training study. It lies in the model folder as {@value #FILE}, which a model may lack.
 */
public final class Familiarity {
    /** The file's name in a model folder. */
    public static final String FILE = "familiar.safetensors";

    /** The usual share of held-out studies beyond the limit; of others of their kind at most 5 % then are. */
    public static final double FLAGGED = 0.03;

    /** Training studies that a measure needs. */
    public static final int FEWEST = 3;

    /** Keeps the file below 200 KB. */
    private static final int MOST_NUMBERS = 45_000;

    private static final int MOST_DIRECTIONS = 64;
    private static final int MOST_WIDTH = 1 << 16;
    private static final String MEAN = "mean";
    private static final String DIRECTIONS = "directions";
    private static final String VARIANCES = "variances";
    private static final String REST = "rest_variance";
    private static final String THRESHOLD = "threshold";

    private final float[] mean;
    private final float[][] directions;
    private final float[] variances;
    private final float rest;
    private final float threshold;

    private Familiarity(float[] mean, float[][] directions, float[] variances, float rest, float threshold) {
        this.mean = mean;
        this.directions = directions;
        this.variances = variances;
        this.rest = rest;
        this.threshold = threshold;
    }

    /**
     * Learns from looks at studies, see {@link GlobalLook}.
     *
     * @param training looks at training studies; at least {@value #FEWEST}
     * @param heldOut looks at studies of the same kind that were not trained on
     * @param flagged share of {@code heldOut} that the limit leaves out: 0.01 for one in a hundred
     */
    public static Familiarity learn(List<float[]> training, List<float[]> heldOut, double flagged) {
        if (training.size() < FEWEST || heldOut.isEmpty() || !(flagged >= 0 && flagged < 1)) {
            throw new IllegalArgumentException(
                    "needs at least " + FEWEST + " training and 1 held-out study and a share below 1, got "
                            + training.size() + ", " + heldOut.size() + ", " + flagged);
        }
        int width = training.getFirst().length;
        int count = Math.min(Math.min(MOST_DIRECTIONS, MOST_NUMBERS / width - 2), Math.min(width, training.size()) / 2);
        var components = PrincipalComponents.of(training, Math.max(1, count));
        var unlimited = new Familiarity(
                components.mean(), components.directions(), components.variances(), components.rest(), 0);
        double[] distances =
                heldOut.stream().mapToDouble(unlimited::distance).sorted().toArray();
        int last = (int) Math.ceil((1 - flagged) * distances.length) - 1;
        float limit = Math.nextUp((float) distances[Math.clamp(last, 0, distances.length - 1)]);
        return new Familiarity(unlimited.mean, unlimited.directions, unlimited.variances, unlimited.rest, limit);
    }

    /** @param look at a study, see {@link GlobalLook} */
    public double distance(float[] look) {
        if (look.length != mean.length) {
            throw new IllegalArgumentException("expected " + mean.length + " numbers, got " + look.length);
        }
        float[] from = look.clone();
        double all = 0;
        for (int i = 0; i < mean.length; i++) {
            from[i] -= mean[i];
            all += (double) from[i] * from[i];
        }
        double squares = 0;
        for (int k = 0; k < directions.length; k++) {
            double along = PrincipalComponents.dot(directions[k], from);
            squares += along * along / variances[k];
            all -= along * along;
        }
        squares += Math.max(0, all) / rest;
        return Math.sqrt(squares / mean.length);
    }

    /** The largest distance of what the model knows. */
    public double threshold() {
        return threshold;
    }

    /** Writes the file into a model folder. */
    public void write(Path folder) throws IOException {
        long width = mean.length;
        long count = directions.length;
        float[] flat = new float[Math.toIntExact(width * count)];
        for (int k = 0; k < count; k++) {
            System.arraycopy(directions[k], 0, flat, Math.toIntExact(k * width), mean.length);
        }
        SafetensorsWriter.write(
                folder.resolve(FILE),
                Map.of("format", "pt"),
                List.of(
                        WeightOutput.floats(MEAN, List.of(width), mean),
                        WeightOutput.floats(DIRECTIONS, List.of(count, width), flat),
                        WeightOutput.floats(VARIANCES, List.of(count), variances),
                        WeightOutput.floats(REST, List.of(1L), new float[] {rest}),
                        WeightOutput.floats(THRESHOLD, List.of(1L), new float[] {threshold})));
    }

    /** Where {@code export} puts the file, and {@code import} looks for it: beside a checkpoint that has no place for it. */
    public static Path besideCheckpoint(Path checkpoint) {
        return checkpoint.resolveSibling(checkpoint.getFileName() + "." + FILE);
    }

    /** Copies the file with the weights it belongs to; where there is none, a copy from before is deleted. */
    public static void copy(Path from, Path to) throws IOException {
        if (Files.isRegularFile(from)) {
            AtomicFiles.write(to, out -> Files.copy(from, out));
        } else {
            Files.deleteIfExists(to);
        }
    }

    /**
     * Reads the file of a model folder, if it has one.
     *
     * @param width numbers of a look of the model, see {@link GlobalLook#width}
     * @throws InputException if the file is damaged or belongs to a model of another width
     */
    public static Optional<Familiarity> read(Path folder, int width) throws IOException {
        Path file = folder.resolve(FILE);
        if (!Files.exists(file)) {
            return Optional.empty();
        }
        try (WeightSource source = WeightFiles.open(file)) {
            long count = rows(file, source);
            float[] mean = numbers(file, source, MEAN, List.of((long) width));
            float[] flat = numbers(file, source, DIRECTIONS, List.of(count, (long) width));
            float[] variances = numbers(file, source, VARIANCES, List.of(count));
            float rest = numbers(file, source, REST, List.of(1L))[0];
            float threshold = numbers(file, source, THRESHOLD, List.of(1L))[0];
            boolean positive = rest > 0 && threshold > 0;
            for (float variance : variances) {
                positive &= variance > 0;
            }
            if (!positive) {
                throw damaged(file, "variances and threshold must be above 0");
            }
            var directions = new ArrayList<float[]>();
            for (int k = 0; k < count; k++) {
                directions.add(Arrays.copyOfRange(flat, k * width, (k + 1) * width));
            }
            return Optional.of(new Familiarity(mean, directions.toArray(float[][]::new), variances, rest, threshold));
        }
    }

    private static long rows(Path file, WeightSource source) {
        List<Long> shape = source.entries().stream()
                .filter(entry -> entry.name().equals(DIRECTIONS))
                .findFirst()
                .orElseThrow(() -> damaged(file, "there is no '" + DIRECTIONS + "'"))
                .shape();
        if (shape.size() != 2 || shape.get(0) < 1 || shape.get(0) > MOST_WIDTH || shape.get(1) > MOST_WIDTH) {
            throw damaged(file, "'" + DIRECTIONS + "' has the shape " + shape);
        }
        return shape.get(0);
    }

    private static float[] numbers(Path file, WeightSource source, String name, List<Long> shape) {
        var entry = source.entries().stream()
                .filter(e -> e.name().equals(name))
                .findFirst()
                .orElseThrow(() -> damaged(file, "there is no '" + name + "'"));
        if (!entry.shape().equals(shape)) {
            throw damaged(file, "'" + name + "' has the shape " + entry.shape() + ", expected " + shape);
        }
        float[] values = source.floats(name);
        for (float value : values) {
            if (!Float.isFinite(value)) {
                throw damaged(file, "'" + name + "' has a value that is no number");
            }
        }
        return values;
    }

    private static InputException damaged(Path file, String problem) {
        return new InputException(
                file.toString(), problem, "delete the file, or make it again with `reg2rg familiarise`");
    }
}
