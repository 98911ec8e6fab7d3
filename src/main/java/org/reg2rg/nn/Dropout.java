package org.reg2rg.nn;

import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;

/** Dropout, which acts only on a thread that trains; as the published code does, in frozen parts too. */
public final class Dropout {
    private static final ThreadLocal<Boolean> TRAINING = ThreadLocal.withInitial(() -> false);

    private Dropout() {}

    /** Runs a piece of work with dropout on. */
    public static void during(Runnable work) {
        boolean before = TRAINING.get();
        TRAINING.set(true);
        try {
            work.run();
        } finally {
            TRAINING.set(before);
        }
    }

    /** The given probability while training, else 0. */
    static double now(double probability) {
        return TRAINING.get() ? probability : 0;
    }

    /** {@code x} with a share of its values set to 0 and the rest scaled up, or {@code x} itself outside training. */
    public static Tensor apply(Tensor x, double probability) {
        double now = now(probability);
        return now == 0 ? x : torch.dropout(x, now, true);
    }
}
