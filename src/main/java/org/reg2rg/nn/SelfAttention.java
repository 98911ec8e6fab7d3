package org.reg2rg.nn;

import org.bytedeco.pytorch.Tensor;
import org.reg2rg.tensor.Rearrange;

/** Self-attention of the 3-D vision transformer: one map to queries, keys and values, no bias (upstream vit_3d.py). */
public final class SelfAttention {
    private static final Rearrange JOIN = new Rearrange("b h n k -> b n (h k)");

    private final Rearrange split;
    private final Linear toQkv;
    private final Linear toOut;
    private final double dropout;

    /**
     * @param weights {@code to_qkv} [3·h·k, e] without bias, {@code to_out.0} [e, h·k]
     * @param heads h
     * @param dropout on the probabilities and on the result
     */
    public SelfAttention(Weights weights, int heads, double dropout) {
        this.split = new Rearrange("b n (s h k) -> s b h n k").with("s", 3).with("h", heads);
        this.toQkv = Linear.of(weights.at("to_qkv"));
        this.toOut = Linear.of(weights.at("to_out.0"));
        this.dropout = dropout;
    }

    /** x [b, n, e] → [b, n, e] */
    public Tensor forward(Tensor x) {
        var qkv = split.apply(Attention.format(toQkv.forward(x))); // [3, b, h, n, k]
        var seen = Attention.full(qkv.select(0, 0), qkv.select(0, 1), qkv.select(0, 2), dropout);
        return Dropout.apply(toOut.forward(JOIN.apply(seen)), dropout);
    }
}
