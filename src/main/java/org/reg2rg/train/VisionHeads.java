package org.reg2rg.train;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.random.RandomGenerator;
import org.bytedeco.pytorch.Tensor;
import org.reg2rg.model.ModelConfig;
import org.reg2rg.model.StemConfig;
import org.reg2rg.nn.FindingHeads;
import org.reg2rg.nn.FindingVision;
import org.reg2rg.nn.Linear;
import org.reg2rg.nn.Weights;

/**
 * What the vision part is asked while it learns to see, beside the findings that the heads of the model answer
 * ({@link FindingHeads}); none of it is part of the model that writes reports.
 *
 * <ul>
 *   <li>token dense: which patch shows which finding. Labels of a whole crop teach almost nothing in a few thousand studies;
 *       places do, here and on the map.
 *   <li>region: which of the ten it is
 * </ul>
 */
final class VisionHeads {
    private final Linear tokenDense;
    private final Linear region;

    /**
     * What all heads say of n crops, as logits.
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
        this.region = Linear.of(weights.at("region"));
    }

    /** Untrained weights for a model of this config, which has finding heads, under {@code heads.}. */
    static Map<String, Tensor> fresh(ModelConfig config, RandomGenerator random) {
        int width = config.vision()
                .stem()
                .flatMap(StemConfig::findingHeads)
                .orElseThrow()
                .width();
        var weights = new LinkedHashMap<String, Tensor>();
        linear(weights, "token_dense", CropLayout.FINDINGS, config.vision().width(), random);
        linear(weights, "region", CropLayout.REGIONS, width, random);
        return weights;
    }

    private static void linear(Map<String, Tensor> weights, String name, long out, long in, RandomGenerator random) {
        weights.put("heads." + name + ".weight", FreshWeights.tensor(name + ".weight", List.of(out, in), random));
        weights.put("heads." + name + ".bias", FreshWeights.tensor(name + ".bias", List.of(out), random));
    }

    /** @param answers of the heads of the model for the same crops */
    Answers forward(FindingVision.Seen crops, FindingHeads.Answers answers) {
        return new Answers(
                region.forward(answers.hidden()),
                answers.findings(),
                answers.pooled(),
                crops.found().cells(),
                tokenDense.forward(crops.patches()),
                answers.size());
    }
}
