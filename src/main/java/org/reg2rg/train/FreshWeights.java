package org.reg2rg.train;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.random.RandomGenerator;
import org.bytedeco.pytorch.Tensor;
import org.reg2rg.model.ModelConfig;
import org.reg2rg.model.Parameter;
import org.reg2rg.model.ParameterTable;
import org.reg2rg.model.ToWords;
import org.reg2rg.tensor.Tensors;

/**
 * Weights of a model that learns from nothing, stem of convolutions and map of findings included: norms 1, biases 0, convolutions as
 * He et al., B of LoRA 0, everything else small normal. The published training starts elsewhere, with weights of other sizes: see
 * {@code reg2rg import} without a checkpoint.
 */
final class FreshWeights {
    private static final double SMALL = 0.02;
    private static final int KERNEL_RANK = 5;

    /** Of each of the three ways in which the cells of a finding are summed up. */
    private static final float POOL_SCALE = 0.5f;

    /** What is added to something else adds nothing before it has learned something. */
    private static final List<String> NOTHING_YET = List.of("lora_B.default.weight", ToWords.FINDINGS + ".weight");

    private FreshWeights() {}

    /** All weights of a config, by name, in float32; made outside of any scope. */
    static Map<String, Tensor> of(ModelConfig config, RandomGenerator random) {
        var weights = new LinkedHashMap<String, Tensor>();
        for (Parameter parameter : ParameterTable.of(config).all()) {
            weights.put(parameter.name(), tensor(parameter, random));
        }
        return weights;
    }

    /** One tensor by the rule of its name and rank. */
    static Tensor tensor(String name, List<Long> shape, RandomGenerator random) {
        return tensor(new Parameter(name, shape, true), random);
    }

    private static Tensor tensor(Parameter parameter, RandomGenerator random) {
        String name = parameter.name();
        float[] values = new float[Math.toIntExact(parameter.count())];
        if (parameter.isVector()) {
            Arrays.fill(values, name.endsWith(".bias") ? 0 : 1);
        } else if (name.endsWith("pool_scale")) {
            Arrays.fill(values, POOL_SCALE);
        } else if (NOTHING_YET.stream().noneMatch(name::endsWith)) {
            double deviation = deviation(parameter);
            for (int i = 0; i < values.length; i++) {
                values[i] = (float) (deviation * random.nextGaussian());
            }
        }
        return Tensors.floats(values, parameter.lengths());
    }

    private static double deviation(Parameter parameter) {
        String name = parameter.name();
        if (parameter.shape().size() == KERNEL_RANK) {
            return Math.sqrt(2.0 / parameter.inputs());
        }
        if (name.endsWith("latents")) {
            return 1;
        }
        boolean table = name.endsWith("_embed.weight") || name.endsWith("embed_tokens.weight");
        // A linear map keeps the size of what it maps.
        return table ? SMALL : Math.sqrt(1.0 / parameter.shape().getLast()) / 2;
    }
}
