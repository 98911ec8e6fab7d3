package org.reg2rg.nn;

import java.util.Optional;
import java.util.function.Supplier;
import org.bytedeco.pytorch.Generator;
import org.bytedeco.pytorch.GeneratorOptional;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;
import org.bytedeco.pytorch.global.torch.ScalarType;
import org.reg2rg.tensor.Scope;
import org.reg2rg.tensor.Tensors;

/**
 * Dropout, which acts only on a thread that trains; as the published code does, in frozen parts too. What is dropped depends
 * on a seed and not on other threads, so that a step can be repeated: by a resumed run, and within {@link #part} by the
 * second pass of gradient checkpointing.
 */
public final class Dropout {
    /** Where the random numbers of a thread come from while it trains. */
    private record Source(long seed, Generator numbers) {
        static Source of(long seed) {
            return new Source(seed, torch.make_generator_cpu(mixed(seed)));
        }

        /** The generator looks at the lower half of its seed only (the last steps of SplitMix64). */
        private static long mixed(long seed) {
            long z = (seed ^ (seed >>> 30)) * 0xBF58476D1CE4E5B9L;
            z = (z ^ (z >>> 27)) * 0x94D049BB133111EBL;
            return (z ^ (z >>> 31)) >>> Integer.SIZE;
        }
    }

    private static final ThreadLocal<Optional<Source>> SOURCE = ThreadLocal.withInitial(Optional::empty);

    private Dropout() {}

    /** Runs a piece of work with dropout on. */
    public static void during(long seed, Runnable work) {
        Scope.run(() -> with(Source.of(seed), () -> {
            work.run();
            return Optional.empty();
        }));
    }

    /**
     * A part of the work that drops the same whenever it is run with this seed of {@link #during}, whatever ran before.
     *
     * @param number which part
     */
    public static Tensor part(long number, Supplier<Tensor> work) {
        Optional<Source> whole = SOURCE.get();
        if (whole.isEmpty()) {
            return work.get();
        }
        long seed = whole.get().seed() + (number + 1) * 0xD1B54A32D192ED03L;
        return with(Source.of(seed), work);
    }

    private static <T> T with(Source source, Supplier<T> work) {
        Optional<Source> before = SOURCE.get();
        SOURCE.set(Optional.of(source));
        try {
            return work.get();
        } finally {
            SOURCE.set(before);
        }
    }

    /** Whether a probability means anything here: it is not 0 and this thread trains. */
    static boolean acts(double probability) {
        return probability > 0 && SOURCE.get().isPresent();
    }

    /** {@code x} with a share of its values set to 0 and the rest scaled up, or {@code x} itself outside training. */
    public static Tensor apply(Tensor x, double probability) {
        if (!acts(probability)) {
            return x;
        }
        double kept = 1 - probability;
        Generator numbers = SOURCE.get().orElseThrow().numbers();
        var mask = Tensors.empty(ScalarType.Float, x.shape())
                .bernoulli_(kept, new GeneratorOptional(numbers))
                .mul_(new Scalar(1 / kept));
        return x.mul(mask.to(x.device(), x.scalar_type()));
    }
}
