package org.reg2rg.nn;

import java.util.Optional;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorOptional;
import org.bytedeco.pytorch.global.torch;
import org.bytedeco.pytorch.global.torch.ScalarType;
import org.reg2rg.tensor.Kernels;
import org.reg2rg.tensor.Precision;

/**
 * {@code y = W x + b}
 *
 * @param weight [out, in]
 * @param bias [out], if there is one
 */
public record Linear(Tensor weight, Optional<Tensor> bias) implements Projection {
    /** The map named {@code weight} and, if it is there, {@code bias}. */
    public static Linear of(Weights weights) {
        return new Linear(weights.get("weight"), weights.find("bias"));
    }

    /** The same map in another number format. */
    Linear in(ScalarType format) {
        return new Linear(weight.to(format), bias.map(vector -> vector.to(format)));
    }

    /** x [.., in] → [.., out], in the number format of the weight. */
    @Override
    public Tensor forward(Tensor x) {
        var input = x.to(weight.scalar_type());
        return isOneRow(input) ? Kernels.oneRow(() -> product(input)) : product(input);
    }

    /** Whether this is a bfloat16 product of one row. */
    boolean isOneRow(Tensor input) {
        return Precision.BFLOAT16.isOf(weight) && input.numel() == weight.size(1);
    }

    private Tensor product(Tensor input) {
        return bias.isPresent()
                ? torch.linear(input, weight, new TensorOptional(bias.get()))
                : torch.linear(input, weight);
    }

    @Override
    public Linear merged() {
        return this;
    }
}
