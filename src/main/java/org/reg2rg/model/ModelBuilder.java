package org.reg2rg.model;

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
    private final Weights visual;

    public ModelBuilder(ModelConfig config, Weights weights) {
        this.config = config;
        this.visual = weights.at("embedding_layer");
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
