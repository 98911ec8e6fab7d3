package org.reg2rg.model;

import org.bytedeco.pytorch.Tensor;
import org.reg2rg.nn.Linear;
import org.reg2rg.nn.VisionTransformer3d;
import org.reg2rg.tensor.Tap;
import org.reg2rg.tensor.Tensors;

/**
 * Geometry features: where a region lies and how it is shaped, from its mask on the grid of the whole volume, as one
 * token of the language model (arXiv 2411.15539, local feature decoupling).
 *
 * @param vision a small 3-D ViT
 * @param toWords [d, g]
 */
public record GeometryEncoder(VisionTransformer3d vision, Linear toWords) {
    private static final int PATCHES = 1;

    /** mask [b, 1, X, Y, Z], shares of coverage from 0 to 1 → [b, 1, d] */
    public Tensor forward(Tensor mask) {
        var tokens = Tap.at("mask.tokens", vision.forward(mask)); // [b, p, g]
        var mean = Tap.at("mask.mean", Tensors.mean(tokens, PATCHES, true)); // [b, 1, g]
        return Tap.at("mask_fc", toWords.forward(mean));
    }
}
