package org.reg2rg.tensor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.SymbolLookup;
import java.lang.foreign.ValueLayout;
import java.util.Optional;
import java.util.SplittableRandom;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;
import org.bytedeco.pytorch.global.torch.ScalarType;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.reg2rg.Tolerance;
import org.reg2rg.nn.Linear;

class KernelsTest {
    private int threads;

    @BeforeEach
    void twoThreads() {
        threads = Torch.threads();
        Torch.threads(2);
    }

    @AfterEach
    void asBefore() {
        Torch.threads(threads);
    }

    @Test
    void theMatrixLibraryHasOneThreadWhileAKernelCallsItFromSeveral() throws Throwable {
        int outside = matrixThreads();
        int[] inside = new int[2];
        Scope.run(() -> Kernels.nested(() -> {
            inside[0] = matrixThreads();
            return Kernels.nested(() -> {
                inside[1] = matrixThreads();
                return Tensors.floats(new float[1], 1);
            });
        }));
        assertThat(inside).containsExactly(1, 1);
        assertThat(matrixThreads()).isEqualTo(outside).isEqualTo(Torch.threadsOf(environment(), 2));
    }

    @Test
    void aKernelThatFailsLeavesTheSettingsAsTheyWere() throws Throwable {
        int outside = matrixThreads();
        assertThatThrownBy(() -> Kernels.nested(() -> {
                    throw new IllegalArgumentException("no tensor");
                }))
                .hasMessage("no tensor");
        assertThatThrownBy(() -> Kernels.oneRow(() -> {
                    throw new IllegalArgumentException("no row");
                }))
                .hasMessage("no row");
        assertThat(matrixThreads()).isEqualTo(outside);
        assertThat(torch.globalContext().userEnabledMkldnn()).isTrue();
    }

    @Test
    void oneRowIsWhatTheSameRowIsAmongOthers() {
        var random = new SplittableRandom(20);
        Scope.run(() -> {
            var weight = random(random, 384, 512).to(ScalarType.BFloat16);
            var rows = random(random, 4, 512);
            var linear = new Linear(weight, Optional.empty());
            var alone = linear.forward(rows.narrow(0, 1, 1)).to(ScalarType.Float);
            var amongOthers = linear.forward(rows).narrow(0, 1, 1).to(ScalarType.Float);
            double error = alone.sub(amongOthers).square().mean().item_double()
                    / amongOthers.square().mean().item_double();
            assertThat(error).isLessThanOrEqualTo(Tolerance.SAME_NMSE_BFLOAT16.absolute());
        });
    }

    @Test
    void theEnvironmentLimitsTheMatrixLibraryAndNeverRaisesIt() {
        assertThat(Torch.threadsOf(null, 8)).isEqualTo(8);
        assertThat(Torch.threadsOf("3", 8)).isEqualTo(3);
        assertThat(Torch.threadsOf("16", 8)).isEqualTo(8);
        assertThat(Torch.threadsOf("0", 8)).isEqualTo(8);
        assertThat(Torch.threadsOf("many", 8)).isEqualTo(8);
    }

    private static Tensor random(SplittableRandom random, int rows, int width) {
        var values = new float[rows * width];
        for (int i = 0; i < values.length; i++) {
            values[i] = (float) random.nextDouble(-1, 1);
        }
        return Tensors.floats(values, rows, width);
    }

    private static String environment() {
        return Optional.ofNullable(System.getenv("OPENBLAS_NUM_THREADS")).orElse("");
    }

    private static int matrixThreads() {
        var function =
                SymbolLookup.loaderLookup().find("openblas_get_num_threads").orElseThrow();
        try {
            return (int) Linker.nativeLinker()
                    .downcallHandle(function, FunctionDescriptor.of(ValueLayout.JAVA_INT))
                    .invokeExact();
        } catch (Throwable e) {
            throw new IllegalStateException(e);
        }
    }
}
