package org.reg2rg.model;

import java.util.Optional;
import org.bytedeco.pytorch.global.torch.ScalarType;
import org.reg2rg.language.LlamaDecoder;
import org.reg2rg.language.LlamaShape;
import org.reg2rg.nn.ConvolutionStem;
import org.reg2rg.nn.FindingHeads;
import org.reg2rg.nn.FindingMap;
import org.reg2rg.nn.FindingVision;
import org.reg2rg.nn.Linear;
import org.reg2rg.nn.LinearPatches;
import org.reg2rg.nn.PatchEmbedding;
import org.reg2rg.nn.PerceiverResampler;
import org.reg2rg.nn.VisionEncoder;
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
                slotTags,
                config.blanksRegions());
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
        return textureEncoder(config.vision().stem().isPresent() ? findingVision(ScalarType.Float) : transformer());
    }

    /** @param vision {@link #findingVision} or the plain transformer, over these weights */
    public TextureEncoder textureEncoder(VisionEncoder vision) {
        PerceiverConfig perceiver = config.perceiver();
        return new TextureEncoder(
                vision,
                new PerceiverResampler(visual.at("perceiver"), perceiver.depth(), perceiver.heads()),
                findingHeads(),
                toWords());
    }

    /** From what the perceiver gives to the language model. */
    public ToWords toWords() {
        return ToWords.of(visual);
    }

    /**
     * The vision encoder of a model with a stem of convolutions.
     *
     * @param convolutions number format of the stem
     */
    public FindingVision findingVision(ScalarType convolutions) {
        Weights encoder = visual.at("vision_encoder");
        var stem = new ConvolutionStem(encoder.at("stem"), convolutions);
        return new FindingVision(
                stem, vision("vision", stem, encoder, config.vision()), new FindingMap(encoder.at("finding_map")));
    }

    /** The heads that answer which findings a volume shows, of a model that has them. */
    public Optional<FindingHeads> findingHeads() {
        return config.vision()
                .stem()
                .flatMap(StemConfig::findingHeads)
                .map(_ -> new FindingHeads(visual.at(ParameterTable.HEADS)));
    }

    public GeometryEncoder geometryEncoder() {
        Weights encoder = visual.at("mask_encoder");
        return new GeometryEncoder(
                vision("mask", patches(encoder, config.geometry()), encoder, config.geometry()),
                Linear.of(visual.at("mask_fc")));
    }

    private VisionTransformer3d transformer() {
        Weights encoder = visual.at("vision_encoder");
        return vision("vision", patches(encoder, config.vision()), encoder, config.vision());
    }

    private static PatchEmbedding patches(Weights weights, VisionConfig config) {
        return new LinearPatches(weights.at("to_patch_embedding"), config.patch(), config.channels());
    }

    private static VisionTransformer3d vision(
            String name, PatchEmbedding patches, Weights weights, VisionConfig config) {
        var numbers = new VisionTransformer3d.Numbers(config.depth(), config.heads(), config.dropout());
        return new VisionTransformer3d(name, patches, weights, numbers);
    }
}
