package org.reg2rg;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.bytedeco.pytorch.Tensor;
import org.reg2rg.tensor.Tap;
import org.reg2rg.tensor.Tensors;
import org.reg2rg.tensor.weights.WeightFiles;
import org.reg2rg.tensor.weights.WeightSource;

/** Golden tensors of a safetensors file, and the comparison that says what departs, where, and by how much. */
public final class Golden {
    private final Map<String, float[]> expected = new LinkedHashMap<>();
    private final Map<String, List<Long>> shapes = new LinkedHashMap<>();
    private final List<String> departures = new ArrayList<>();

    private Golden() {}

    /** Reads all tensors of a file as float32. */
    public static Golden read(Path file) throws IOException {
        var golden = new Golden();
        try (WeightSource source = WeightFiles.open(file)) {
            source.entries().forEach(entry -> {
                golden.expected.put(entry.name(), source.floats(entry.name()));
                golden.shapes.put(entry.name(), entry.shape());
            });
        }
        return golden;
    }

    public boolean has(String name) {
        return expected.containsKey(name);
    }

    public float[] values(String name) {
        assertThat(expected).containsKey(name);
        return expected.get(name);
    }

    public List<Long> shape(String name) {
        assertThat(shapes).containsKey(name);
        return shapes.get(name);
    }

    /** A recorder that copies every tap that has a golden tensor {@code prefix + name}, cut by {@code view}. */
    public static Tap.Recorder into(Map<String, float[]> seen) {
        return (name, value) -> seen.put(name, Tensors.toFloats(value));
    }

    /** Compares one tensor and remembers a departure; {@link #assertNoDepartures} fails with all of them in order. */
    public double compare(String name, float[] actual, Tolerance tolerance) {
        float[] wanted = values(name);
        assertThat(actual).as(name + " " + shapes.get(name)).hasSize(wanted.length);
        double nmse = nmse(actual, wanted);
        if (!(nmse <= tolerance.absolute())) {
            departures.add(describe(name, actual, wanted, nmse));
        }
        return nmse;
    }

    public double compare(String name, Tensor actual, Tolerance tolerance) {
        return compare(name, Tensors.toFloats(actual), tolerance);
    }

    /** Compares some columns of a matrix [rows, width]: every {@code stride}-th, of the first {@code rows} rows. */
    public double compareColumns(String name, float[] matrix, int width, int stride, Tolerance tolerance) {
        int rows = Math.toIntExact(shape(name).getFirst());
        int columns = (width + stride - 1) / stride;
        var chosen = new float[rows * columns];
        for (int i = 0; i < rows; i++) {
            for (int j = 0; j < columns; j++) {
                chosen[i * columns + j] = matrix[i * width + j * stride];
            }
        }
        return compare(name, chosen, tolerance);
    }

    public void assertNoDepartures() {
        assertThat(departures).as("first stage that departs comes first").isEmpty();
    }

    private String describe(String name, float[] actual, float[] wanted, double nmse) {
        int worst = 0;
        for (int i = 0; i < wanted.length; i++) {
            if (Math.abs(actual[i] - wanted[i]) > Math.abs(actual[worst] - wanted[worst])) {
                worst = i;
            }
        }
        return name + " " + shapes.get(name) + ": NMSE " + nmse + ", worst at " + worst + ": " + actual[worst]
                + " instead of " + wanted[worst];
    }

    /** Σ (x − y)² / Σ y²; NaN where a value is NaN. A constant expectation proves nothing and is refused. */
    public static double nmse(float[] actual, float[] wanted) {
        double error = 0;
        double power = 0;
        for (int i = 0; i < wanted.length; i++) {
            double difference = (double) actual[i] - wanted[i];
            error += difference * difference;
            power += (double) wanted[i] * wanted[i];
        }
        assertThat(wanted.length > 1 && Arrays.equals(wanted, constant(wanted)))
                .as("the expectation is constant")
                .isFalse();
        return error / power;
    }

    private static float[] constant(float[] values) {
        var constant = new float[values.length];
        Arrays.fill(constant, values[0]);
        return constant;
    }
}
