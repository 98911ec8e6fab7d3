package org.reg2rg.model;

import org.reg2rg.language.LlamaDecoder;
import org.reg2rg.language.LlamaShape;
import org.reg2rg.nn.ConvolutionStem;
import org.reg2rg.nn.Linear;
import org.reg2rg.nn.LinearPatches;
import org.reg2rg.nn.PatchEmbedding;
import org.reg2rg.nn.PerceiverResampler;
import org.reg2rg.nn.VisionTransformer3d;
import org.reg2rg.nn.Weights;

/** Reads the config and puts the blocks together; the blocks know nothing of it. */
public final class ModelBuilder {
    private final ModelConfig config;
    private final Weights weights;
    private final Weights visual;

    public ModelBuilder(ModelConfig config, Weights weights) {
        this.config = config;
        this.weights = weights;
        this.visual = weights.at("embedding_layer");
    }

    /**
     * @param merged whether low-rank additions are added into the matrices
     * @param slotTags see {@link Splice}
     */
    public Reg2Rg reg2rg(boolean merged, int[] slotTags) {
        var splice = new Splice(
                decoder(merged),
                config.tokens(),
                visual.get("image_token_weight"),
                visual.get("region_token_weight"),
                slotTags);
        return new Reg2Rg(config, textureEncoder(), geometryEncoder(), splice);
    }

    public LlamaDecoder decoder(boolean merged) {
        LanguageConfig language = config.language();
        var shape = new LlamaShape(
                language.layers(),
                language.heads(),
                language.width() / language.heads(),
                language.normEpsilon(),
                language.ropeBase(),
                language.maxPositions(),
                config.lora().scale(),
                config.lora().dropout());
        return new LlamaDecoder(weights.at("lang_model.base_model.model"), shape, merged);
    }

    public TextureEncoder textureEncoder() {
        PerceiverConfig perceiver = config.perceiver();
        return new TextureEncoder(
                vision("vision", visual.at("vision_encoder"), config.vision()),
                new PerceiverResampler(visual.at("perceiver"), perceiver.depth(), perceiver.heads()),
                Linear.of(visual.at("fc")));
    }

    public GeometryEncoder geometryEncoder() {
        return new GeometryEncoder(
                vision("mask", visual.at("mask_encoder"), config.geometry()), Linear.of(visual.at("mask_fc")));
    }

    private static VisionTransformer3d vision(String name, Weights weights, VisionConfig config) {
        var numbers = new VisionTransformer3d.Numbers(config.depth(), config.heads(), config.dropout());
        PatchEmbedding patches = config.stem().isPresent()
                ? new ConvolutionStem(weights.at("stem"))
                : new LinearPatches(weights.at("to_patch_embedding"), config.patch(), config.channels());
        return new VisionTransformer3d(name, patches, weights, numbers);
    }
}
