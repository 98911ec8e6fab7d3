package org.reg2rg.model;

import java.util.ArrayList;
import java.util.List;
import org.bytedeco.pytorch.Tensor;
import org.reg2rg.language.LlamaDecoder;
import org.reg2rg.tensor.Tensors;

/**
 * Region-guided referring and grounding (arXiv 2411.15539, upstream Reg2RG.py): a report that names each region of a chest
 * CT and then says what is seen there, from the whole volume and from the texture and the geometry of each region.
 */
public final class Reg2Rg {
    private final ModelConfig config;
    private final GlobalEncoder globalEncoder;
    private final LocalFeatureDecoupling localFeatureDecoupling;
    private final Splice splice;
    private final LlamaDecoder decoder;

    Reg2Rg(ModelConfig config, TextureEncoder texture, GeometryEncoder geometry, Splice splice) {
        this.config = config;
        this.globalEncoder = new GlobalEncoder(texture);
        this.localFeatureDecoupling = new LocalFeatureDecoupling(texture, geometry);
        this.splice = splice;
        this.decoder = splice.decoder();
    }

    /**
     * volume [1, c, X, Y, Z], per slot a texture [1, c, X, Y, Z] and a mask [1, 1, X, Y, Z], ids of n tokens
     * → logits [1, n, v] of the word that follows each
     */
    public Tensor forward(Tensor volume, List<Tensor> textures, List<Tensor> masks, int[] ids) {
        var globalFeatures = globalEncoder.forward(volume); // [1, q, d]
        var localFeatures = new ArrayList<Tensor>();
        for (int slot = 0; slot < textures.size(); slot++) {
            localFeatures.add(localFeatureDecoupling
                    .forward(textures.get(slot), masks.get(slot))
                    .tokens()); // [1, q + 1, d]
        }
        var referringPrompt = embed(ids, new VisualTokens(globalFeatures, Tensors.cat(0, localFeatures))); // [1, n, d]
        return decoder.logits(decoder.forward(referringPrompt));
    }

    /** ids of n tokens, with the visual tokens at their places → [1, n, d] */
    public Tensor embed(int[] ids, VisualTokens visual) {
        return embed(List.of(ids), List.of(visual));
    }

    /** ids of up to n tokens for each of b studies, with its visual tokens at their places → [b, n, d], padded on the right */
    public Tensor embed(List<int[]> ids, List<VisualTokens> visual) {
        return splice.forward(ids, visual);
    }

    public ModelConfig config() {
        return config;
    }

    public GlobalEncoder globalEncoder() {
        return globalEncoder;
    }

    public LocalFeatureDecoupling localFeatureDecoupling() {
        return localFeatureDecoupling;
    }

    public LlamaDecoder decoder() {
        return decoder;
    }
}
