package org.reg2rg.model;

import org.bytedeco.pytorch.Tensor;
import org.reg2rg.tensor.Tensors;

/**
 * Detail and place of the regions, kept apart.
 *
 * @param texture [r, q, d]
 * @param geometry [r, 1, d]
 */
public record LocalFeatures(Tensor texture, Tensor geometry) {
    private static final int TOKENS = 1;

    /** Texture first, then geometry: [r, q + 1, d]. */
    public Tensor tokens() {
        return Tensors.cat(TOKENS, texture, geometry);
    }
}
