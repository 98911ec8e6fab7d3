package org.reg2rg.train;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.bytedeco.pytorch.Tensor;
import org.reg2rg.model.GeometryEncoder;
import org.reg2rg.model.ModelBuilder;
import org.reg2rg.model.ModelConfig;
import org.reg2rg.model.ParameterTable;
import org.reg2rg.nn.FindingHeads;
import org.reg2rg.nn.FindingVision;
import org.reg2rg.nn.PerceiverResampler;
import org.reg2rg.nn.Weights;
import org.reg2rg.tensor.Precision;

/** The vision part of a model with the heads that teach it. */
final class VisionNetwork {
    private static final String HEADS = "heads";

    /** They learn on every cell. */
    private static final List<String> LIKE_CONVOLUTIONS =
            List.of(".stem.", ".finding_map.fine.", ".finding_map.map.", ".finding_map.dense.");

    private final FindingVision vision;
    private final PerceiverResampler perceiver;
    private final GeometryEncoder geometry;
    private final FindingHeads answering;
    private final VisionHeads heads;
    private final Map<String, Tensor> weights;

    /**
     * @param config of a model with finding heads
     * @param weights of the model, and of the other heads under {@code heads.}
     * @param convolutions number format of the stem's convolutions
     */
    VisionNetwork(ModelConfig config, Map<String, Tensor> weights, Precision convolutions) {
        this.weights = new LinkedHashMap<>(weights);
        var named = Weights.of(weights);
        var builder = new ModelBuilder(config, named);
        this.vision = builder.findingVision(convolutions.scalarType());
        this.perceiver = builder.textureEncoder(vision).perceiver();
        this.geometry = builder.geometryEncoder();
        this.answering = builder.findingHeads().orElseThrow();
        this.heads = new VisionHeads(named.at(HEADS));
    }

    /** What the vision stage trains: everything but the way into the language model. */
    List<TrainedTensor> trained(VisionStage.Settings settings) {
        return weights.entrySet().stream()
                .filter(e -> e.getKey().startsWith(HEADS + ".") || isVision(e.getKey()))
                .map(e -> trained(e.getKey(), e.getValue(), settings))
                .toList();
    }

    /** Whether this weight decides what is seen: everything but the language model and the ways into it. */
    static boolean isVision(String name) {
        return name.startsWith(ParameterTable.VISUAL + "vision_encoder.")
                || name.startsWith(ParameterTable.VISUAL + "perceiver.")
                || name.startsWith(ParameterTable.VISUAL + ParameterTable.HEADS + ".")
                || name.startsWith(ParameterTable.VISUAL + "mask_encoder.")
                || name.startsWith(ParameterTable.VISUAL + "mask_fc.");
    }

    private static TrainedTensor trained(String name, Tensor value, VisionStage.Settings settings) {
        boolean convolution = LIKE_CONVOLUTIONS.stream().anyMatch(name::contains);
        boolean matrix = value.dim() > 1 && !name.endsWith("_embed.weight") && !name.endsWith("latents");
        return new TrainedTensor(
                name,
                value.set_requires_grad(true),
                convolution ? settings.stemRateFactor() : 1,
                matrix ? settings.weightDecay() : 0);
    }

    VisionHeads.Answers forward(VisionBatch batch) {
        var seen = vision.see(batch.volumes());
        var shapes = geometry.forward(batch.masks()).mul(batch.isRegion());
        var answers = answering.forward(seen.found(), perceiver.forward(seen.tokens()), Optional.of(shapes));
        return heads.forward(seen, answers);
    }
}
