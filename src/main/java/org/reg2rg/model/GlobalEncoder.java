package org.reg2rg.model;

import java.util.Optional;
import org.bytedeco.pytorch.Tensor;

/** Global features: the whole volume through the encoder of the textures. */
public record GlobalEncoder(TextureEncoder encoder) {
    /** volume [1, c, X, Y, Z] → [1, q, d] */
    public Tensor forward(Tensor volume) {
        return encoder.forward(volume, Optional.empty());
    }
}
