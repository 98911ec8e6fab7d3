package org.reg2rg.tensor;

import org.bytedeco.pytorch.BoolOptional;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorArrayRefOptional;

/**
 * Sends gradients back through what was computed. The gradient of the fused attention calls the matrix library from several
 * threads as the attention itself does, and much more often, so the library gets one thread meanwhile: see {@link Kernels#nested}
 * (a step of the small twin of the published model, two cores: 9.2 s against 1.1 s).
 */
public final class Gradients {
    private Gradients() {}

    /** Adds the gradients of a scalar. */
    public static void of(Tensor loss) {
        Kernels.nested(() -> {
            loss.backward();
            return loss;
        });
    }

    /** Adds the gradients of a tensor of which the gradient is known already. */
    public static void of(Tensor output, Tensor gradient) {
        Kernels.nested(() -> {
            output.backward(gradient, new BoolOptional(), false, new TensorArrayRefOptional());
            return output;
        });
    }
}
