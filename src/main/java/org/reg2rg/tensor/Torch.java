package org.reg2rg.tensor;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URL;
import java.util.List;
import org.bytedeco.javacpp.Loader;
import org.bytedeco.pytorch.Device;
import org.bytedeco.pytorch.global.torch;
import org.jspecify.annotations.Nullable;
import org.reg2rg.core.InputException;

/** Loads libtorch, and is the one place where threads and device are chosen. */
public final class Torch {
    /** In the order in which they need each other; see {@link #unpack()}. */
    private static final List<String> LIBRARIES = List.of(
            "libgomp.so.1",
            "libc10.so",
            "libtorch_cpu.so",
            "libc10_cuda.so",
            "libtorch_cuda.so",
            "libtorch.so",
            "libjnitorch.so",
            "libjnitorch_gloo.so");

    private static final List<String> BUILDS = List.of("", "-gpu");

    /** OpenBLAS's own variable. */
    private static final String MATRIX_THREADS = "OPENBLAS_NUM_THREADS";

    private static boolean loaded;

    private Torch() {}

    /**
     * Makes libtorch ready; cheap after the first call. Everything that touches a tensor comes after it. fp32 products
     * stay fp32 ("highest"): the faster settings compute in bfloat16 on CPUs with AMX.
     */
    public static synchronized void load() {
        if (loaded) {
            return;
        }
        unpack();
        Loader.load(torch.class);
        torch.globalContext().setFloat32MatmulPrecision("highest");
        Kernels.find();
        Kernels.matrixThreads(threadsOf(System.getenv(MATRIX_THREADS), torch.get_num_threads()));
        loaded = true;
    }

    /**
     * Unpacks the natives in the order of their dependencies, under the file lock of the cache, before the first of them
     * is opened. Without it a half-written neighbour or a system libtorch can be picked up on a cold cache, and the
     * process dies in the dynamic loader.
     */
    private static void unpack() {
        String platform = Loader.getPlatform();
        for (String build : BUILDS) {
            for (String library : LIBRARIES) {
                URL resource = torch.class.getResource("/org/bytedeco/pytorch/" + platform + build + "/" + library);
                if (resource != null) {
                    unpack(resource);
                }
            }
        }
    }

    private static void unpack(URL resource) {
        try {
            if (Loader.cacheResource(resource) == null) {
                throw new InputException(
                        Loader.getCacheDir().toString(),
                        "the native libraries cannot be unpacked here",
                        "free some disk space or set -Dorg.bytedeco.javacpp.cachedir to a writable folder");
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Sets how many threads one operation may use. */
    public static void threads(int count) {
        load();
        torch.set_num_threads(count);
        Kernels.matrixThreads(threadsOf(System.getenv(MATRIX_THREADS), count));
    }

    /** The matrix library's number of threads: what the user set in the environment, but no more than anything else here. */
    static int threadsOf(@Nullable String wanted, int most) {
        return wanted != null && wanted.matches("[1-9]\\d{0,3}") ? Math.min(Integer.parseInt(wanted), most) : most;
    }

    /** How many threads one operation may use. */
    public static int threads() {
        load();
        return torch.get_num_threads();
    }

    /**
     * The device of this name.
     *
     * @param name {@code cpu}, {@code cuda} or {@code cuda:N}
     * @throws InputException if there is no such device, or this build has no natives for it
     */
    public static Device device(String name) {
        load();
        if (name.equals("cpu")) {
            return new Device("cpu");
        }
        if (!name.matches("cuda(:\\d{1,2})?")) {
            throw new InputException("--device " + name, "unknown device", "use cpu or cuda");
        }
        if (!torch.hasCUDA() && !torch.cuda_is_available()) {
            throw new InputException(
                    "--device " + name,
                    "no usable GPU: this build has no CUDA natives or the machine has no NVIDIA driver",
                    "build with `mvn -Pcuda package` on a machine with a GPU, or use --device cpu");
        }
        return new Device(name);
    }
}
