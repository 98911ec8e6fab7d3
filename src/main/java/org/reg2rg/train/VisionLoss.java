package org.reg2rg.train;

import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.ScalarOptional;
import org.bytedeco.pytorch.ScalarTypeOptional;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorOptional;
import org.bytedeco.pytorch.global.torch;
import org.bytedeco.pytorch.global.torch.Reduction;
import org.reg2rg.cohort.FindingType;
import org.reg2rg.nn.ConvolutionStem;
import org.reg2rg.tensor.Tensors;

/** The loss of the vision stage: the sum of what the heads get wrong. */
final class VisionLoss {
    private static final long[] CELLS_OF_A_PATCH = CropLayout.cellsOf(ConvolutionStem.PATCH);
    private static final double REGION = 0.5;
    private static final double DENSE = 1;
    private static final double TOKEN_DENSE = 0.5;
    private static final double SIZE = 0.3;

    /** Of the cells of a crop, those with a finding count as if they were so many. */
    private static final double POSITIVE_SHARE = 0.12;

    private static final double LARGEST_CELL_WEIGHT = 500;

    private static final int NODULE = FindingType.LUNG_NODULE.ordinal();

    /** [f] */
    private final Tensor findingWeight;

    private final double sizeWeight;
    private final double subsolidWeight;

    /**
     * @param findingWeight how much each finding weighs, the lung nodule with its size
     * @param subsolidWeight how much more a nodule weighs that is subsolid
     */
    VisionLoss(float[] findingWeight, double subsolidWeight) {
        this.sizeWeight = SIZE * findingWeight[NODULE];
        this.subsolidWeight = subsolidWeight;
        this.findingWeight = Tensors.floats(findingWeight, findingWeight.length);
    }

    /** Scalar, summed over the crops of the batch. */
    Tensor of(VisionHeads.Answers answers, VisionBatch batch) {
        var ownCount = batch.own().sum(new long[] {1}, false, new ScalarTypeOptional()); // [n]
        var nodule = batch.subsolid().mul(new Scalar(subsolidWeight - 1)).add(new Scalar(1)); // [n]
        var own = batch.own().mul(findingWeight);
        own.select(1, NODULE).mul_(nodule);
        var findings = weighted(answers.findings(), batch.labels(), own, ownCount);
        var pooled = weighted(answers.pooled(), batch.labels(), own, ownCount);
        var dense = dense(answers.dense().flatten(2, -1), batch.cells().flatten(2, -1), own, ownCount);
        var patches = torch.max_pool3d(batch.cells(), CELLS_OF_A_PATCH).flatten(2, -1);
        var tokens = dense(answers.tokenDense().transpose(1, 2), patches, own, ownCount);
        var region = torch.cross_entropy_loss(
                answers.region(), batch.regions(), new TensorOptional(), Reduction.Sum.value, VisionBatch.NO_REGION, 0);
        var size = answers.size()
                .log_softmax(1)
                .mul(batch.noduleSize())
                .mul(nodule.unsqueeze(1))
                .sum()
                .mul(new Scalar(-sizeWeight));
        return findings.add(pooled)
                .add(dense.mul(new Scalar(DENSE)))
                .add(tokens.mul(new Scalar(TOKEN_DENSE)))
                .add(region.mul(new Scalar(REGION)))
                .add(size);
    }

    /** Mean over the findings that a crop answers for, summed over crops. */
    private static Tensor weighted(Tensor logits, Tensor labels, Tensor own, Tensor ownCount) {
        var each = crossEntropy(logits, labels, new TensorOptional()).mul(own);
        return each.div(ownCount.unsqueeze(1)).sum();
    }

    /**
     * Mean over cells of [n, f, cells]. Weighed within each crop, for a nodule of 8 mm touches four cells and one of 25 mm a hundred:
     * with one weight for both the small one would hardly count.
     */
    private static Tensor dense(Tensor logits, Tensor cells, Tensor own, Tensor ownCount) {
        var touched = cells.sum(new long[] {2}, true, new ScalarTypeOptional()); // [n, f, 1]
        var weight = touched.clamp_min(new Scalar(1))
                .reciprocal()
                .mul(new Scalar(POSITIVE_SHARE * cells.size(2)))
                .clamp(new ScalarOptional(new Scalar(1)), new ScalarOptional(new Scalar(LARGEST_CELL_WEIGHT)));
        var each = crossEntropy(logits, cells, new TensorOptional(weight)); // [n, f, cells]
        return Tensors.mean(each, 2, false).mul(own).div(ownCount.unsqueeze(1)).sum();
    }

    private static Tensor crossEntropy(Tensor logits, Tensor targets, TensorOptional positiveWeight) {
        return torch.binary_cross_entropy_with_logits(
                logits, targets, new TensorOptional(), positiveWeight, Reduction.None.value);
    }
}
