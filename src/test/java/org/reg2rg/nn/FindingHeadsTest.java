package org.reg2rg.nn;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Map;
import java.util.Optional;
import org.bytedeco.pytorch.Tensor;
import org.junit.jupiter.api.Test;
import org.reg2rg.tensor.Scope;
import org.reg2rg.tensor.Tensors;

/** One finding, two latent numbers, one of geometry, two views of two numbers each, two classes of size. */
class FindingHeadsTest {
    private static final double EPSILON = 1e-6;

    /** The second hidden number is always below zero. */
    private static Map<String, Tensor> weights() {
        return Map.ofEntries(
                Map.entry("views", floats(new float[] {1, 0, 0, 1}, 1, 2, 2)),
                Map.entry("trunk.weight", floats(new float[] {1, 1, 1, 1, 1, 0, 0, 0, 0, 0}, 2, 5)),
                Map.entry("trunk.bias", floats(new float[] {0, -1}, 2)),
                Map.entry("findings.weight", floats(new float[] {0.1f, 9}, 1, 2)),
                Map.entry("findings.bias", floats(new float[] {0}, 1)),
                Map.entry("pooled.weight", floats(new float[] {0.2f, 9}, 1, 2)),
                Map.entry("pooled.bias", floats(new float[] {1}, 1)),
                Map.entry("size.weight", floats(new float[] {0, 9, 0.1f, 9}, 2, 2)),
                Map.entry("size.bias", floats(new float[] {0, 0}, 2)),
                Map.entry("pool_scale", floats(new float[] {0.5f, 1, 0}, 1, 3)));
    }

    @Test
    void readsLatentsGeometryAndWhatTheStrongestCellsLookLike() {
        // 1 + 2 of the latents, 3 of the geometry, 1 of the views, whose second is below zero
        assertThat(answer(Optional.of(floats(new float[] {3}, 1, 1, 1))))
                .containsExactly(
                        new float[] {7, 0, 0.7f, 0.2f * 7 + 1 + 0.5f * 4 + 2, 0, 0.7f}, within((float) EPSILON));
    }

    @Test
    void aVolumeWithoutMaskHasNoGeometry() {
        assertThat(answer(Optional.empty())[0]).isEqualTo(4);
    }

    @Test
    void tellsTheDecoderHowSureItIsAndTheShareOfEachSize() {
        float[] numbers = Scope.inference(() -> Tensors.toFloats(
                heads().forward(found(), latents(), Optional.empty()).numbers()));
        assertThat(numbers).hasSize(FindingHeads.numbers(1, 2));
        assertThat((double) numbers[0]).isCloseTo(2 / (1 + Math.exp(-0.4)) - 1, within(EPSILON));
        assertThat((double) numbers[1]).isCloseTo(2 / (1 + Math.exp(-5.8)) - 1, within(EPSILON));
        assertThat((double) numbers[3]).isCloseTo(1 / (1 + Math.exp(-0.4)), within(EPSILON));
        assertThat((double) numbers[2] + numbers[3]).isCloseTo(1, within(EPSILON));
    }

    /** Hidden numbers, finding, pooled finding, sizes. */
    private static float[] answer(Optional<Tensor> geometry) {
        return Scope.inference(() -> {
            var answers = heads().forward(found(), latents(), geometry);
            return Tensors.toFloats(
                    Tensors.cat(1, answers.hidden(), answers.findings(), answers.pooled(), answers.size()));
        });
    }

    private static FindingHeads heads() {
        return new FindingHeads(Weights.of(weights()));
    }

    private static Tensor latents() {
        return floats(new float[] {1, 2}, 1, 1, 2);
    }

    private static FindingMap.Found found() {
        var none = floats(new float[1], 1);
        return new FindingMap.Found(
                none, floats(new float[] {4, 2, 8}, 1, 1, 3), none, floats(new float[] {1, -5}, 1, 1, 2), none);
    }

    private static Tensor floats(float[] values, long... shape) {
        return Tensors.floats(values, shape);
    }
}
