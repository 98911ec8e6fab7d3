package org.reg2rg.nn;

import java.util.List;
import java.util.Optional;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch.ScalarType;
import org.reg2rg.tensor.Rearrange;
import org.reg2rg.tensor.Tensors;

/**
 * The published patch embedding: the voxels of a patch in one vector, norm, linear map, norm (upstream vit_3d.py).
 *
 * <p>The published model repeats a volume of one channel three times. Mean and spread of a patch stay the same when its
 * voxels are repeated, and so does the sum of what the map makes of them: here the columns of the map are added up instead,
 * each times its factor of the norm, and a third of the work is left.
 */
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
        var tokens = volume.size(1) == 1 && channels > 1
                ? repeated(toPatches.apply(volume.to(ScalarType.Float)))
                : patchToToken.forward(patchNorm.forward(toPatches.apply(volume.to(ScalarType.Float))));
        return tokenNorm.forward(tokens);
    }

    /** patches of one channel [b, p, v], whose voxels all channels repeat → [b, p, e] */
    private Tensor repeated(Tensor patches) {
        var weight = patchToToken.weight().to(ScalarType.Float); // [e, v·c], the channel fastest
        var ones = Tensors.zerosLike(weight, ScalarType.Float, channels).add(new Scalar(1));
        var scaled = weight.mul(patchNorm.weight()).view(weight.size(0), -1, channels); // [e, v, c]
        var moved = weight.mv(patchNorm.bias().to(ScalarType.Float)); // [e]
        var joined = new Linear(
                scaled.matmul(ones).to(patchToToken.weight().scalar_type()), // [e, v]
                Optional.of(patchToToken
                        .bias()
                        .map(moved::add)
                        .orElse(moved)
                        .to(patchToToken.weight().scalar_type())));
        return joined.forward(LayerNorm.plain(patches));
    }
}
