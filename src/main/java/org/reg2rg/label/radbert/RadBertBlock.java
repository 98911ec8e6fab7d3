package org.reg2rg.label.radbert;

import org.bytedeco.pytorch.Tensor;
import org.reg2rg.nn.Attention;
import org.reg2rg.nn.FeedForward;
import org.reg2rg.nn.LayerNorm;
import org.reg2rg.nn.Linear;
import org.reg2rg.nn.Weights;
import org.reg2rg.tensor.Rearrange;

/** One encoder layer: attention and feed-forward, each added to its input and then normed (post-norm). */
final class RadBertBlock {
    private static final Rearrange JOIN = new Rearrange("b h n k -> b n (h k)");

    private final Rearrange split;
    private final Linear query;
    private final Linear key;
    private final Linear value;
    private final Linear attentionOut;
    private final LayerNorm attentionNorm;
    private final FeedForward feedForward;
    private final LayerNorm outputNorm;

    RadBertBlock(Weights weights, int heads) {
        var attention = weights.at("attention");
        split = new Rearrange("b n (h k) -> b h n k").with("h", heads);
        query = Linear.of(attention.at("self").at("query"));
        key = Linear.of(attention.at("self").at("key"));
        value = Linear.of(attention.at("self").at("value"));
        attentionOut = Linear.of(attention.at("output").at("dense"));
        attentionNorm = LayerNorm.of(attention.at("output").at("LayerNorm"));
        feedForward = new FeedForward(
                Linear.of(weights.at("intermediate").at("dense")),
                Linear.of(weights.at("output").at("dense")),
                0);
        outputNorm = LayerNorm.of(weights.at("output").at("LayerNorm"));
    }

    /** x [b, n, e], visible [n, n] → [b, n, e] */
    Tensor forward(Tensor x, Tensor visible) {
        var q = split.apply(query.forward(x)); // [b, h, n, k]
        var seen = Attention.masked(q, split.apply(key.forward(x)), split.apply(value.forward(x)), visible);
        var attended = attentionNorm.forward(x.add(attentionOut.forward(JOIN.apply(seen))));
        return outputNorm.forward(attended.add(feedForward.forward(attended)));
    }
}
