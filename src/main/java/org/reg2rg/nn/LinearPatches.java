package org.reg2rg.nn;

import java.util.List;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch.ScalarType;
import org.reg2rg.tensor.Rearrange;

/** The published patch embedding: the voxels of a patch in one vector, norm, linear map, norm (upstream vit_3d.py). */
public final class LinearPatches implements PatchEmbedding {
    private final List<Integer> patch;
    private final int channels;
    private final Rearrange toPatches;
    private final LayerNorm patchNorm;
    private final Linear patchToToken;
    private final LayerNorm tokenNorm;

    /**
     * @param weights {@code 1} (norm of a patch), {@code 2} (linear), {@code 3} (norm of a token)
     * @param patch voxels of a patch along x, y, z
     * @param channels of the input; a volume of one channel is repeated
     */
    public LinearPatches(Weights weights, List<Integer> patch, int channels) {
        this.patch = List.copyOf(patch);
        this.channels = channels;
        this.toPatches = new Rearrange("b c (x p1) (y p2) (z p3) -> b (x y z) (p1 p2 p3 c)")
                .with("p1", patch.get(0))
                .with("p2", patch.get(1))
                .with("p3", patch.get(2));
        this.patchNorm = LayerNorm.of(weights.at(1));
        this.patchToToken = Linear.of(weights.at(2));
        this.tokenNorm = LayerNorm.of(weights.at(3));
    }

    @Override
    public List<Integer> patch() {
        return patch;
    }

    @Override
    public Tensor forward(Tensor volume) {
        var all = volume.to(ScalarType.Float).expand(-1, channels, -1, -1, -1);
        return tokenNorm.forward(patchToToken.forward(patchNorm.forward(toPatches.apply(all))));
    }
}
