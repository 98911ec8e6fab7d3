package org.reg2rg.tensor.weights;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.bytedeco.pytorch.global.torch.ScalarType;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.reg2rg.tensor.Scope;
import org.reg2rg.tensor.Tensors;

class WeightTensorsTest {
    @TempDir
    Path folder;

    @Test
    void tensorsGoOutAndComeBack() throws IOException {
        Path file = folder.resolve("t.safetensors");
        Scope.run(() -> {
            var x = Tensors.floats(new float[] {1, 2, 3, 4.001f, 5, -6}, 2, 3);
            var transposed = x.t();
            var half = x.to(ScalarType.BFloat16);
            var ids = Tensors.longs(7, 8);
            write(
                    file,
                    WeightTensors.output("transposed", transposed),
                    WeightTensors.output("half", half),
                    WeightTensors.output("ids", ids),
                    WeightTensors.output("none", Tensors.empty(ScalarType.Float, 0, 2)));
        });
        try (WeightSource source = WeightFiles.open(file)) {
            Scope.run(() -> {
                var transposed = WeightTensors.tensor(source, "transposed", ScalarType.Float);
                assertThat(transposed.sizes().vec().get()).containsExactly(3, 2);
                assertThat(Tensors.toFloats(transposed)).containsExactly(1, 4.001f, 2, 5, 3, -6);
                var half = WeightTensors.tensor(source, "half", ScalarType.Float);
                assertThat(half.scalar_type().intern()).isEqualTo(ScalarType.Float);
                assertThat(Tensors.toFloats(half)).containsExactly(1, 2, 3, 4, 5, -6);
                var rounded = WeightTensors.tensor(source, "transposed", ScalarType.BFloat16);
                assertThat(rounded.scalar_type().intern()).isEqualTo(ScalarType.BFloat16);
                assertThat(Tensors.toLongs(WeightTensors.tensor(source, "ids", ScalarType.Long)))
                        .containsExactly(7, 8);
                assertThat(WeightTensors.tensor(source, "none", ScalarType.Float)
                                .numel())
                        .isZero();
            });
        }
    }

    private static void write(Path file, WeightOutput... tensors) {
        try {
            SafetensorsWriter.write(file, Map.of(), List.of(tensors));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
