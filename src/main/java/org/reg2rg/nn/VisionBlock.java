package org.reg2rg.nn;

import org.bytedeco.pytorch.Tensor;

/** One block of the vision transformer: attention, then feed-forward, each behind a norm and added to its input. */
public final class VisionBlock {
    private final LayerNorm attentionNorm;
    private final SelfAttention attention;
    private final LayerNorm feedForwardNorm;
    private final FeedForward feedForward;

    /** @param weights {@code 0.norm}, {@code 0.fn} (attention), {@code 1.norm}, {@code 1.fn.net} (feed-forward) */
    public VisionBlock(Weights weights, int heads, double dropout) {
        this.attentionNorm = LayerNorm.of(weights.at("0.norm"));
        this.attention = new SelfAttention(weights.at("0.fn"), heads, dropout);
        this.feedForwardNorm = LayerNorm.of(weights.at("1.norm"));
        var net = weights.at("1.fn.net");
        this.feedForward = new FeedForward(Linear.of(net.at(0)), Linear.of(net.at(3)), dropout);
    }

    /** x [b, p, e] → [b, p, e], in float32 */
    public Tensor forward(Tensor x) {
        var attended = x.add(attention.forward(attentionNorm.forward(x)));
        return attended.add(feedForward.forward(feedForwardNorm.forward(attended)));
    }
}
