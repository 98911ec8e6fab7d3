package org.reg2rg.nn;

import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;
import org.bytedeco.pytorch.global.torch.ScalarType;
import org.reg2rg.tensor.Rearrange;
import org.reg2rg.tensor.Tensors;

/**
 * Where in a volume each finding is, and one token per finding that says so: how strong its strongest cells are, where they
 * lie, and what they look like. A nodule fills one cell in thousands; without this, what the cells know gets lost on the way
 * through the few latents of the perceiver. A cell is looked at in three ways: finely, in its coarse cell, in its patch. Cells are
 * multiplied in the number format of the stem's maps; what is said of them is float32.
 */
public final class FindingMap {
    /** Numbers beside the looks: strongest cell, mean of the strongest, mean of all, place along x, y, z. */
    public static final int NUMBERS = 6;

    /** The first three of them: how the cells of a finding are summed up. */
    public static final int SUMMARY = 3;

    /** Cells; eight coarse ones. */
    private static final int STRONGEST = 64;

    /** Logits are some ten times what the other numbers are. */
    private static final double SCALE = 0.25;

    private static final Rearrange CELLS = new Rearrange("b x y z c -> b c x y z");
    private static final Rearrange MAP = new Rearrange("b c x y z -> b x y z c");
    private static final Rearrange BY_FINDING = new Rearrange("b p f -> b f p");

    private final Linear fromFine;
    private final Linear fromMap;
    private final Linear fromTokens;
    private final Linear dense;
    private final Linear toToken;
    private final Tensor latents;

    /**
     * What is seen of f findings.
     *
     * @param cells [b, f, x, y, z] logits
     * @param summary [b, f, 3] strongest cell, mean of the strongest, mean of all (what is diffuse)
     * @param numbers [b, f * 6] the summary, scaled, and the place of each finding
     * @param spots [b, f, c + 6] what the strongest cells of each finding look like, then its numbers
     * @param tokens [b, f, e]
     */
    public record Found(Tensor cells, Tensor summary, Tensor numbers, Tensor spots, Tensor tokens) {}

    /**
     * @param weights {@code fine} [c, c'], no bias; {@code map} [c, c], {@code patch} [c, e], {@code dense} [f, c], {@code token}
     *     [e, c + 6], {@code latents} [f, e]
     */
    public FindingMap(Weights weights) {
        this.fromFine = Linear.of(weights.at("fine"));
        this.fromMap = Linear.of(weights.at("map"));
        this.fromTokens = Linear.of(weights.at("patch"));
        this.dense = Linear.of(weights.at("dense"));
        this.toToken = Linear.of(weights.at("token"));
        this.latents = weights.get("latents");
    }

    /** maps of a stem, patches [b, p, e] (half the coarse cells along each axis); the cells found are the fine ones */
    public Found forward(ConvolutionStem.Maps maps, Tensor patches) {
        var coarse = maps.coarse();
        long[] size = {coarse.size(2) / 2, coarse.size(3) / 2, coarse.size(4) / 2};
        var format = maps.fine().scalar_type();
        var around = CELLS.apply(
                fromTokens.in(format).forward(patches).reshape(patches.size(0), size[0], size[1], size[2], -1));
        var near = CELLS.apply(fromMap.in(format).forward(MAP.apply(coarse))).add(doubled(around));
        var fine = fromFine.in(format).forward(MAP.apply(maps.fine()));
        var looks = torch.relu(fine.add(MAP.apply(doubled(near)))).flatten(1, 3); // [b, cells, c]
        // one finding after the other, once: all that follows goes along the cells
        var flat = BY_FINDING
                .apply(dense.in(format).forward(looks))
                .to(ScalarType.Float)
                .contiguous(); // [b, f, cells]
        var shares = flat.softmax(2);
        var look = shares.to(format).bmm(looks).to(ScalarType.Float); // [b, f, c]
        var place = shares.matmul(places(maps.fine())); // [b, f, 3]
        var strongest = torch.topk(flat, Math.min(STRONGEST, flat.size(2))).get0();
        var summary = Tensors.cat(
                2,
                strongest.narrow(2, 0, 1),
                Tensors.mean(strongest, 2, true),
                Tensors.mean(flat, 2, true)); // [b, f, 3]
        var numbers = Tensors.cat(2, summary.mul(new Scalar(SCALE)), place); // [b, f, 6]
        var spots = Tensors.cat(2, look, numbers); // [b, f, c + 6]
        var tokens = toToken.forward(spots).add(latents);
        var cells = flat.unflatten(2, new long[] {2 * coarse.size(2), 2 * coarse.size(3), 2 * coarse.size(4)});
        return new Found(cells, summary, numbers.flatten(1, 2), spots, tokens);
    }

    /** Each cell [b, c, x, y, z] eight times. */
    private static Tensor doubled(Tensor cells) {
        return torch.upsample_nearest3d(cells, 2 * cells.size(2), 2 * cells.size(3), 2 * cells.size(4));
    }

    /** [cells, 3]: the middle of each cell, from -1 to 1 along each axis */
    private static Tensor places(Tensor map) {
        int x = (int) map.size(2);
        int y = (int) map.size(3);
        int z = (int) map.size(4);
        float[] places = new float[x * y * z * 3];
        for (int cell = 0; cell < x * y * z; cell++) {
            places[3 * cell] = middle(cell / (y * z), x);
            places[3 * cell + 1] = middle(cell / z % y, y);
            places[3 * cell + 2] = middle(cell % z, z);
        }
        return Tensors.floats(places, (long) x * y * z, 3).to(map.device(), ScalarType.Float);
    }

    private static float middle(int index, int count) {
        return (2 * index + 1f) / count - 1;
    }
}
