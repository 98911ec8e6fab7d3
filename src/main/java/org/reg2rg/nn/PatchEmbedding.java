package org.reg2rg.nn;

import java.util.List;
import org.bytedeco.pytorch.Tensor;

/** From a volume to one token per patch, before any position is known. */
public interface PatchEmbedding {
    /** Voxels of a patch along x, y, z. */
    List<Integer> patch();

    /** volume [b, c, X, Y, Z] → [b, p, e], z fastest, in float32 */
    Tensor forward(Tensor volume);
}
