package org.reg2rg.nn;

import java.util.List;
import java.util.stream.IntStream;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch.ScalarType;
import org.reg2rg.tensor.Rearrange;
import org.reg2rg.tensor.Shapes;
import org.reg2rg.tensor.Tap;

/**
 * The 3-D vision transformer of RadFM and Reg2RG: patches, learned positions, pre-norm blocks; no final norm and no class
 * token (upstream vit_3d.py).
 */
public final class VisionTransformer3d {
    /**
     * The numbers that weights do not tell.
     *
     * @param patch voxels of a patch along x, y, z
     * @param channels of the input
     * @param depth number of blocks
     * @param heads of attention
     * @param dropout during training
     */
    public record Numbers(List<Integer> patch, int channels, int depth, int heads, double dropout) {}

    private final String name;
    private final Numbers numbers;
    private final Rearrange toPatches;
    private final LayerNorm patchNorm;
    private final Linear patchToToken;
    private final LayerNorm tokenNorm;
    private final PositionTables positions;
    private final List<VisionBlock> blocks;

    /**
     * @param name of its taps: {@code name.patch}, {@code name.pos_added}, {@code name.block<i>}
     * @param weights {@code to_patch_embedding}, {@code pos_embedding}, {@code transformer.layers}
     */
    public VisionTransformer3d(String name, Weights weights, Numbers numbers) {
        this.name = name;
        this.numbers = numbers;
        this.toPatches = new Rearrange("b c (x p1) (y p2) (z p3) -> b (x y z) (p1 p2 p3 c)")
                .with("p1", numbers.patch().get(0))
                .with("p2", numbers.patch().get(1))
                .with("p3", numbers.patch().get(2));
        this.patchNorm = LayerNorm.of(weights.at("to_patch_embedding.1"));
        this.patchToToken = Linear.of(weights.at("to_patch_embedding.2"));
        this.tokenNorm = LayerNorm.of(weights.at("to_patch_embedding.3"));
        this.positions = PositionTables.of(weights.at("pos_embedding"));
        this.blocks = IntStream.range(0, numbers.depth())
                .mapToObj(i ->
                        new VisionBlock(weights.at("transformer.layers").at(i), numbers.heads(), numbers.dropout()))
                .toList();
    }

    /** volume [b, c, X, Y, Z] (one channel is repeated) → tokens [b, p, e], z fastest, in float32 */
    public Tensor forward(Tensor volume) {
        var shapes = Shapes.of().and("volume", "b c X Y Z", volume);
        var channels = volume.to(ScalarType.Float).expand(-1, numbers.channels(), -1, -1, -1);
        var patches = patchToToken.forward(patchNorm.forward(toPatches.apply(channels))); // [b, p, e]
        var tokens = Tap.at(name + ".patch", tokenNorm.forward(patches));
        var places = positions.forward(
                shapes.size("X") / numbers.patch().get(0),
                shapes.size("Y") / numbers.patch().get(1),
                shapes.size("Z") / numbers.patch().get(2));
        tokens = Dropout.apply(Tap.at(name + ".pos_added", tokens.add(places)), numbers.dropout());
        for (int i = 0; i < blocks.size(); i++) {
            tokens = Tap.at(name + ".block" + i, blocks.get(i).forward(tokens));
        }
        return tokens;
    }
}
