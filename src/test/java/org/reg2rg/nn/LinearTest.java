package org.reg2rg.nn;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Optional;
import org.bytedeco.pytorch.global.torch.ScalarType;
import org.junit.jupiter.api.Test;
import org.reg2rg.tensor.Scope;
import org.reg2rg.tensor.Tensors;

class LinearTest {
    @Test
    void onlyOneRowInBfloat16TakesTheKernelOfOneRow() {
        Scope.run(() -> {
            var exact = new Linear(Tensors.floats(new float[6], 3, 2), Optional.empty());
            var rounded = new Linear(exact.weight().to(ScalarType.BFloat16), Optional.empty());
            var row = Tensors.floats(new float[2], 1, 1, 2);
            var rows = Tensors.floats(new float[4], 1, 2, 2);
            assertThat(rounded.isOneRow(row)).isTrue();
            assertThat(rounded.isOneRow(rows)).isFalse();
            assertThat(exact.isOneRow(row)).isFalse();
        });
    }
}
