package org.reg2rg.language;

import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch.ScalarType;
import org.reg2rg.tensor.Scope;
import org.reg2rg.tensor.Tensors;

/**
 * Rotary positions in the "rotate half" order: the first half of a head is paired with the second (transformers 4.28.1
 * modeling_llama.py). Frequencies are computed, never read: published files hold them rounded to half precision.
 */
final class RotaryEmbedding {
    private final Tensor cosines;
    private final Tensor sines;
    private final int half;

    /**
     * @param headWidth k, even
     * @param like the tables are made where this tensor lives
     */
    RotaryEmbedding(int headWidth, double base, int maxPositions, Tensor like) {
        this.half = headWidth / 2;
        var cos = new float[maxPositions * headWidth];
        var sin = new float[maxPositions * headWidth];
        for (int i = 0; i < half; i++) {
            float frequency = 1 / (float) Math.pow(base, 2.0 * i / headWidth);
            for (int position = 0; position < maxPositions; position++) {
                float angle = position * frequency;
                int at = position * headWidth + i;
                cos[at] = cos[at + half] = (float) Math.cos(angle);
                sin[at + half] = (float) Math.sin(angle);
                sin[at] = -sin[at + half]; // the sign of the rotated half
            }
        }
        this.cosines = table(cos, maxPositions, headWidth, like);
        this.sines = table(sin, maxPositions, headWidth, like);
    }

    private static Tensor table(float[] values, int positions, int width, Tensor like) {
        return Scope.outlive(() -> Tensors.floats(values, positions, width).to(like.device(), ScalarType.Float));
    }

    /** The rows of some positions: cosines and signed sines [n, k]. */
    record Angles(Tensor cosines, Tensor sines) {}

    Angles at(long first, long count) {
        if (first + count > cosines.size(0)) {
            throw new IllegalArgumentException(
                    "position " + (first + count) + " is beyond the " + cosines.size(0) + " of this model");
        }
        return new Angles(cosines.narrow(0, first, count), sines.narrow(0, first, count));
    }

    /** x [b, h, n, k], in float32 → the same */
    Tensor rotate(Tensor x, Angles angles) {
        var swapped = Tensors.cat(-1, x.narrow(-1, half, half), x.narrow(-1, 0, half));
        return x.mul(angles.cosines()).add(swapped.mul(angles.sines()));
    }
}
