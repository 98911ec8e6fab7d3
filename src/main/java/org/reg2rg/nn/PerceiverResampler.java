package org.reg2rg.nn;

import java.util.List;
import java.util.stream.IntStream;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch.ScalarType;
import org.reg2rg.tensor.Shapes;
import org.reg2rg.tensor.Tap;

/** Turns many patches into few tokens: learned latents that look at the patches, layer by layer (upstream helpers.py). */
public final class PerceiverResampler {
    private record Layer(PerceiverAttention attention, LayerNorm norm, FeedForward feedForward) {
        Tensor forward(Tensor media, Tensor latents) {
            var attended = latents.add(attention.forward(media, latents));
            return attended.add(feedForward.forward(norm.forward(attended)));
        }
    }

    private final Tensor latents;
    private final List<Layer> layers;
    private final LayerNorm norm;

    /** @param weights {@code latents} [q, e], {@code layers.<i>.0} (attention) and {@code .1} (feed-forward), {@code norm} */
    public PerceiverResampler(Weights weights, int depth, int heads) {
        this.latents = weights.get("latents");
        this.norm = LayerNorm.of(weights.at("norm"));
        this.layers = IntStream.range(0, depth)
                .mapToObj(i -> layer(weights.at("layers").at(i), heads))
                .toList();
    }

    private static Layer layer(Weights weights, int heads) {
        var net = weights.at(1);
        return new Layer(
                new PerceiverAttention(weights.at(0), heads),
                LayerNorm.of(net.at(0)),
                new FeedForward(Linear.of(net.at(1)), Linear.of(net.at(3)), 0));
    }

    /** How many tokens it makes of any number of patches. */
    public long latents() {
        return latents.size(0);
    }

    /** media [b, p, e] → [b, q, e], in float32 */
    public Tensor forward(Tensor media) {
        long batch =
                Shapes.of("e", latents.size(1)).and("media", "b p e", media).size("b");
        var tokens = latents.to(ScalarType.Float).unsqueeze(0).expand(batch, -1, -1); // [b, q, e]
        for (int i = 0; i < layers.size(); i++) {
            tokens = Tap.at("perceiver.layer" + i, layers.get(i).forward(media, tokens));
        }
        return Tap.at("perceiver.out", norm.forward(tokens));
    }
}
