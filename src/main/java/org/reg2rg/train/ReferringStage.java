package org.reg2rg.train;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.bytedeco.pytorch.Tensor;
import org.reg2rg.core.InputException;
import org.reg2rg.model.LoadedModel;
import org.reg2rg.model.ModelConfig;
import org.reg2rg.model.StudyVolumes;
import org.reg2rg.tensor.Precision;

/**
 * The published training: studies in random order, their regions in slots of random order at each draw, from the volumes
 * through everything to the loss of the answers. A run that was stopped goes on from its last checkpoint as if nothing had
 * happened, to the bit: all random numbers depend on the seed and the number of the step.
 */
public final class ReferringStage implements Stage {
    static final String NAME = "referring";

    /**
     * @param steps optimiser steps; these or {@code epochs}
     * @param epochs how often each study is drawn; the last step of an epoch may reach into the next
     * @param accumulation micro-batches per step
     * @param microBatch studies that are computed together; 1 as published
     * @param rate learning rate after the warm-up
     * @param warmup steps in which it rises from 0
     * @param clip largest L2 norm of the gradient
     * @param checkpointing whether layers of the decoder are computed twice to save memory; the result is the same
     * @param dropout whether anything is dropped, with the probabilities of the model's config
     * @param longest number of tokens beyond which a text is cut
     * @param checkpointEvery steps between checkpoints; an epoch, which goes without saying
     * @param precision number format of weights and products: float32, or bfloat16, where the weights that are trained have
     *     float32 masters; that of the model goes without saying
     * @param device cpu, which goes without saying, cuda, cuda:N, or several of them with commas between ({@link Replicas})
     */
    public record Settings(
            Optional<Long> steps,
            Optional<Integer> epochs,
            int accumulation,
            int microBatch,
            double rate,
            long warmup,
            double clip,
            boolean checkpointing,
            boolean dropout,
            int longest,
            Optional<Long> checkpointEvery,
            Optional<String> precision,
            Optional<String> device) {
        public Settings {
            precision.ifPresent(name -> Precision.parse("precision", name));
            if (steps.isPresent() == epochs.isPresent()) {
                throw new IllegalArgumentException("give either steps or epochs");
            }
            steps.ifPresent(count -> StageChecks.positive("steps", count));
            epochs.ifPresent(count -> StageChecks.positive("epochs", count));
            StageChecks.positive("accumulation", accumulation);
            StageChecks.positive("micro_batch", microBatch);
            StageChecks.positive("rate", rate);
            StageChecks.notNegative("warmup", warmup);
            StageChecks.positive("clip", clip);
            StageChecks.positive("longest", longest);
            checkpointEvery.ifPresent(count -> StageChecks.positive("checkpoint_every", count));
            int devices = devices(device).size();
            if (accumulation % devices != 0) {
                throw new IllegalArgumentException("accumulation must be a multiple of the number of devices, "
                        + devices + ", since each computes as many micro-batches, got " + accumulation);
            }
        }

        /** Where the model computes, at least one place. */
        List<String> devices() {
            return devices(device);
        }

        private static List<String> devices(Optional<String> names) {
            return Arrays.stream(names.orElse("cpu").split(",", -1))
                    .map(String::strip)
                    .toList();
        }

        /** Studies of one optimiser step. */
        int studiesPerStep() {
            return Math.multiplyExact(accumulation, microBatch);
        }

        Precision precision(ModelConfig model) {
            return precision.map(name -> Precision.parse("precision", name)).orElse(model.precision());
        }

        long stepsPerEpoch(int studies) {
            return Math.max(1, studies / studiesPerStep());
        }

        long steps(int studies) {
            return steps.orElseGet(() -> Math.max(1, (long) epochs.orElseThrow() * studies / studiesPerStep()));
        }

        long checkpointEvery(int studies) {
            return checkpointEvery.orElseGet(() -> stepsPerEpoch(studies));
        }
    }

    private final Settings settings;
    private final StudySource studies;
    private final Replicas replicas;
    private final RegionReportAlignment alignment;
    private final Draws draws;

    /**
     * @param loaded with its low-rank additions apart, on each device; what is trained is copied, the rest is used where it lies
     * @param seed of order, slots and dropout
     */
    public ReferringStage(List<LoadedModel> loaded, StudySource studies, Settings settings, long seed) {
        if (studies.size() < 1) {
            throw new InputException(
                    "training studies", "there is none", "give a data set with volumes, masks and reports");
        }
        this.settings = settings;
        this.studies = studies;
        this.replicas = new Replicas(
                loaded, new ReferringStep.Settings(settings.checkpointing, settings.dropout), AdamW.Moments.PUBLISHED);
        this.alignment = RegionReportAlignment.of(replicas.model(), settings.longest);
        this.draws = new Draws(seed);
    }

    /** The model as it is being trained, to be saved or asked between runs. */
    public LoadedModel model() {
        return replicas.model();
    }

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public long steps() {
        return settings.steps(studies.size());
    }

    @Override
    public int studies() {
        return settings.studiesPerStep();
    }

    /** @throws InputException if a study cannot be used, or the loss is no longer a number */
    @Override
    public void run(Path folder, long until, Listener listener) throws IOException {
        var rate = new LearningRate.ConstantWithWarmup(settings.rate, settings.warmup);
        var loop = new StageLoop(
                replicas.trained(), replicas, rate, settings.clip, settings.checkpointEvery(studies.size()));
        long first = Checkpoint.steps(folder) * settings.accumulation;
        try (var workers = new Workers(replicas.size());
                var batches = new BatchReader(this::draw, first, until * settings.accumulation, replicas.size())) {
            loop.run(folder, until, listener, number -> gradients(number, batches, workers, listener));
        }
    }

    /** Adds up the gradients of a step; returns the mean loss of its micro-batches. */
    private double gradients(long number, BatchReader batches, Workers workers, Listener listener) throws IOException {
        double share = 1.0 / settings.accumulation;
        double loss = 0;
        for (int first = 0; first < settings.accumulation; first += replicas.size()) {
            var tasks = new ArrayList<Callable<Double>>();
            for (int replica = 0; replica < replicas.size(); replica++) {
                long seed = draws.of("dropout", number * settings.accumulation + first + replica)
                        .nextLong();
                ReferringStep.MicroBatch batch = batches.next();
                ReferringStep step = replicas.step(replica);
                tasks.add(() -> step.gradients(batch, share, seed));
                listener.read(batch.tokens());
            }
            loss += workers.sum(tasks) / settings.accumulation;
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
            StudySource.Study study = usable(draws.study(position, studies.size()));
            examples.add(alignment.draw(study.texts(), draws.of("slots", position)));
            volumes.add(study.volumes());
        }
        return new ReferringStep.MicroBatch(examples, volumes);
    }

    /** The study of this number, or the next that can be used: the same after a resume, since it depends on the data alone. */
    private StudySource.Study usable(int index) throws IOException {
        for (int tried = 0; tried < studies.size(); tried++) {
            Optional<StudySource.Study> study = studies.study((index + tried) % studies.size());
            if (study.isPresent()) {
                return study.get();
            }
        }
        throw new InputException(
                "training studies",
                "none of the " + studies.size() + " can be used",
                "see what was left out, and why, in left-out.csv of the run folder");
    }

    /** Everything that changes, by name, in float32 where a number format of fewer bits only follows it. */
    Map<String, Tensor> learned() {
        return replicas.learned();
    }

    RegionReportAlignment alignment() {
        return alignment;
    }
}
