package org.reg2rg.model;

import org.reg2rg.tensor.Precision;
import org.reg2rg.tensor.Scope;
import org.reg2rg.tensor.Tensors;

/**
 * How a whole volume looks to a model, before it makes sense of it: mean and standard deviation of each feature over the
 * visual tokens of its patches. Of all the places in the vision part this one tells drawn volumes from real ones best; behind
 * the perceiver, which keeps what reports need, real CTs lie among drawn ones (docs/familiarise.md has the figures).
 */
public final class GlobalLook {
    private GlobalLook() {}

    /** How many numbers a look of this model has. */
    public static int width(ModelConfig config) {
        return 2 * config.vision().width();
    }

    /** Mean of each feature, then their standard deviations. */
    public static float[] of(Reg2Rg model, StudyVolumes.Voxels global) {
        float[][] tokens = new float[1][];
        int[] width = new int[1];
        Scope.inference(() -> {
            var volume = global.tensor().to(model.decoder().device(), Precision.FLOAT32.scalarType());
            var patches = model.globalEncoder().encoder().vision().patches(volume); // [1, p, e]
            width[0] = Math.toIntExact(patches.size(2));
            tokens[0] = Tensors.toFloats(patches.select(0, 0));
            return tokens;
        });
        return look(tokens[0], width[0]);
    }

    /** @param tokens row-major [p, e] */
    static float[] look(float[] tokens, int width) {
        int count = tokens.length / width;
        double[] sums = new double[width];
        double[] squares = new double[width];
        for (int i = 0; i < tokens.length; i++) {
            sums[i % width] += tokens[i];
            squares[i % width] += (double) tokens[i] * tokens[i];
        }
        float[] look = new float[2 * width];
        for (int i = 0; i < width; i++) {
            double mean = sums[i] / count;
            look[i] = (float) mean;
            look[width + i] = (float) Math.sqrt(Math.max(0, squares[i] / count - mean * mean));
        }
        return look;
    }
}
