package org.reg2rg.nn;

import java.util.Optional;
import org.bytedeco.pytorch.DoubleOptional;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorOptional;
import org.bytedeco.pytorch.global.torch;
import org.reg2rg.tensor.Kernels;

/**
 * {@code softmax(q kᵀ / √k) v}, fused, in float32 whatever the weights are: the fused kernel of this libtorch has no fast
 * bfloat16 products on a CPU (1,024 tokens, 8 heads of 64: 317 ms against 24 ms). Callers cast before they split heads, where
 * the memory is still in one piece.
 */
public final class Attention {
    private Attention() {}

    /** q [b, h, n, k], keys and values [b, h, m, k] → [b, h, n, k]; every query sees every key. */
    public static Tensor full(Tensor q, Tensor keys, Tensor values, double dropout) {
        return Dropout.acts(dropout)
                ? spelledOut(q, keys, values, dropout)
                : attend(q, keys, values, Optional.empty(), false);
    }

    /** As {@link #full}, but query i sees keys 0 … i only; n = m. */
    public static Tensor causal(Tensor q, Tensor keys, Tensor values) {
        return attend(q, keys, values, Optional.empty(), true);
    }

    /** As {@link #full}, where {@code visible} [n, m] says which keys a query sees. */
    public static Tensor masked(Tensor q, Tensor keys, Tensor values, Tensor visible) {
        return attend(q, keys, values, Optional.of(visible), false);
    }

    private static Tensor attend(Tensor q, Tensor keys, Tensor values, Optional<Tensor> visible, boolean causal) {
        var mask = visible.map(TensorOptional::new).orElseGet(TensorOptional::new);
        return Kernels.nested(() ->
                torch.scaled_dot_product_attention(q, keys, values, mask, 0, causal, new DoubleOptional(), false));
    }

    /** Step by step, for the fused kernel draws what it drops from numbers of its own; every query sees every key. */
    private static Tensor spelledOut(Tensor q, Tensor keys, Tensor values, double dropout) {
        var scores = q.mul(new Scalar(1 / Math.sqrt(q.size(-1)))).matmul(keys.transpose(-2, -1)); // [b, h, n, m]
        return Dropout.apply(torch.softmax(scores, -1), dropout).matmul(values);
    }
}
