package org.reg2rg.train;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;
import org.junit.jupiter.api.Test;
import org.reg2rg.tensor.Scope;
import org.reg2rg.tensor.Tensors;

class AdamWTest {
    private static final AdamW.Moments MOMENTS = new AdamW.Moments(0.9, 0.999, 1e-8);

    private static Tensor leaf(float... values) {
        return Tensors.floats(values, values.length).set_requires_grad(true);
    }

    /** d/dx of Σ x²/2·(step+1) is (step+1)·x. */
    private static void backward(Tensor x, int step) {
        Scope.run(() -> x.mul(x).sum().mul(new Scalar(0.5 * (step + 1))).backward());
    }

    @Test
    void followsTheFormulaInDoublePrecision() {
        Tensor x = leaf(1, -2, 0.5f);
        double[] expected = {1, -2, 0.5};
        double[] mean = new double[3];
        double[] square = new double[3];
        var adam = new AdamW(List.of(new TrainedTensor("x", x, 2, 0.1)), MOMENTS);
        for (int step = 0; step < 5; step++) {
            backward(x, step);
            adam.step(0.01, 0.5);
            for (int i = 0; i < 3; i++) {
                double gradient = 0.5 * (step + 1) * expected[i];
                expected[i] *= 1 - 0.02 * 0.1;
                mean[i] += 0.1 * (gradient - mean[i]);
                square[i] = 0.999 * square[i] + 0.001 * gradient * gradient;
                double scale = Math.sqrt(square[i] / (1 - Math.pow(0.999, step + 1))) + 1e-8;
                expected[i] -= 0.02 / (1 - Math.pow(0.9, step + 1)) * mean[i] / scale;
            }
            float[] got = Tensors.toFloats(x);
            for (int i = 0; i < 3; i++) {
                assertThat((double) got[i]).isCloseTo(expected[i], org.assertj.core.data.Offset.offset(1e-6));
            }
        }
    }

    @Test
    void theGradientNormIsTakenOverAllTensorsAndStepsClearIt() {
        Tensor x = leaf(3);
        Tensor y = leaf(4);
        var adam = new AdamW(List.of(new TrainedTensor("x", x, 1, 0), new TrainedTensor("y", y, 1, 0)), MOMENTS);
        backward(x, 0);
        backward(y, 0);
        assertThat(Math.sqrt(adam.squaredGradientNorm())).isEqualTo(5);
        adam.step(0.1, 1);
        assertThat(Math.sqrt(adam.squaredGradientNorm())).isZero();
    }

    @Test
    void aRestoredOptimiserContinuesBitForBit() {
        Tensor straight = leaf(1, -2, 0.5f);
        var first = new AdamW(List.of(new TrainedTensor("x", straight, 1, 0)), MOMENTS);
        for (int step = 0; step < 3; step++) {
            backward(straight, step);
            first.step(0.01, 1);
        }
        Map<String, Tensor> saved = new HashMap<>();
        first.state().forEach((name, tensor) -> saved.put(name, tensor.clone()));
        Tensor resumed = leaf(Tensors.toFloats(straight));
        var second = new AdamW(List.of(new TrainedTensor("x", resumed, 1, 0)), MOMENTS);
        second.restore(first.steps(), saved);
        for (int step = 3; step < 6; step++) {
            backward(straight, step);
            first.step(0.01, 1);
            backward(resumed, step);
            second.step(0.01, 1);
        }
        assertThat(Tensors.toFloats(resumed)).containsExactly(Tensors.toFloats(straight));
    }

    @Test
    void theFirstPublishedStepHasRateZero() {
        var rate = new LearningRate.ConstantWithWarmup(5e-5, 20);
        assertThat(rate.at(0)).isZero();
        assertThat(rate.at(10)).isEqualTo(2.5e-5);
        assertThat(rate.at(20)).isEqualTo(5e-5);
        assertThat(rate.at(1000)).isEqualTo(5e-5);
    }

    @Test
    void aCosineEndsAtItsFloor() {
        var rate = new LearningRate.Cosine(1e-3, 1e-5, 10, 110);
        assertThat(rate.at(0)).isEqualTo(1e-4);
        assertThat(rate.at(10)).isEqualTo(1e-3);
        assertThat(rate.at(110)).isEqualTo(1e-5);
        assertThat(rate.at(500)).isEqualTo(1e-5);
    }
}
