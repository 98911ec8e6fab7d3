package org.reg2rg.nn;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.bytedeco.pytorch.Tensor;
import org.junit.jupiter.api.Test;
import org.reg2rg.Golden;
import org.reg2rg.Tolerance;
import org.reg2rg.tensor.Scope;
import org.reg2rg.tensor.Tensors;

class DropoutTest {
    private static final int COUNT = 100_000;
    private static final double SHARE = 0.25;

    private static Tensor ones(int count) {
        float[] values = new float[count];
        Arrays.fill(values, 1);
        return Tensors.floats(values, count);
    }

    private static float[] dropped(long seed) {
        List<float[]> result = new ArrayList<>();
        Dropout.during(seed, () -> result.add(Tensors.toFloats(Dropout.apply(ones(COUNT), SHARE))));
        return result.getFirst();
    }

    @Test
    void aShareIsDroppedAndTheRestKeepsTheMean() {
        float[] values = dropped(1);
        int zeros = 0;
        int scaled = 0;
        for (float value : values) {
            zeros += value == 0 ? 1 : 0;
            scaled += value == (float) (1 / (1 - SHARE)) ? 1 : 0;
        }
        assertThat(zeros + scaled).isEqualTo(COUNT);
        assertThat((double) zeros / COUNT).isCloseTo(SHARE, Tolerance.DROPPED_SHARE.offset());
    }

    @Test
    void theSeedDecidesAllOfIt() {
        assertThat(dropped(1)).isEqualTo(dropped(1)).isNotEqualTo(dropped(2));
        long upperHalf = 1L << Integer.SIZE;
        assertThat(dropped(1)).isNotEqualTo(dropped(1 + upperHalf));
    }

    @Test
    void outsideTrainingNothingHappens() {
        Scope.run(() -> {
            Tensor x = ones(3);
            assertThat(Dropout.apply(x, SHARE)).isSameAs(x);
            assertThat(Dropout.part(1, () -> Dropout.apply(x, SHARE))).isSameAs(x);
            Dropout.during(1, () -> assertThat(Dropout.apply(x, 0)).isSameAs(x));
        });
    }

    @Test
    void aPartDropsTheSameWhateverRanBefore() {
        List<float[]> parts = new ArrayList<>();
        Dropout.during(7, () -> {
            for (int part : new int[] {3, 4, 3}) {
                parts.add(Tensors.toFloats(Dropout.part(part, () -> Dropout.apply(ones(COUNT), SHARE))));
                Dropout.apply(ones(5), SHARE);
            }
        });
        assertThat(parts.get(2)).isEqualTo(parts.get(0)).isNotEqualTo(parts.get(1));
    }

    @Test
    void attentionThatDropsNextToNothingIsTheFusedOne() {
        Scope.run(() -> {
            float[] values = new float[2 * 3 * 5 * 4];
            for (int i = 0; i < values.length; i++) {
                values[i] = (float) Math.sin(i * i);
            }
            Tensor x = Tensors.floats(values, 2, 3, 5, 4);
            float[] fused = Tensors.toFloats(Attention.full(x, x, x, SHARE));
            Dropout.during(1, () -> {
                float[] slow = Tensors.toFloats(Attention.full(x, x, x, 1e-12));
                assertThat(Golden.nmse(slow, fused)).isLessThan(Tolerance.SAME_NMSE.absolute());
                assertThat(Tensors.toFloats(Attention.full(x, x, x, SHARE))).isNotEqualTo(fused);
            });
        });
    }
}
