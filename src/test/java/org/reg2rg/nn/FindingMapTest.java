package org.reg2rg.nn;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Random;
import org.assertj.core.data.Offset;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch.ScalarType;
import org.junit.jupiter.api.Test;
import org.reg2rg.tensor.Precision;
import org.reg2rg.tensor.Scope;
import org.reg2rg.tensor.Tensors;

class FindingMapTest {
    private static final int C = 3;
    private static final int FINE = 2;
    private static final int F = 2;
    private static final int E = 6;
    private static final Offset<Double> CLOSE = Offset.offset(1e-4);

    private final Random random = new Random(5);

    /** Finding 0 is where channel 0 is high, finding 1 where channel 1 is; tokens hand place and strength on. */
    private Map<String, Tensor> weights() {
        var weights = new LinkedHashMap<String, Tensor>();
        weights.put("fine.weight", Tensors.floats(new float[] {1, 0, 0, 1, 0, 0}, C, FINE));
        weights.put("map.weight", Tensors.floats(new float[] {1, 0, 0, 0, 1, 0, 0, 0, 1}, C, C));
        weights.put("map.bias", Tensors.floats(new float[C], C));
        weights.put("patch.weight", Tensors.floats(new float[C * E], C, E));
        weights.put("patch.bias", Tensors.floats(new float[C], C));
        weights.put("dense.weight", Tensors.floats(new float[] {40, 0, 0, 0, 40, 0}, F, C));
        weights.put("dense.bias", Tensors.floats(new float[] {-20, -20}, F));
        float[] pick = new float[E * (C + FindingMap.NUMBERS)];
        for (int i = 0; i < E; i++) {
            pick[i * (C + FindingMap.NUMBERS) + C + i] = 1; // the six numbers themselves
        }
        weights.put("token.weight", Tensors.floats(pick, E, C + FindingMap.NUMBERS));
        weights.put("token.bias", Tensors.floats(new float[E], E));
        weights.put("latents", Tensors.floats(new float[F * E], F, E));
        return weights;
    }

    @Test
    void tokensSayHowStrongAndWhere() {
        var scope = Scope.inference(() -> {
            int cells = 4 * 4 * 2;
            float[] map = new float[C * cells];
            map[(3 * 4 + 0) * 2 + 1] = 1; // channel 0 at x 3, y 0, z 1
            var found = found(new float[FINE * 8 * cells], map);
            assertThat(found.cells().sizes().vec().get()).containsExactly(1, F, 8, 8, 4);
            float[] tokens = Tensors.toFloats(found.tokens());
            double[] expected = {20 * 0.25, (20 - 7 * 20) / 8.0 * 0.25, (20 - 31 * 20) / 32.0 * 0.25, 0.75, -0.75, 0.5};
            for (int i = 0; i < expected.length; i++) {
                assertThat((double) tokens[i]).as("number " + i).isCloseTo(expected[i], CLOSE);
            }
            assertThat(Tensors.toFloats(found.numbers()))
                    .as("here the tokens are the numbers")
                    .containsExactly(tokens);
            // What is nowhere is everywhere the same: its place is the middle.
            for (int i = 3; i < E; i++) {
                assertThat((double) tokens[E + i]).isCloseTo(0, CLOSE);
            }
            return true;
        });
        assertThat(scope).isTrue();
    }

    @Test
    void whatTheFineMapAloneShowsIsFoundThere() {
        Scope.run(() -> {
            int cells = 8 * 8 * 4;
            float[] fine = new float[FINE * cells];
            int cell = (5 * 8 + 2) * 4 + 3; // x 5, y 2, z 3
            fine[cells + cell] = 1; // fine channel 1 is channel 1
            var found = found(fine, new float[C * 4 * 4 * 2]);
            float[] second = Tensors.toFloats(found.cells().select(1, 1).contiguous());
            for (int i = 0; i < cells; i++) {
                assertThat(second[i]).as("cell " + i).isEqualTo(i == cell ? 20 : -20);
            }
            float[] numbers = Tensors.toFloats(found.numbers());
            double[] place = {0.375, -0.375, 0.75};
            for (int axis = 0; axis < place.length; axis++) {
                assertThat((double) numbers[FindingMap.NUMBERS + 3 + axis]).isCloseTo(place[axis], CLOSE);
            }
        });
    }

    /** @param fine [2, 8, 8, 4], {@code coarse} [3, 4, 4, 2]; patches say nothing */
    private FindingMap.Found found(float[] fine, float[] coarse) {
        return found(fine, coarse, ScalarType.Float);
    }

    private FindingMap.Found found(float[] fine, float[] coarse, ScalarType format) {
        var maps = new ConvolutionStem.Maps(
                Tensors.floats(fine, 1, FINE, 8, 8, 4).to(format),
                Tensors.floats(coarse, 1, C, 4, 4, 2).to(format));
        return new FindingMap(Weights.of(weights())).forward(maps, Tensors.floats(new float[2 * 2 * E], 1, 4, E));
    }

    /** As when the stem convolves in bfloat16, which has a step of 1/256. */
    @Test
    void inBfloat16TheSameIsFound() {
        Scope.run(() -> {
            float[] fine = noise(FINE * 256);
            float[] coarse = noise(C * 32);
            var exact = found(fine, coarse);
            var rounded = found(fine, coarse, ScalarType.BFloat16);
            assertThat(Precision.FLOAT32.isOf(rounded.tokens())).isTrue();
            assertThat(distance(exact.cells(), rounded.cells()))
                    .isLessThan(0.02)
                    .isPositive();
            assertThat(distance(exact.spots(), rounded.spots())).isLessThan(0.02);
        });
    }

    private float[] noise(int count) {
        float[] noise = new float[count];
        for (int i = 0; i < count; i++) {
            noise[i] = random.nextFloat();
        }
        return noise;
    }

    private static double distance(Tensor expected, Tensor got) {
        return got.sub(expected).norm().item_double() / expected.norm().item_double();
    }

    @Test
    void patchesReachTheCellsAboveThem() {
        Scope.run(() -> {
            var weights = weights();
            var maps = new ConvolutionStem.Maps(
                    Tensors.floats(new float[FINE * 256], 1, FINE, 8, 8, 4),
                    Tensors.floats(new float[C * 32], 1, C, 4, 4, 2));
            var patches = Tensors.floats(new float[4 * E], 1, 4, E);
            Weights.of(weights).get("patch.weight").select(0, 1).fill_(new Scalar(1));
            patches.select(1, 2).fill_(new Scalar(random.nextDouble() + 1)); // patch x 1, y 0, z 0
            var cells =
                    new FindingMap(Weights.of(weights)).forward(maps, patches).cells();
            float[] second = Tensors.toFloats(cells.select(1, 1).contiguous());
            for (int cell = 0; cell < 256; cell++) {
                boolean above = cell / 32 >= 4 && cell / 4 % 8 < 4;
                assertThat(second[cell] > 0).as("cell " + cell).isEqualTo(above);
            }
        });
    }
}
