package org.reg2rg.train;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.random.RandomGenerator;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.ScalarTypeOptional;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;
import org.reg2rg.model.ModelConfig;
import org.reg2rg.nn.FindingMap;
import org.reg2rg.nn.FindingVision;
import org.reg2rg.nn.Linear;
import org.reg2rg.nn.Weights;
import org.reg2rg.tensor.Rearrange;
import org.reg2rg.tensor.Tensors;

/**
 * What the vision part is asked while it learns to see; none of it is part of the model that writes reports.
 *
 * <ul>
 *   <li>dense: which cell of the map shows which finding. Labels of a whole crop teach almost nothing in a few thousand studies;
 *       places do.
 *   <li>findings: from the latents and the geometry token, that is from what the language model will get
 *   <li>pooled: the same with the strongest cells of the dense map beside them (multiple-instance learning), so that labels
 *       also train the map
 *   <li>region: which of the ten it is; size: of the largest nodule
 * </ul>
 */
final class VisionHeads {
    private static final int HIDDEN = 256;

    private static final Rearrange FLAT = new Rearrange("b q e -> b (q e)");

    private final Linear tokenDense;
    private final Linear trunk;
    private final Linear findings;
    private final Linear pooled;
    private final Linear region;
    private final Linear size;
    private final Tensor poolScale;

    /**
     * What the heads say of n crops, as logits.
     *
     * @param region [n, 10]
     * @param findings [n, f] from latents and geometry
     * @param pooled [n, f] with the dense map beside them
     * @param dense [n, f, x, y, z]
     * @param tokenDense [n, p, f]
     * @param size [n, s] classes of {@link NoduleSize}, from latents and geometry
     */
    record Answers(Tensor region, Tensor findings, Tensor pooled, Tensor dense, Tensor tokenDense, Tensor size) {}

    VisionHeads(Weights weights) {
        this.tokenDense = Linear.of(weights.at("token_dense"));
        this.trunk = Linear.of(weights.at("trunk"));
        this.findings = Linear.of(weights.at("findings"));
        this.pooled = Linear.of(weights.at("pooled"));
        this.region = Linear.of(weights.at("region"));
        this.size = Linear.of(weights.at("size"));
        this.poolScale = weights.get("pool_scale");
    }

    /** Untrained weights of the heads for a model of this config, under {@code heads.}. */
    static Map<String, Tensor> fresh(ModelConfig config, RandomGenerator random) {
        long e = config.vision().width();
        long f = CropLayout.FINDINGS;
        long latents = config.perceiver().latents() * e + config.language().width();
        var weights = new LinkedHashMap<String, Tensor>();
        linear(weights, "token_dense", f, e, random);
        linear(weights, "trunk", HIDDEN, latents, random);
        linear(weights, "findings", f, HIDDEN, random);
        linear(weights, "pooled", f, HIDDEN, random);
        linear(weights, "region", CropLayout.REGIONS, HIDDEN, random);
        linear(weights, "size", NoduleSize.CLASSES, HIDDEN, random);
        weights.put(
                "heads.pool_scale",
                Tensors.floats(new float[(int) (f * FindingMap.SUMMARY)], f, FindingMap.SUMMARY)
                        .fill_(new Scalar(0.5)));
        return weights;
    }

    private static void linear(Map<String, Tensor> weights, String name, long out, long in, RandomGenerator random) {
        weights.put("heads." + name + ".weight", FreshWeights.tensor(name + ".weight", List.of(out, in), random));
        weights.put("heads." + name + ".bias", FreshWeights.tensor(name + ".bias", List.of(out), random));
    }

    /** latents [n, q, e], geometry [n, 1, d] */
    Answers forward(FindingVision.Seen crops, Tensor latents, Tensor geometry) {
        var seen = torch.relu(trunk.forward(Tensors.cat(1, FLAT.apply(latents), geometry.select(1, 0)))); // [n, hidden]
        var found = crops.found();
        return new Answers(
                region.forward(seen),
                findings.forward(seen),
                pooled.forward(seen)
                        .add(found.summary().mul(poolScale).sum(new long[] {2}, false, new ScalarTypeOptional())),
                found.cells(),
                tokenDense.forward(crops.patches()),
                size.forward(seen));
    }
}
