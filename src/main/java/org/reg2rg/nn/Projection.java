package org.reg2rg.nn;

import org.bytedeco.pytorch.Tensor;

/** A linear map, with or without a low-rank addition. */
public sealed interface Projection permits Linear, LoraLinear {
    /** x [.., in] → [.., out], in the number format of the weight. */
    Tensor forward(Tensor x);

    /** The same map as one matrix. */
    Linear merged();

    /**
     * The map that the weights hold: with an addition if they have one (published names {@code base_layer},
     * {@code lora_A.default}, {@code lora_B.default}), else plain.
     *
     * @param scale of the addition
     * @param dropout on the addition's input during training
     */
    static Projection of(Weights weights, double scale, double dropout) {
        return weights.find("base_layer.weight").isEmpty()
                ? Linear.of(weights)
                : new LoraLinear(
                        Linear.of(weights.at("base_layer")),
                        weights.get("lora_A.default.weight"),
                        weights.get("lora_B.default.weight"),
                        scale,
                        dropout);
    }
}
