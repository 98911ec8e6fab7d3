package org.reg2rg.model;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.bytedeco.pytorch.Tensor;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.reg2rg.Formula;
import org.reg2rg.Golden;
import org.reg2rg.SharedFolder;
import org.reg2rg.Tolerance;
import org.reg2rg.core.Json;
import org.reg2rg.nn.Weights;
import org.reg2rg.tensor.Precision;
import org.reg2rg.tensor.Scope;
import org.reg2rg.tensor.Tap;
import org.reg2rg.tensor.Tensors;
import tools.jackson.databind.JsonNode;

/** The visual side at its published size against the published code, every tap of three inputs. */
class VisionParityTest {
    private static final Map<String, Tensor> WEIGHTS = new LinkedHashMap<>();

    @BeforeAll
    static void makeWeights() {
        SharedFolder.require("parity/vision");
        WEIGHTS.putAll(FormulaWeights.of(
                ModelConfig.published(),
                Precision.FLOAT32,
                name -> name.startsWith(ParameterTable.VISUAL) && !name.contains("_token_weight")));
    }

    @AfterAll
    static void freeWeights() {
        Scope.free(WEIGHTS.values());
        WEIGHTS.clear();
    }

    @ParameterizedTest
    @ValueSource(strings = {"a", "b", "c"})
    void everyTapAgrees(String name) throws Exception {
        Map<String, float[]> seen = run(name, WEIGHTS);
        assertThat(compare(name, seen, Tolerance.TOWER_NMSE)).isEqualTo(13);
    }

    @Test
    void bfloat16StaysWithinItsTolerance() throws Exception {
        Map<String, Tensor> rounded = new LinkedHashMap<>();
        WEIGHTS.forEach((name, tensor) -> rounded.put(name, Precision.BFLOAT16.cast(tensor)));
        Map<String, float[]> seen = run("b", rounded);
        assertThat(compare("b", seen, Tolerance.TOWER_NMSE_BFLOAT16)).isEqualTo(13);
        Scope.free(rounded.values());
    }

    private static Map<String, float[]> run(String name, Map<String, Tensor> weights) throws Exception {
        JsonNode inputs = expected(name).get("inputs");
        var builder = new ModelBuilder(ModelConfig.published(), Weights.of(weights));
        Map<String, float[]> seen = new LinkedHashMap<>();
        try (var _ = Tap.install(Golden.into(seen))) {
            Scope.inference(() ->
                    builder.textureEncoder().forward(input(inputs, "input." + name + ".image"), Optional.empty()));
            Scope.inference(() -> builder.geometryEncoder().forward(input(inputs, "input." + name + ".mask")));
        }
        return seen;
    }

    private static JsonNode expected(String name) throws Exception {
        return Json.read(SharedFolder.require("parity/vision/expected.json"))
                .get("cases")
                .get(name);
    }

    /** [x, y, z] or [c, x, y, z] → [1, c, x, y, z] */
    private static Tensor input(JsonNode inputs, String name) {
        long[] shape = new long[inputs.get(name).size()];
        for (int i = 0; i < shape.length; i++) {
            shape[i] = inputs.get(name).get(i).asLong();
        }
        var volume = Tensors.floats(Formula.values(name, 1, shape), shape);
        return shape.length == 3 ? volume.unsqueeze(0).unsqueeze(0) : volume.unsqueeze(0);
    }

    private static int compare(String name, Map<String, float[]> seen, Tolerance tolerance) throws Exception {
        Golden golden = Golden.read(SharedFolder.require("parity/vision/expected.safetensors"));
        JsonNode tensors = expected(name).get("tensors");
        int compared = 0;
        for (String tap : tensors.propertyNames()) {
            float[] stored = everyNthRow(java.util.Objects.requireNonNull(seen.get(tap), tap), tensors.get(tap));
            golden.compare(name + "." + tap, stored, tolerance);
            compared++;
        }
        golden.assertNoDepartures();
        return compared;
    }

    private static float[] everyNthRow(float[] all, JsonNode tensor) {
        int width = tensor.get("shape").get(tensor.get("shape").size() - 1).asInt();
        int stride = tensor.get("row_stride").asInt() * width;
        int rows = (all.length + stride - 1) / stride;
        var stored = new float[rows * width];
        for (int i = 0; i < rows; i++) {
            System.arraycopy(all, i * stride, stored, i * width, width);
        }
        return stored;
    }
}
