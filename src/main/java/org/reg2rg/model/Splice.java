package org.reg2rg.model;

import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch.ScalarType;
import org.reg2rg.language.LlamaDecoder;
import org.reg2rg.prompt.SpecialTokens;
import org.reg2rg.prompt.SplicePlan;
import org.reg2rg.tensor.Shapes;
import org.reg2rg.tensor.Tensors;

/**
 * Puts visual tokens among the words, by lookup (upstream my_embedding_layer.py multiplies by one-hot rows, to the same
 * result).
 *
 * @param decoder holds the word embeddings
 * @param tokens ids of the visual tokens
 * @param imageBrackets embeddings of {@code <image>} and {@code </image>}, [2, d]
 * @param regionBrackets embeddings of {@code <region>} and {@code </region>}, [2, d]
 * @param slotTags for each slot the id of a word whose embedding is added to its visual tokens; empty as published
 */
@SuppressWarnings("ArrayRecordComponent") // never compared with equals
record Splice(LlamaDecoder decoder, SpecialTokens tokens, Tensor imageBrackets, Tensor regionBrackets, int[] slotTags) {

    /** ids of n tokens → [1, n, d], in float32 */
    Tensor forward(int[] ids, VisualTokens visual) {
        var shapes = Shapes.of("1 q s", 1, tokens.globalTokens(), tokens.regionTokens())
                .and("global", "1 q d", visual.global())
                .and("regions", "r s d", visual.regions());
        SplicePlan plan = SplicePlan.of(ids, tokens, (int) shapes.size("r"));
        var words = decoder.embed(Tensors.longs(plan.words())); // [n, d]
        var rows = table(visual).index_select(0, index(plan.rows(), words));
        return words.index_copy(0, index(plan.places(), words), rows).unsqueeze(0);
    }

    /** All rows in the order of their ids: brackets, whole volume, slot after slot. */
    private Tensor table(VisualTokens visual) {
        long d = imageBrackets.size(1);
        return Tensors.cat(
                0,
                imageBrackets.to(ScalarType.Float),
                regionBrackets.to(ScalarType.Float),
                visual.global().reshape(-1, d).to(ScalarType.Float),
                tagged(visual.regions().to(ScalarType.Float)).reshape(-1, d));
    }

    private Tensor tagged(Tensor regions) {
        if (slotTags.length == 0) {
            return regions;
        }
        int[] tags = java.util.Arrays.copyOf(slotTags, (int) regions.size(0));
        return regions.add(decoder.embed(Tensors.longs(tags)).unsqueeze(1)); // [r, 1, d] is added to [r, q + 1, d]
    }

    private static Tensor index(int[] values, Tensor like) {
        return Tensors.longs(values).to(like.device(), ScalarType.Long);
    }
}
