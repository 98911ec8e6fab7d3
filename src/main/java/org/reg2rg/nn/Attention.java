package org.reg2rg.nn;

import java.util.Optional;
import org.bytedeco.pytorch.DoubleOptional;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorOptional;
import org.bytedeco.pytorch.global.torch;
import org.bytedeco.pytorch.global.torch.ScalarType;
import org.reg2rg.tensor.Kernels;
import org.reg2rg.tensor.Precision;
import org.reg2rg.tensor.Rearrange;
import org.reg2rg.tensor.Tensors;

/**
 * {@code softmax(q kᵀ / √k) v}, fused, in float32 whatever the weights are: the fused kernel of this libtorch has no fast
 * bfloat16 products on a CPU (1,024 tokens, 8 heads of 64: 636 ms of processor time against 27 ms). Step by step bfloat16 takes
 * 17 ms; the vision transformer uses that where nothing learns. Callers choose the {@link #format} before
 * they split heads, where the memory is still in one piece.
 */
public final class Attention {
    private static final Rearrange HEADS_TO_BATCH = new Rearrange("b h n k -> (b h) n k");

    /** Queries that are looked at together in bfloat16: their scores stay in the cache. */
    private static final long QUERIES = 256;

    private Attention() {}

    /** What {@link #full} takes: bfloat16 as it is where that is fast and nothing learns, float32 otherwise. */
    static Tensor format(Tensor x) {
        boolean plain = Precision.BFLOAT16.isOf(x) && x.is_cpu() && !x.requires_grad();
        return plain ? x : x.to(ScalarType.Float);
    }

    /** q [b, h, n, k], keys and values [b, h, m, k] → [b, h, n, k]; every query sees every key. */
    public static Tensor full(Tensor q, Tensor keys, Tensor values, double dropout) {
        if (Dropout.acts(dropout)) {
            return spelledOut(q, keys, values, dropout);
        }
        return Precision.BFLOAT16.isOf(q)
                ? inPieces(q, keys, values)
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

    /**
     * Step by step, some queries at a time in the same memory; heads become a batch first, or every product would copy keys and
     * values anew.
     */
    private static Tensor inPieces(Tensor q, Tensor keys, Tensor values) {
        long count = q.size(2);
        var asked = HEADS_TO_BATCH.apply(q).mul(new Scalar(1 / Math.sqrt(q.size(-1)))); // [b·h, n, k]
        var turned = HEADS_TO_BATCH.apply(keys).contiguous().transpose(1, 2); // [b·h, k, m]
        var seen = HEADS_TO_BATCH.apply(values).contiguous(); // [b·h, m, k]
        var all = Tensors.empty(ScalarType.BFloat16, asked.shape());
        var room = Tensors.empty(ScalarType.BFloat16, asked.size(0), Math.min(QUERIES, count), seen.size(1));
        for (long from = 0; from < count; from += QUERIES) {
            long some = Math.min(QUERIES, count - from);
            var scores = room.narrow(1, 0, some); // [b·h, .., m]
            torch.bmm_out(scores, asked.narrow(1, from, some), turned);
            torch.softmax_out(scores, scores, -1);
            torch.bmm_out(all.narrow(1, from, some), scores, seen);
        }
        return all.view(q.shape());
    }

    /** Step by step, for the fused kernel draws what it drops from numbers of its own; every query sees every key. */
    private static Tensor spelledOut(Tensor q, Tensor keys, Tensor values, double dropout) {
        var scores = q.mul(new Scalar(1 / Math.sqrt(q.size(-1)))).matmul(keys.transpose(-2, -1)); // [b, h, n, m]
        return Dropout.apply(torch.softmax(scores, -1), dropout).matmul(values);
    }
}
