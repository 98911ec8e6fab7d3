package org.reg2rg.model;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.bytedeco.pytorch.Scalar;
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
 * @param slotTags for each slot the id of a word whose embedding, brought to a mean square of 1, is added to its visual
 *     tokens; empty as published
 * @param blankRegions whether the tokens of the regions are zeros, whatever they show
 */
@SuppressWarnings("ArrayRecordComponent") // never compared with equals
record Splice(
        LlamaDecoder decoder,
        SpecialTokens tokens,
        Tensor imageBrackets,
        Tensor regionBrackets,
        int[] slotTags,
        boolean blankRegions) {
    private static final double NO_DIVISION_BY_ZERO = 1e-6;

    /**
     * ids of up to n tokens each → [b, n, d], in float32
     *
     * @param ids of each study; shorter ones are padded on the right with the first word
     * @param visual of each study
     */
    Tensor forward(List<int[]> ids, List<VisualTokens> visual) {
        if (ids.size() != visual.size()) {
            throw new IllegalArgumentException(ids.size() + " texts, visual tokens of " + visual.size() + " studies");
        }
        int length = ids.stream().mapToInt(i -> i.length).max().orElseThrow();
        int[] words = new int[ids.size() * length];
        var places = IntStream.builder();
        var rows = IntStream.builder();
        int shift = 0; // the brackets are the same for all, the rest of the table follows study after study
        for (int b = 0; b < ids.size(); b++) {
            int regions = regions(visual.get(b));
            var plan = SplicePlan.of(ids.get(b), tokens, regions);
            System.arraycopy(plan.words(), 0, words, b * length, plan.words().length);
            for (int i = 0; i < plan.places().length; i++) {
                places.add(b * length + plan.places()[i]);
                rows.add(plan.rows()[i] < SpecialTokens.BRACKETS ? plan.rows()[i] : plan.rows()[i] + shift);
            }
            shift += tokens.rows(regions) - SpecialTokens.BRACKETS;
        }
        var embedded = decoder.embed(Tensors.longs(words)); // [b n, d]
        var chosen = table(visual).index_select(0, index(rows.build().toArray(), embedded));
        return embedded.index_copy(0, index(places.build().toArray(), embedded), chosen)
                .reshape(ids.size(), length, embedded.size(1));
    }

    private int regions(VisualTokens visual) {
        return (int) Shapes.of("q s d", tokens.globalTokens(), tokens.regionTokens(), imageBrackets.size(1))
                .and("global", "1 q d", visual.global())
                .and("regions", "r s d", visual.regions())
                .size("r");
    }

    /** All rows in the order of their ids: brackets, then of each study whole volume, slot after slot. */
    private Tensor table(List<VisualTokens> visual) {
        long d = imageBrackets.size(1);
        var rows = new ArrayList<Tensor>();
        rows.add(imageBrackets.to(ScalarType.Float));
        rows.add(regionBrackets.to(ScalarType.Float));
        for (VisualTokens study : visual) {
            rows.add(study.global().reshape(-1, d).to(ScalarType.Float));
            var regions = study.regions().to(ScalarType.Float);
            rows.add(tagged(blankRegions ? regions.mul(new Scalar(0)) : regions).reshape(-1, d));
        }
        return Tensors.cat(0, rows);
    }

    private Tensor tagged(Tensor regions) {
        if (slotTags.length == 0) {
            return regions;
        }
        int[] tags = Arrays.copyOf(slotTags, (int) regions.size(0));
        var words = decoder.embed(Tensors.longs(tags)); // [r, d]
        // Word embeddings start a hundred times smaller than visual tokens: as they are, nobody would find them in the
        // sum.
        var size = Tensors.mean(words.mul(words), 1, true).sqrt().add(new Scalar(NO_DIVISION_BY_ZERO));
        return regions.add(words.div(size).unsqueeze(1)); // [r, 1, d] is added to [r, q + 1, d]
    }

    private static Tensor index(int[] values, Tensor like) {
        return Tensors.longs(values).to(like.device(), ScalarType.Long);
    }
}
