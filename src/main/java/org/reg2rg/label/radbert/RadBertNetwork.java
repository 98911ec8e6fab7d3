package org.reg2rg.label.radbert;

import java.util.List;
import java.util.stream.IntStream;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;
import org.reg2rg.nn.LayerNorm;
import org.reg2rg.nn.Linear;
import org.reg2rg.nn.Weights;
import org.reg2rg.tensor.Tap;
import org.reg2rg.tensor.Tensors;

/**
 * RoBERTa with a pooler and a linear head: {@code classifier(tanh(pooler(hidden of the first token)))} (upstream
 * {@code ce_evaluator_ct2rep}; Liu et al. 2019). No dropout: it is only ever evaluated.
 */
final class RadBertNetwork {
    private final Tensor words; // [v, e]
    private final Tensor positions; // [positions, e]
    private final Tensor types; // [1, e]
    private final LayerNorm norm;
    private final List<RadBertBlock> blocks;
    private final Linear pooler;
    private final Linear classifier;

    /** @param weights under the keys of the published file */
    RadBertNetwork(RadBertConfig config, Weights weights) {
        var embeddings = weights.at("model").at("embeddings");
        words = embeddings.at("word_embeddings").get("weight");
        positions = embeddings.at("position_embeddings").get("weight");
        types = embeddings.at("token_type_embeddings").get("weight");
        norm = LayerNorm.of(embeddings.at("LayerNorm"));
        var layers = weights.at("model").at("encoder").at("layer");
        blocks = IntStream.range(0, config.layers())
                .mapToObj(layer -> new RadBertBlock(layers.at(layer), config.heads()))
                .toList();
        pooler = Linear.of(weights.at("model").at("pooler").at("dense"));
        classifier = Linear.of(weights.at("classifier"));
    }

    /**
     * One text → its 18 logits [18].
     *
     * @param ids with the marks at both ends; padding (1) may follow, and changes nothing but the time
     */
    Tensor logits(int[] ids) {
        var first = hidden(ids).select(1, 0); // [1, e]
        return classifier.forward(torch.tanh(pooler.forward(first))).select(0, 0);
    }

    /** One text → the last hidden states [1, n, e]. */
    Tensor hidden(int[] ids) {
        int[] places = places(ids);
        var embedded = torch.embedding(words, Tensors.longs(ids).unsqueeze(0))
                .add(torch.embedding(positions, Tensors.longs(places).unsqueeze(0)))
                .add(types); // [1, n, e]
        var x = Tap.at("embeddings", norm.forward(embedded));
        var visible = visible(places);
        for (int i = 0; i < blocks.size(); i++) {
            x = Tap.at("block" + i, blocks.get(i).forward(x, visible));
        }
        return x;
    }

    /** Tokens are counted from 2; padding stays at 1. */
    private static int[] places(int[] ids) {
        var places = new int[ids.length];
        int count = RadBertConfig.FIRST_POSITION;
        for (int i = 0; i < ids.length; i++) {
            places[i] = ids[i] == RadBert.PADDING ? RadBert.PADDING : count++;
        }
        return places;
    }

    /** [n, n], true where the key is a token. */
    private static Tensor visible(int[] places) {
        long[] keys = new long[places.length];
        for (int i = 0; i < keys.length; i++) {
            keys[i] = places[i] == RadBert.PADDING ? 0 : 1;
        }
        return Tensors.longs(keys, 1, keys.length).to(torch.ScalarType.Bool).expand(keys.length, keys.length);
    }
}
