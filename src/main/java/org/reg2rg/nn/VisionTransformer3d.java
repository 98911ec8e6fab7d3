package org.reg2rg.nn;

import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.bytedeco.pytorch.Tensor;
import org.reg2rg.tensor.Scope;
import org.reg2rg.tensor.Shapes;
import org.reg2rg.tensor.Tap;

/**
 * The 3-D vision transformer of RadFM and Reg2RG: patches, learned positions, pre-norm blocks; no final norm and no class
 * token (upstream vit_3d.py).
 */
public final class VisionTransformer3d implements VisionEncoder {
    /**
     * The numbers that weights do not tell.
     *
     * @param depth number of blocks
     * @param heads of attention
     * @param dropout during training
     */
    public record Numbers(int depth, int heads, double dropout) {}

    private final String name;
    private final PatchEmbedding embedding;
    private final double dropout;
    private final PositionTables positions;
    private final List<VisionBlock> blocks;

    /**
     * @param name of its taps: {@code name.patch}, {@code name.pos_added}, {@code name.block<i>}
     * @param embedding from a volume to tokens
     * @param weights {@code pos_embedding}, {@code transformer.layers}
     */
    public VisionTransformer3d(String name, PatchEmbedding embedding, Weights weights, Numbers numbers) {
        this.name = name;
        this.embedding = embedding;
        this.dropout = numbers.dropout();
        this.positions = PositionTables.of(weights.at("pos_embedding"));
        this.blocks = IntStream.range(0, numbers.depth())
                .mapToObj(i ->
                        new VisionBlock(weights.at("transformer.layers").at(i), numbers.heads(), numbers.dropout()))
                .toList();
    }

    @Override
    public Features features(Tensor volume) {
        return new Features(forward(volume), Optional.empty());
    }

    /** volume [b, c, X, Y, Z] → tokens [b, p, e], z fastest, in float32 */
    public Tensor forward(Tensor volume) {
        var shapes = Shapes.of().and("volume", "b c X Y Z", volume);
        long[] size = {shapes.size("X"), shapes.size("Y"), shapes.size("Z")};
        return encode(Tap.at(name + ".patch", patches(volume)), size);
    }

    @Override
    public Tensor patches(Tensor volume) {
        return embedding.forward(volume);
    }

    /** tokens [b, p, e] of a volume of this size, as the embedding gives them → [b, p, e] */
    public Tensor encode(Tensor patches, long[] size) {
        var patch = embedding.patch();
        var places = positions.forward(size[0] / patch.get(0), size[1] / patch.get(1), size[2] / patch.get(2));
        var tokens = Dropout.apply(Tap.at(name + ".pos_added", patches.add(places)), dropout);
        for (int i = 0; i < blocks.size(); i++) {
            tokens = Tap.at(name + ".block" + i, alone(blocks.get(i), tokens));
        }
        return tokens;
    }

    /** What a block makes on its way is freed when it is done: the next one finds this memory in the cache. */
    private static Tensor alone(VisionBlock block, Tensor tokens) {
        return Scope.keep(() -> block.forward(tokens));
    }
}
