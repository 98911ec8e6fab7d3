package org.reg2rg.tensor;

import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.SymbolLookup;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;
import java.util.Optional;
import java.util.function.Supplier;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;

/**
 * Which native kernels a piece of work runs on, where libtorch's own choice is many times slower. The settings hold for the
 * whole process while the work runs; what other threads compute meanwhile may be slower, but not wrong.
 */
public final class Kernels {
    private static Optional<MethodHandle> setOpenBlasThreads = Optional.empty();
    private static int openBlasThreads = 1;

    private static final Switch OPENBLAS_ALONE = new Switch(() -> openBlas(1), () -> openBlas(openBlasThreads));
    private static final Switch NO_ONE_DNN = new Switch(() -> oneDnn(false), () -> oneDnn(true));

    private Kernels() {}

    /**
     * Runs a kernel that calls the matrix library from several threads at once, as the fused attention does. OpenBLAS has a
     * pool of threads of its own: called from two threads with a pool of two, they wait for each other in a busy loop (1,024
     * tokens, 8 heads of 64, two cores: 713 ms against 80 ms).
     */
    public static Tensor nested(Supplier<Tensor> work) {
        return openBlasThreads == 1 ? work.get() : OPENBLAS_ALONE.during(work);
    }

    /**
     * Runs a bfloat16 product with one row, as decoding does word by word. oneDNN, the usual choice, first copies the whole
     * matrix into another order; the plain kernel reads it once, as fast as memory allows.
     */
    public static Tensor oneRow(Supplier<Tensor> work) {
        return NO_ONE_DNN.during(work);
    }

    /** Finds OpenBLAS, which has libtorch's float32 products here; does nothing where libtorch was built on another library. */
    static void find() {
        setOpenBlasThreads = SymbolLookup.loaderLookup()
                .find("openblas_set_num_threads")
                .map(function -> Linker.nativeLinker()
                        .downcallHandle(function, FunctionDescriptor.ofVoid(ValueLayout.JAVA_INT)));
    }

    /** Sets how many threads one product of the matrix library may use. */
    static void matrixThreads(int count) {
        openBlasThreads = setOpenBlasThreads.isPresent() ? count : 1;
        openBlas(openBlasThreads);
    }

    private static void openBlas(int count) {
        setOpenBlasThreads.ifPresent(set -> {
            try {
                set.invokeExact(count);
            } catch (Throwable e) {
                throw new IllegalStateException("openblas_set_num_threads", e);
            }
        });
    }

    private static void oneDnn(boolean enabled) {
        Scope.run(() -> torch.globalContext().setUserEnabledMkldnn(enabled));
    }

    /** A setting of the process that is on for as long as anyone needs it. */
    private static final class Switch {
        private final Runnable on;
        private final Runnable off;
        private int users;

        Switch(Runnable on, Runnable off) {
            this.on = on;
            this.off = off;
        }

        Tensor during(Supplier<Tensor> work) {
            enter();
            try {
                return work.get();
            } finally {
                leave();
            }
        }

        private synchronized void enter() {
            if (users++ == 0) {
                on.run();
            }
        }

        private synchronized void leave() {
            if (--users == 0) {
                off.run();
            }
        }
    }
}
