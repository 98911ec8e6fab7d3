package org.reg2rg.nn;

import java.util.Optional;
import org.bytedeco.pytorch.Tensor;

/** From a volume to the tokens that a perceiver reads. */
public interface VisionEncoder {
    /**
     * What a volume shows.
     *
     * @param tokens [b, p, e], in float32
     * @param found on the map of findings, of an encoder that has one
     */
    record Features(Tensor tokens, Optional<FindingMap.Found> found) {}

    /** volume [b, c, X, Y, Z] */
    Features features(Tensor volume);

    /** volume [b, c, X, Y, Z] → [b, p, e]: the patches as the embedding sees them, without their places */
    Tensor patches(Tensor volume);
}
