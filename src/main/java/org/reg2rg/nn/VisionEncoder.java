package org.reg2rg.nn;

import org.bytedeco.pytorch.Tensor;

/** From a volume to the tokens that a perceiver reads. */
public interface VisionEncoder {
    /** volume [b, c, X, Y, Z] → [b, p, e], in float32 */
    Tensor forward(Tensor volume);

    /** volume [b, c, X, Y, Z] → [b, p, e]: the patches as the embedding sees them, without their places */
    Tensor patches(Tensor volume);
}
