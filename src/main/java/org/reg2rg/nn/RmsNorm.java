package org.reg2rg.nn;

import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch.ScalarType;
import org.reg2rg.tensor.Tensors;

/**
 * {@code w x / sqrt(mean(x²) + ε)} over the last axis (transformers 4.28.1 modeling_llama.py).
 *
 * @param weight [width]
 * @param epsilon added to the mean square; from the model's config
 */
public record RmsNorm(Tensor weight, double epsilon) {
    /** x [.., width] → the same shape, in float32. */
    public Tensor forward(Tensor x) {
        var exact = x.to(ScalarType.Float);
        var meanSquare = Tensors.mean(exact.mul(exact), -1, true);
        return exact.mul(meanSquare.add(new Scalar(epsilon)).rsqrt()).mul(weight);
    }
}
