package org.reg2rg.train;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.reg2rg.core.InputException;
import org.reg2rg.model.LoadedModel;
import org.reg2rg.model.StudyVolumes;

/**
 * The published training: studies in random order, their regions in slots of random order at each draw, from the volumes
 * through everything to the loss of the answers. A run that was stopped goes on from its last checkpoint as if nothing had
 * happened, to the bit: all random numbers depend on the seed and the number of the step.
 */
public final class ReferringStage implements Stage {
    static final String NAME = "referring";

    /**
     * @param steps optimiser steps
     * @param accumulation micro-batches per step
     * @param microBatch studies that are computed together; 1 as published
     * @param rate learning rate after the warm-up
     * @param warmup steps in which it rises from 0
     * @param clip largest L2 norm of the gradient
     * @param checkpointing whether layers of the decoder are computed twice to save memory; the result is the same
     * @param dropout whether anything is dropped, with the probabilities of the model's config
     * @param longest number of tokens beyond which a text is cut
     * @param checkpointEvery steps between checkpoints
     */
    public record Settings(
            long steps,
            int accumulation,
            int microBatch,
            double rate,
            long warmup,
            double clip,
            boolean checkpointing,
            boolean dropout,
            int longest,
            long checkpointEvery) {
        /** 6 epochs of RadGenome-ChestCT in batches of 16, a checkpoint each. */
        public static final Settings PUBLISHED =
                new Settings(6 * 24128 / 16, 16, 1, 5e-5, 20, 1, true, true, 2048, 24128 / 16);

        public Settings {
            StageChecks.positive("steps", steps);
            StageChecks.positive("accumulation", accumulation);
            StageChecks.positive("micro_batch", microBatch);
            StageChecks.positive("rate", rate);
            StageChecks.notNegative("warmup", warmup);
            StageChecks.positive("clip", clip);
            StageChecks.positive("longest", longest);
            StageChecks.positive("checkpoint_every", checkpointEvery);
        }
    }

    private final Settings settings;
    private final StudySource studies;
    private final LoadedModel model;
    private final RegionReportAlignment alignment;
    private final List<TrainedTensor> trained;
    private final AdamW adam;
    private final ReferringStep step;
    private final Draws draws;

    /**
     * @param loaded with its low-rank additions apart; what is trained is copied, the rest is used where it lies
     * @param seed of order, slots and dropout
     */
    public ReferringStage(LoadedModel loaded, StudySource studies, Settings settings, long seed) {
        if (studies.size() < 1) {
            throw new InputException(
                    "training studies", "there is none", "give a data set with volumes, masks and reports");
        }
        this.settings = settings;
        this.studies = studies;
        var weights = TrainedWeights.of(loaded.config(), loaded.weights());
        this.model = LoadedModel.of(loaded.config(), weights.all(), loaded.vocabulary(), false);
        this.alignment = RegionReportAlignment.of(model, settings.longest);
        this.trained = weights.trained();
        this.adam = new AdamW(trained, AdamW.Moments.PUBLISHED);
        this.step = new ReferringStep(
                model.model(),
                adam,
                new ReferringStep.Settings(settings.clip, settings.checkpointing, settings.dropout));
        this.draws = new Draws(seed);
    }

    /** The model as it is being trained, to be saved or asked between runs. */
    public LoadedModel model() {
        return model;
    }

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public long steps() {
        return settings.steps;
    }

    @Override
    public int studies() {
        return settings.accumulation * settings.microBatch;
    }

    /** @throws InputException if a study cannot be used, or the loss is no longer a number */
    @Override
    public void run(Path folder, long until, Listener listener) throws IOException {
        var rate = new LearningRate.ConstantWithWarmup(settings.rate, settings.warmup);
        var loop = new StageLoop(trained, adam, rate, settings.clip, settings.checkpointEvery);
        long first = Checkpoint.steps(folder) * settings.accumulation;
        try (var batches = new BatchReader(this::draw, first, until * settings.accumulation)) {
            loop.run(folder, until, listener, number -> gradients(number, batches));
        }
    }

    /** Adds up the gradients of a step; returns the mean loss of its micro-batches. */
    private double gradients(long number, BatchReader batches) throws IOException {
        double loss = 0;
        for (int i = 0; i < settings.accumulation; i++) {
            long seed = draws.of("dropout", number * settings.accumulation + i).nextLong();
            loss += step.gradients(batches.next(), 1.0 / settings.accumulation, seed) / settings.accumulation;
        }
        if (!Double.isFinite(loss)) {
            throw new InputException(
                    "step " + number,
                    "the loss is " + loss + " (expected a number)",
                    "lower the learning rate, or check the volumes for values that are no numbers");
        }
        return loss;
    }

    private ReferringStep.MicroBatch draw(long number) throws IOException {
        var examples = new ArrayList<ReferringExample>();
        var volumes = new ArrayList<StudyVolumes>();
        for (int i = 0; i < settings.microBatch; i++) {
            long position = number * settings.microBatch + i;
            StudySource.Study study = studies.study(draws.study(position, studies.size()));
            examples.add(alignment.draw(study.texts(), draws.of("slots", position)));
            volumes.add(study.volumes());
        }
        return new ReferringStep.MicroBatch(examples, volumes);
    }

    /**
     * The mean loss of studies that training does not see, one by one, nothing dropped, slots in an order that is the same
     * each time.
     */
    public double validate(StudySource held) throws IOException {
        double sum = 0;
        for (int i = 0; i < held.size(); i++) {
            StudySource.Study study = held.study(i);
            ReferringExample example = alignment.draw(study.texts(), draws.of("held-out slots", i));
            sum += step.loss(new ReferringStep.MicroBatch(List.of(example), List.of(study.volumes())));
        }
        return sum / held.size();
    }
}
