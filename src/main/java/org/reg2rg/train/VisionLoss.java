package org.reg2rg.train;

import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorOptional;
import org.bytedeco.pytorch.global.torch;
import org.bytedeco.pytorch.global.torch.Reduction;
import org.reg2rg.cohort.FindingType;
import org.reg2rg.tensor.Rearrange;
import org.reg2rg.tensor.Tensors;

/** The loss of the vision stage: the sum of what the heads get wrong. */
final class VisionLoss {
    private static final Rearrange TOKENS = new Rearrange("b f x y z -> b (x y z) f");
    private static final double REGION = 0.5;
    private static final double DENSE = 1;
    private static final double TOKEN_DENSE = 0.5;
    private static final double SIZE = 0.3;

    /** [f, 1, 1, 1] and [f] */
    private final Tensor cellWeight;

    private final Tensor tokenWeight;

    /** [f] */
    private final Tensor findingWeight;

    private final double sizeWeight;

    /**
     * @param positiveWeight how much more a cell with the finding weighs than one without, per finding
     * @param findingWeight how much each finding weighs, the lung nodule with its size
     */
    VisionLoss(float[] positiveWeight, float[] findingWeight) {
        this.sizeWeight = SIZE * findingWeight[FindingType.LUNG_NODULE.ordinal()];
        this.findingWeight = Tensors.floats(findingWeight, findingWeight.length);
        this.cellWeight = Tensors.floats(positiveWeight, positiveWeight.length, 1, 1, 1);
        this.tokenWeight = Tensors.floats(positiveWeight, positiveWeight.length);
    }

    /** Scalar, summed over the crops of the batch. */
    Tensor of(VisionHeads.Answers answers, VisionBatch batch) {
        var ownCount = batch.own().sum(new long[] {1}, false, new org.bytedeco.pytorch.ScalarTypeOptional()); // [n]
        var own = batch.own().mul(findingWeight);
        var findings = weighted(answers.findings(), batch.labels(), own, ownCount);
        var pooled = weighted(answers.pooled(), batch.labels(), own, ownCount);
        var dense = dense(answers.dense(), batch.cells(), cellWeight, own, ownCount);
        var tokenCells = torch.max_pool3d(batch.cells(), 2, 2, 2);
        var tokens = tokenDense(answers.tokenDense(), TOKENS.apply(tokenCells), own, ownCount);
        var region = torch.cross_entropy_loss(
                answers.region(), batch.regions(), new TensorOptional(), Reduction.Sum.value, VisionBatch.NO_REGION, 0);
        var size = answers.size().log_softmax(1).mul(batch.noduleSize()).sum().mul(new Scalar(-sizeWeight));
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

    private static Tensor dense(Tensor logits, Tensor cells, Tensor weight, Tensor own, Tensor ownCount) {
        var each = crossEntropy(logits, cells, new TensorOptional(weight)).flatten(2, -1); // [n, f, cells]
        return Tensors.mean(each, 2, false).mul(own).div(ownCount.unsqueeze(1)).sum();
    }

    private Tensor tokenDense(Tensor logits, Tensor cells, Tensor own, Tensor ownCount) {
        var each = crossEntropy(logits, cells, new TensorOptional(tokenWeight)); // [n, p, f]
        return Tensors.mean(each, 1, false).mul(own).div(ownCount.unsqueeze(1)).sum();
    }

    private static Tensor crossEntropy(Tensor logits, Tensor targets, TensorOptional positiveWeight) {
        return torch.binary_cross_entropy_with_logits(
                logits, targets, new TensorOptional(), positiveWeight, Reduction.None.value);
    }
}
