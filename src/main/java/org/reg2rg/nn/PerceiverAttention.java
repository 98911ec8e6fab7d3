package org.reg2rg.nn;

import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch.ScalarType;
import org.reg2rg.tensor.Rearrange;
import org.reg2rg.tensor.Tensors;

/**
 * Latents look at the media and at themselves; media come first among the keys. Each layer norms both anew (upstream
 * helpers.py).
 */
public final class PerceiverAttention {
    private static final Rearrange JOIN = new Rearrange("b h n k -> b n (h k)");

    private final Rearrange splitQueries;
    private final Rearrange splitKeysAndValues;
    private final LayerNorm mediaNorm;
    private final LayerNorm latentsNorm;
    private final Linear toQueries;
    private final Linear toKeysAndValues;
    private final Linear toOut;

    /** @param weights {@code norm_media}, {@code norm_latents}, {@code to_q}, {@code to_kv}, {@code to_out} */
    public PerceiverAttention(Weights weights, int heads) {
        this.splitQueries = new Rearrange("b n (h k) -> b h n k").with("h", heads);
        this.splitKeysAndValues =
                new Rearrange("b n (s h k) -> s b h n k").with("s", 2).with("h", heads);
        this.mediaNorm = LayerNorm.of(weights.at("norm_media"));
        this.latentsNorm = LayerNorm.of(weights.at("norm_latents"));
        this.toQueries = Linear.of(weights.at("to_q"));
        this.toKeysAndValues = Linear.of(weights.at("to_kv"));
        this.toOut = Linear.of(weights.at("to_out"));
    }

    /** media [b, p, e], latents [b, q, e] → [b, q, e] */
    public Tensor forward(Tensor media, Tensor latents) {
        var seen = mediaNorm.forward(media);
        var own = latentsNorm.forward(latents);
        var queries = splitQueries.apply(toQueries.forward(own).to(ScalarType.Float)); // [b, h, q, k]
        var keysAndValues = splitKeysAndValues.apply(
                toKeysAndValues.forward(Tensors.cat(1, seen, own)).to(ScalarType.Float));
        var attended = Attention.full(queries, keysAndValues.select(0, 0), keysAndValues.select(0, 1), 0);
        return toOut.forward(JOIN.apply(attended));
    }
}
