package org.reg2rg.language;

import java.util.Optional;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;
import org.bytedeco.pytorch.global.torch.ScalarType;
import org.reg2rg.nn.Attention;
import org.reg2rg.nn.Linear;
import org.reg2rg.nn.Projection;
import org.reg2rg.nn.Weights;
import org.reg2rg.tensor.Rearrange;
import org.reg2rg.tensor.Scope;

/** Causal self-attention with rotary positions; queries and values may have low-rank additions. */
final class LlamaAttention {
    private static final Rearrange JOIN = new Rearrange("b h n k -> b n (h k)");

    private final Rearrange split;
    private final Projection toQueries;
    private final Linear toKeys;
    private final Projection toValues;
    private final Linear toOut;

    /** @param weights {@code q_proj}, {@code k_proj}, {@code v_proj}, {@code o_proj} */
    LlamaAttention(Weights weights, LlamaShape shape, boolean merged) {
        this.split = new Rearrange("b n (h k) -> b h n k").with("h", shape.heads());
        this.toQueries = projection(weights.at("q_proj"), shape, merged);
        this.toKeys = Linear.of(weights.at("k_proj"));
        this.toValues = projection(weights.at("v_proj"), shape, merged);
        this.toOut = Linear.of(weights.at("o_proj"));
    }

    private static Projection projection(Weights weights, LlamaShape shape, boolean merged) {
        Projection projection = Projection.of(weights, shape.loraScale(), shape.loraDropout());
        // The float32 sums of a merge are large: freed one by one, or 64 of them pile up beside the weights.
        return merged ? Scope.outlive(projection::merged) : projection;
    }

    /** Where the queries stand, and the keys and values before them if there are any. */
    record Context(RotaryEmbedding rotary, RotaryEmbedding.Angles angles, Optional<KvCache> cache, int layer) {}

    /** x [b, n, d] → [b, n, d] */
    Tensor forward(Tensor x, Context context) {
        var queries = context.rotary.rotate(heads(toQueries.forward(x)), context.angles); // [b, h, n, k]
        var keys = context.rotary.rotate(heads(toKeys.forward(x)), context.angles);
        var values = heads(toValues.forward(x));
        var seen = context.cache
                .map(cache -> cache.append(context.layer, keys, values))
                .orElseGet(() -> new KvCache.Seen(keys, values));
        return toOut.forward(JOIN.apply(attend(queries, seen)));
    }

    /** [b, n, h·k] → [b, h, n, k], in float32; see {@link Attention} */
    private Tensor heads(Tensor x) {
        return split.apply(x.to(ScalarType.Float));
    }

    private static Tensor attend(Tensor queries, KvCache.Seen seen) {
        long count = queries.size(2);
        long total = seen.keys().size(2);
        if (count == 1) {
            return Attention.full(queries, seen.keys(), seen.values(), 0);
        }
        if (count == total) {
            return Attention.causal(queries, seen.keys(), seen.values());
        }
        var rows = torch.arange(new Scalar(total - count), new Scalar(total)).unsqueeze(1);
        var visible = torch.arange(new Scalar(total)).unsqueeze(0).le(rows); // [n, m]
        return Attention.masked(
                queries, seen.keys(), seen.values(), visible.to(queries.device(), visible.scalar_type()));
    }
}
