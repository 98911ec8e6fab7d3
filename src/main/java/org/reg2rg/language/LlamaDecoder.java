package org.reg2rg.language;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.bytedeco.pytorch.Device;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch.ScalarType;
import org.reg2rg.nn.Dropout;
import org.reg2rg.nn.Linear;
import org.reg2rg.nn.RmsNorm;
import org.reg2rg.nn.Weights;
import org.reg2rg.tensor.Scope;
import org.reg2rg.tensor.Shapes;
import org.reg2rg.tensor.Tap;

/** The LLaMA decoder: embeddings of words and of visual tokens in, logits of the next word out. */
public final class LlamaDecoder {
    private final LlamaShape shape;
    private final Tensor words;
    private final List<LlamaBlock> blocks;
    private final RmsNorm norm;
    private final Linear head;
    private final RotaryEmbedding rotary;

    /**
     * @param weights {@code model.embed_tokens}, {@code model.layers.<i>}, {@code model.norm}, {@code lm_head}
     * @param merged whether low-rank additions are added into the matrices: faster, and a copy of those matrices
     */
    public LlamaDecoder(Weights weights, LlamaShape shape, boolean merged) {
        this.shape = shape;
        var model = weights.at("model");
        this.words = model.get("embed_tokens.weight");
        this.norm = new RmsNorm(model.get("norm.weight"), shape.normEpsilon());
        this.head = Linear.of(weights.at("lm_head"));
        this.rotary = new RotaryEmbedding(shape.headWidth(), shape.ropeBase(), shape.maxPositions(), words);
        this.blocks = IntStream.range(0, shape.layers())
                .mapToObj(i -> new LlamaBlock(model.at("layers").at(i), shape, merged))
                .toList();
    }

    /** ids [..] → word embeddings [.., d], in float32 */
    public Tensor embed(Tensor ids) {
        var flat = words.index_select(0, ids.reshape(-1).to(words.device(), ScalarType.Long));
        long[] axes = ids.sizes().vec().get();
        long[] wide = Arrays.copyOf(axes, axes.length + 1);
        wide[axes.length] = words.size(1);
        return flat.reshape(wide).to(ScalarType.Float);
    }

    /** embeddings [b, n, d] → last hidden states [b, n, d], normed */
    public Tensor forward(Tensor embeddings) {
        return forward(embeddings, Optional.empty());
    }

    /** As {@link #forward(Tensor)} for the positions that follow those in the cache, which are added to it. */
    public Tensor forward(Tensor embeddings, KvCache cache) {
        var hidden = forward(embeddings, Optional.of(cache));
        cache.advance(embeddings.size(1));
        return hidden;
    }

    private Tensor forward(Tensor embeddings, Optional<KvCache> cache) {
        Shapes.of("d", words.size(1)).and("embeddings", "b n d", embeddings);
        var hidden = Tap.at("embeds", embeddings);
        for (int i = 0; i < blocks.size(); i++) {
            hidden = Tap.at("layer" + i, layer(i, hidden, cache));
        }
        return normed(hidden);
    }

    /** x [b, n, d] → [b, n, d] through one block; a repeated call drops the same in training */
    Tensor layer(int layer, Tensor x, Optional<KvCache> cache) {
        return Scope.keep(() -> {
            var angles = rotary.at(cache.map(KvCache::used).orElse(0L), x.size(1));
            var context = new LlamaAttention.Context(rotary, angles, cache, layer);
            return Dropout.part(layer, () -> blocks.get(layer).forward(x, context));
        });
    }

    Tensor normed(Tensor hidden) {
        return Tap.at("norm", norm.forward(hidden));
    }

    int layers() {
        return blocks.size();
    }

    /** hidden [.., d] → logits [.., v], in float32 */
    public Tensor logits(Tensor hidden) {
        return Tap.at("logits", head.forward(hidden).to(ScalarType.Float));
    }

    /** An empty cache for texts of at most {@code capacity} positions. */
    public KvCache newCache(long batch, long capacity) {
        return new KvCache(shape, batch, capacity, words);
    }

    /** The longest text that this decoder takes. */
    public int maxPositions() {
        return shape.maxPositions();
    }

    /** Where it computes. */
    public Device device() {
        return words.device();
    }

    /** Number of words. */
    public int vocabulary() {
        return (int) words.size(0);
    }
}
