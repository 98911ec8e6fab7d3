package org.reg2rg.nn;

import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorOptional;
import org.bytedeco.pytorch.global.torch;
import org.bytedeco.pytorch.global.torch.ScalarType;

/**
 * Layer norm over the last axis with epsilon 1e-5, as everywhere on the visual side.
 *
 * @param weight [width]
 * @param bias [width]
 */
public record LayerNorm(Tensor weight, Tensor bias) {
    private static final double EPSILON = 1e-5;

    public static LayerNorm of(Weights weights) {
        return new LayerNorm(weights.get("weight"), weights.get("bias"));
    }

    /** Mean 0 and spread 1 without factors: x [.., width] → the same shape, in float32. */
    static Tensor plain(Tensor x) {
        return torch.layer_norm(
                x.to(ScalarType.Float),
                new long[] {x.size(-1)},
                new TensorOptional(),
                new TensorOptional(),
                EPSILON,
                false);
    }

    /** x [.., width] → the same shape, in float32. */
    public Tensor forward(Tensor x) {
        return torch.layer_norm(
                x.to(ScalarType.Float),
                weight.shape(),
                new TensorOptional(weight.to(ScalarType.Float)),
                new TensorOptional(bias.to(ScalarType.Float)),
                EPSILON,
                false);
    }
}
