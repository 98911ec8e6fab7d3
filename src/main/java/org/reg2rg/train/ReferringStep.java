package org.reg2rg.train;

import java.util.List;
import java.util.stream.IntStream;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;
import org.reg2rg.language.LayerCheckpoints;
import org.reg2rg.model.Reg2Rg;
import org.reg2rg.model.StudyEncoder;
import org.reg2rg.model.StudyVolumes;
import org.reg2rg.nn.Dropout;
import org.reg2rg.tensor.Gradients;
import org.reg2rg.tensor.Scope;

/**
 * What the published training computes of a micro-batch: from volumes to the loss of the answer, gradients into everything that is
 * trained, where they add up until an optimiser uses them.
 */
public final class ReferringStep {
    /**
     * How a step is made.
     *
     * @param checkpointing whether layers of the decoder are computed twice to save memory; the result is the same
     * @param dropout whether anything is dropped, with the probabilities of the model's config
     */
    public record Settings(boolean checkpointing, boolean dropout) {
        /** As published. */
        public static final Settings PUBLISHED = new Settings(true, true);
    }

    /**
     * Studies that are computed together.
     *
     * @param volumes of each, its regions in any order
     */
    public record MicroBatch(List<ReferringExample> examples, List<StudyVolumes> volumes) {
        public MicroBatch {
            examples = List.copyOf(examples);
            volumes = List.copyOf(volumes);
            if (examples.size() != volumes.size()) {
                throw new IllegalArgumentException(examples.size() + " examples, " + volumes.size() + " studies");
            }
        }

        /** Tokens that the decoder reads, prompts and answers together. */
        public long tokens() {
            return examples.stream().mapToLong(e -> e.ids().length).sum();
        }
    }

    private final Reg2Rg model;
    private final Settings settings;

    /** @param model built from weights of which some require gradients */
    public ReferringStep(Reg2Rg model, Settings settings) {
        this.model = model;
        this.settings = settings;
    }

    /**
     * Adds the gradients of a micro-batch.
     *
     * @param share of this micro-batch in the step: 1 over their number
     * @param dropoutSeed makes what is dropped; the same again gives the same gradients
     * @return the mean loss of its tokens
     */
    public double gradients(MicroBatch micro, double share, long dropoutSeed) {
        double[] loss = {0};
        Runnable work = () -> loss[0] = backward(micro, share);
        Scope.run(() -> {
            if (settings.dropout) {
                Dropout.during(dropoutSeed, work);
            } else {
                work.run();
            }
        });
        return loss[0];
    }

    private double backward(MicroBatch micro, double share) {
        var batch = ReferringBatch.of(micro.examples);
        var embeddings = embed(micro, batch); // [b, n, d]
        if (!settings.checkpointing) {
            return send(ReferringLoss.of(model.decoder(), model.decoder().forward(embeddings), batch), share);
        }
        var passed = LayerCheckpoints.forward(model.decoder(), embeddings);
        double loss = send(ReferringLoss.of(model.decoder(), passed.hidden(), batch), share);
        passed.backward();
        return loss;
    }

    private Tensor embed(MicroBatch micro, ReferringBatch batch) {
        var encoder = new StudyEncoder(model);
        return model.embed(
                batch.ids(),
                IntStream.range(0, micro.examples.size())
                        .mapToObj(i -> encoder.encode(
                                micro.volumes
                                        .get(i)
                                        .inSlots(micro.examples.get(i).slots()),
                                _ -> {}))
                        .toList());
    }

    /** The mean loss of the tokens of a micro-batch, with nothing dropped and no gradients. */
    public double loss(MicroBatch micro) {
        var batch = ReferringBatch.of(micro.examples);
        return Scope.inference(() -> {
            var hidden = model.decoder().forward(embed(micro, batch));
            return ReferringLoss.of(model.decoder(), hidden, batch).item_double();
        });
    }

    private static double send(Tensor loss, double share) {
        Gradients.of(loss.mul(new Scalar(share)));
        return loss.item_double();
    }
}
