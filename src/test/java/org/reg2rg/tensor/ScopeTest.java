package org.reg2rg.tensor;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.bytedeco.pytorch.GradMode;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;
import org.junit.jupiter.api.Test;

class ScopeTest {
    private record Pair(Tensor first, List<Tensor> rest) {}

    static {
        Torch.load();
    }

    @Test
    void freesWhatWasMadeAndKeepsTheResult() {
        List<Tensor> made = new ArrayList<>();
        Tensor kept = Scope.keep(() -> {
            made.add(torch.ones(3));
            return made.getFirst().add(made.getFirst());
        });
        assertThat(made.getFirst().isNull()).isTrue();
        assertThat(Tensors.toFloats(kept)).containsExactly(2, 2, 2);
    }

    @Test
    void aKeptTensorBelongsToTheEnclosingScope() {
        List<Tensor> made = new ArrayList<>();
        Scope.run(() -> {
            made.add(Scope.keep(() -> torch.ones(3)));
            assertThat(Tensors.toFloats(made.getFirst())).containsExactly(1, 1, 1);
        });
        assertThat(made.getFirst().isNull()).isTrue();
    }

    @Test
    void keepsTensorsInRecordsAndLists() {
        Pair pair = Scope.inference(() -> new Pair(torch.ones(1), List.of(torch.zeros(1), torch.ones(1))));
        assertThat(Tensors.toFloats(pair.rest().getLast())).containsExactly(1);
        assertThat(Tensors.toFloats(pair.first())).containsExactly(1);
    }

    @Test
    void whatOutlivesIsFreedByHandOnly() {
        List<Tensor> made = new ArrayList<>();
        Scope.run(() -> made.add(Scope.outlive(() -> torch.ones(2))));
        assertThat(Tensors.toFloats(made.getFirst())).containsExactly(1, 1);
        Scope.free(made);
        assertThat(made.getFirst().isNull()).isTrue();
    }

    @Test
    void inferenceRecordsNoGradients() {
        Tensor weight = torch.ones(2).requires_grad_(true);
        assertThat(Scope.inference(() -> weight.mul(weight)).requires_grad()).isFalse();
        assertThat(GradMode.is_enabled()).isTrue();
        assertThat(weight.mul(weight).requires_grad()).isTrue();
    }
}
