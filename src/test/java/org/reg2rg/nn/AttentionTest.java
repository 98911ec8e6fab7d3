package org.reg2rg.nn;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Random;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch.ScalarType;
import org.junit.jupiter.api.Test;
import org.reg2rg.Golden;
import org.reg2rg.Tolerance;
import org.reg2rg.tensor.Scope;
import org.reg2rg.tensor.Tensors;

class AttentionTest {
    private static final int QUERIES = 600; // two pieces and a part of a third
    private static final int KEYS = 70;

    private final Random random = new Random(1);

    @Test
    void bfloat16InPiecesIsTheFusedAttentionOfTheSameNumbers() {
        Scope.run(() -> {
            var q = heads(QUERIES);
            var keys = heads(KEYS);
            var values = heads(KEYS);
            var pieces = Attention.full(q, keys, values, 0);
            assertThat(pieces.scalar_type().intern()).isEqualTo(ScalarType.BFloat16);
            var fused =
                    Attention.full(q.to(ScalarType.Float), keys.to(ScalarType.Float), values.to(ScalarType.Float), 0);
            assertThat(pieces.shape()).isEqualTo(fused.shape());
            assertThat(Golden.nmse(Tensors.toFloats(pieces), Tensors.toFloats(fused)))
                    .isLessThan(Tolerance.BLOCK_NMSE_BFLOAT16.absolute());
        });
    }

    @Test
    void whatLearnsIsComputedInFloat32() {
        Scope.run(() -> {
            var frozen = heads(2);
            assertThat(type(Attention.format(frozen))).isEqualTo(ScalarType.BFloat16);
            assertThat(type(Attention.format(frozen.set_requires_grad(true)))).isEqualTo(ScalarType.Float);
        });
    }

    private static ScalarType type(Tensor x) {
        return x.scalar_type().intern();
    }

    /** [1, 3, count, 8] as the blocks have it: a view of [1, count, 3 · 8]. */
    private Tensor heads(int count) {
        float[] values = new float[count * 24];
        for (int i = 0; i < values.length; i++) {
            values[i] = 2 * (float) random.nextGaussian();
        }
        return Tensors.floats(values, 1, count, 3, 8).permute(0, 2, 1, 3).to(ScalarType.BFloat16);
    }
}
