package org.reg2rg.language;

import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;
import org.bytedeco.pytorch.global.torch.ScalarType;
import org.reg2rg.nn.Linear;
import org.reg2rg.nn.RmsNorm;
import org.reg2rg.nn.Weights;

/** One block of LLaMA: attention, then a gated feed-forward, each behind a norm and added to its input. */
final class LlamaBlock {
    private final RmsNorm attentionNorm;
    private final LlamaAttention attention;
    private final RmsNorm feedForwardNorm;
    private final Linear gate;
    private final Linear up;
    private final Linear down;

    /** @param weights {@code input_layernorm}, {@code self_attn}, {@code post_attention_layernorm}, {@code mlp} */
    LlamaBlock(Weights weights, LlamaShape shape, boolean merged) {
        this.attentionNorm = new RmsNorm(weights.get("input_layernorm.weight"), shape.normEpsilon());
        this.attention = new LlamaAttention(weights.at("self_attn"), shape, merged);
        this.feedForwardNorm = new RmsNorm(weights.get("post_attention_layernorm.weight"), shape.normEpsilon());
        this.gate = Linear.of(weights.at("mlp.gate_proj"));
        this.up = Linear.of(weights.at("mlp.up_proj"));
        this.down = Linear.of(weights.at("mlp.down_proj"));
    }

    /** x [b, n, d] → [b, n, d]; the residual stream is float32 whatever the weights are */
    Tensor forward(Tensor x, LlamaAttention.Context context) {
        ScalarType format = gate.weight().scalar_type();
        var attended = x.add(attention.forward(attentionNorm.forward(x).to(format), context));
        var normed = feedForwardNorm.forward(attended).to(format);
        var gated = torch.silu(gate.forward(normed)).mul(up.forward(normed)); // [b, n, f]
        return attended.add(down.forward(gated));
    }
}
