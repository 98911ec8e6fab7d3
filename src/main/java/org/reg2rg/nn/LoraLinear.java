package org.reg2rg.nn;

import java.util.Optional;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;
import org.bytedeco.pytorch.global.torch.ScalarType;

/**
 * {@code y = W x + s B A x}: a frozen map and a small trained addition (peft 0.7.1 lora/layer.py).
 *
 * @param base the frozen map
 * @param a [rank, in]
 * @param b [out, rank]
 * @param scale of the addition: alpha / rank
 * @param dropout on the addition's input during training
 */
public record LoraLinear(Linear base, Tensor a, Tensor b, double scale, double dropout) implements Projection {
    /** x [.., in] → [.., out] */
    @Override
    public Tensor forward(Tensor x) {
        var input = Dropout.apply(x.to(a.scalar_type()), dropout);
        var addition = torch.linear(torch.linear(input, a), b).mul(new Scalar(scale));
        return base.forward(x).add(addition);
    }

    /** Sums in float32 and rounds once. */
    @Override
    public Linear merged() {
        var product = b.to(ScalarType.Float).matmul(a.to(ScalarType.Float)).mul(new Scalar(scale));
        var sum = base.weight().to(ScalarType.Float).add(product);
        return new Linear(sum.to(base.weight().scalar_type()), Optional.empty());
    }
}
