package org.reg2rg.train;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import org.assertj.core.data.Offset;
import org.assertj.core.data.Percentage;
import org.bytedeco.pytorch.Tensor;
import org.junit.jupiter.api.Test;
import org.reg2rg.cohort.FindingType;
import org.reg2rg.tensor.Scope;
import org.reg2rg.tensor.Tensors;

/** One crop of 16 × 16 × 16 cells that answers for lung nodules alone. */
class VisionLossTest {
    private static final int SIDE = 16;
    private static final int CELLS = SIDE * SIDE * SIDE;
    private static final int PATCHES = CELLS / 64;
    private static final int F = CropLayout.FINDINGS;
    private static final int NODULE = FindingType.LUNG_NODULE.ordinal();

    @Test
    void overlookingASmallNoduleCostsAsMuchAsOverlookingALargeOne() {
        double small = loss(4, -6) - loss(4, 6);
        double large = loss(40, -6) - loss(40, 6);
        assertThat(small).isCloseTo(large, Percentage.withPercentage(1)).isGreaterThan(0.5);
    }

    @Test
    void whatACropDoesNotAnswerForCostsNothing() {
        double own = loss(4, 6);
        double other = Scope.inference(() -> {
            var answers = answers(logits(4, 6));
            answers.dense().select(1, FindingType.EMPHYSEMA.ordinal()).fill_(new org.bytedeco.pytorch.Scalar(30));
            return new VisionLoss(ones(), 1).of(answers, batch(4, 0)).item_double();
        });
        assertThat(other).isCloseTo(own, Offset.offset(1e-6));
    }

    @Test
    void aSubsolidNoduleWeighsAsManyTimesAsIsSaid() {
        double usual = nodule(0, 3);
        double subsolid = nodule(1, 3);
        assertThat(subsolid).isCloseTo(3 * usual, Percentage.withPercentage(0.01));
        assertThat(nodule(1, 1)).isEqualTo(usual);
    }

    /** What a crop costs that answers for a nodule only. */
    private static double nodule(float subsolid, double weight) {
        return Scope.inference(() -> new VisionLoss(ones(), weight)
                .of(answers(logits(4, -6)), batch(4, subsolid))
                .item_double());
    }

    /** Of a crop whose nodule touches this many cells, when the map gives these cells this logit and the others -6. */
    private static double loss(int touched, float logit) {
        return Scope.inference(() -> new VisionLoss(ones(), 1)
                .of(answers(logits(touched, logit)), batch(touched, 0))
                .item_double());
    }

    private static float[] ones() {
        float[] ones = new float[F];
        Arrays.fill(ones, 1);
        return ones;
    }

    private static float[] logits(int touched, float logit) {
        float[] dense = new float[F * CELLS];
        Arrays.fill(dense, -6);
        Arrays.fill(dense, NODULE * CELLS, NODULE * CELLS + touched, logit);
        return dense;
    }

    private static VisionHeads.Answers answers(float[] dense) {
        return new VisionHeads.Answers(
                zeros(1, CropLayout.REGIONS),
                zeros(1, F),
                zeros(1, F),
                Tensors.floats(dense, 1, F, SIDE, SIDE, SIDE),
                zeros(1, PATCHES, F),
                zeros(1, NoduleSize.CLASSES));
    }

    private static VisionBatch batch(int touched, float subsolid) {
        float[] cells = new float[F * CELLS];
        Arrays.fill(cells, NODULE * CELLS, NODULE * CELLS + touched, 1);
        float[] nodule = new float[F];
        nodule[NODULE] = 1;
        return new VisionBatch(
                zeros(1),
                zeros(1),
                Tensors.longs(new int[] {VisionBatch.NO_REGION}),
                Tensors.floats(nodule, 1, F),
                Tensors.floats(nodule, 1, F),
                Tensors.floats(cells, 1, F, SIDE, SIDE, SIDE),
                Tensors.floats(new float[] {subsolid}, 1),
                zeros(1, NoduleSize.CLASSES));
    }

    private static Tensor zeros(long... shape) {
        return Tensors.floats(new float[(int) Arrays.stream(shape).reduce(1, (a, b) -> a * b)], shape);
    }
}
