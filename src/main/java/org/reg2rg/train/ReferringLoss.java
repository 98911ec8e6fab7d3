package org.reg2rg.train;

import java.util.List;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorOptional;
import org.bytedeco.pytorch.global.torch;
import org.bytedeco.pytorch.global.torch.Reduction;
import org.bytedeco.pytorch.global.torch.ScalarType;
import org.reg2rg.language.LlamaDecoder;
import org.reg2rg.model.Reg2Rg;
import org.reg2rg.model.VisualTokens;
import org.reg2rg.tensor.Tensors;

/**
 * How surprised the model is by the answers: the weighted mean of the cross entropy of every token that has a label, over
 * the whole batch, as published where all weights are 1.
 */
public final class ReferringLoss {
    private static final double NO_SMOOTHING = 0;

    private ReferringLoss() {}

    /**
     * @param visual of each example, its regions in the order of the example's slots; where they need gradients they get them
     * @return the loss, a scalar in float32 to call {@code backward} on
     */
    public static Tensor of(Reg2Rg model, ReferringBatch batch, List<VisualTokens> visual) {
        var embeddings = model.embed(batch.ids(), visual); // [b, n, d]
        return of(model.decoder(), model.decoder().forward(embeddings), batch);
    }

    /** The same from the last hidden states [b, n, d]; words are only asked for where there is a label. */
    static Tensor of(LlamaDecoder decoder, Tensor hidden, ReferringBatch batch) {
        var places = Tensors.longs(batch.places()).to(hidden.device(), ScalarType.Long);
        var learned = hidden.reshape(-1, hidden.size(2)).index_select(0, places); // [l, d]
        var targets = Tensors.longs(batch.targets()).to(hidden.device(), ScalarType.Long);
        var each = torch.cross_entropy_loss(
                decoder.logits(learned),
                targets,
                new TensorOptional(),
                Reduction.None.value,
                ReferringExample.NO_LABEL,
                NO_SMOOTHING);
        var weights = Tensors.floats(batch.weights(), batch.labels()).to(hidden.device(), ScalarType.Float);
        return each.mul(weights).sum().div(weights.sum());
    }
}
