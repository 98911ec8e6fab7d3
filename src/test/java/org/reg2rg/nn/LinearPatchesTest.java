package org.reg2rg.nn;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch.ScalarType;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.reg2rg.Golden;
import org.reg2rg.Tolerance;
import org.reg2rg.tensor.Precision;
import org.reg2rg.tensor.Scope;
import org.reg2rg.tensor.Tensors;

class LinearPatchesTest {
    private static final int CHANNELS = 3;
    private static final int WIDTH = 6;
    private static final int PATCH = 4 * 4 * 2 * CHANNELS;

    private final Random random = new Random(2);

    /** The repeated channels are not computed; the result is the same as if they were. */
    @ParameterizedTest
    @EnumSource(Precision.class)
    void oneChannelGivesWhatItsRepetitionGives(Precision precision) {
        Scope.run(() -> {
            var patches = new LinearPatches(Weights.of(weights(precision.scalarType())), List.of(4, 4, 2), CHANNELS);
            var volume = floats(1, 1, 8, 8, 4);
            var one = patches.forward(volume);
            var three = patches.forward(volume.expand(1, CHANNELS, 8, 8, 4));
            assertThat(one.shape()).containsExactly(1, 8, WIDTH);
            assertThat(Golden.nmse(Tensors.toFloats(one), Tensors.toFloats(three)))
                    .isLessThan(
                            switch (precision) {
                                case FLOAT32 -> Tolerance.SAME_NMSE.absolute();
                                case BFLOAT16 -> Tolerance.BLOCK_NMSE_BFLOAT16.absolute();
                            });
        });
    }

    private Map<String, Tensor> weights(ScalarType type) {
        var weights = new LinkedHashMap<String, Tensor>();
        weights.put("1.weight", floats(PATCH).to(type));
        weights.put("1.bias", floats(PATCH).to(type));
        weights.put("2.weight", floats(WIDTH, PATCH).to(type));
        weights.put("2.bias", floats(WIDTH).to(type));
        weights.put("3.weight", floats(WIDTH).to(type));
        weights.put("3.bias", floats(WIDTH).to(type));
        return weights;
    }

    private Tensor floats(long... shape) {
        int count = 1;
        for (long axis : shape) {
            count *= (int) axis;
        }
        float[] values = new float[count];
        for (int i = 0; i < count; i++) {
            values[i] = (float) random.nextGaussian();
        }
        return Tensors.floats(values, shape);
    }
}
