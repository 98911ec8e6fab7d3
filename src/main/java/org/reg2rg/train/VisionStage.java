package org.reg2rg.train;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.random.RandomGenerator;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;
import org.reg2rg.cohort.FindingType;
import org.reg2rg.ct.GridSize;
import org.reg2rg.ct.Region;
import org.reg2rg.model.FindingHeadsConfig;
import org.reg2rg.model.ModelConfig;
import org.reg2rg.tensor.Gradients;
import org.reg2rg.tensor.Precision;
import org.reg2rg.tensor.Scope;

/**
 * Teaches the vision part to see, before any word: which region a crop is, which findings it shows, and where. Each worker
 * thread computes the gradients of its share of the studies; they add up in the weights. With up to two workers the sum does
 * not depend on which is first.
 */
public final class VisionStage implements Stage {
    static final String NAME = "vision";

    /** Crops that every step sees of each study; of the others a few are drawn. */
    private static final List<Region> ALWAYS = List.of(Region.LUNG, Region.HEART, Region.MEDIASTINUM);

    private static final int DRAWN = 3;

    /**
     * @param sees what of each study
     * @param steps optimiser steps
     * @param studies per step
     * @param workers threads, 1 or 2
     * @param rate peak learning rate
     * @param warmup steps until the peak
     * @param stemRateFactor learning rate of convolutions, as a multiple
     * @param weightDecay of matrices
     * @param clip largest L2 norm of the gradient
     * @param checkpointEvery steps between checkpoints
     * @param convolutions number format of the stem's convolutions and of what is multiplied in its cells: float32, or
     *     bfloat16, which some processors compute twice as fast; float32 goes without saying
     * @param emphasis of findings that need more than the others, since small ones drown among the many
     * @param subsolid how much more a lung nodule weighs that is subsolid, since they are few, faint and much like small
     *     opacities; 1 goes without saying
     */
    public record Settings(
            Sees sees,
            long steps,
            int studies,
            int workers,
            double rate,
            long warmup,
            double stemRateFactor,
            double weightDecay,
            double clip,
            long checkpointEvery,
            Optional<String> convolutions,
            Optional<Map<String, Double>> emphasis,
            Optional<Double> subsolid) {
        public Settings {
            convolutions.ifPresent(name -> Precision.parse("convolutions", name));
            StageChecks.positive("steps", steps);
            StageChecks.positive("studies", studies);
            StageChecks.within("workers", workers, 1, 2);
            StageChecks.positive("rate", rate);
            StageChecks.notNegative("warmup", warmup);
            StageChecks.positive("stem_rate_factor", stemRateFactor);
            StageChecks.notNegative("weight_decay", weightDecay);
            StageChecks.positive("clip", clip);
            StageChecks.positive("checkpoint_every", checkpointEvery);
            emphasis = Emphasis.checked(emphasis);
            subsolid.ifPresent(weight -> StageChecks.positive("subsolid", weight));
        }

        /** Of each finding, in their order. */
        float[] findingWeights() {
            float[] weights = new float[CropLayout.FINDINGS];
            for (FindingType type : FindingType.values()) {
                weights[type.ordinal()] = (float) Emphasis.of(emphasis, type);
            }
            return weights;
        }

        Precision convolutionPrecision() {
            return convolutions
                    .map(name -> Precision.parse("convolutions", name))
                    .orElse(Precision.FLOAT32);
        }
    }

    /** Why this stage cannot train a model of this shape, if it cannot. */
    static Optional<String> unfit(ModelConfig model) {
        return model.vision()
                .stem()
                .map(stem -> stem.findings() == CropLayout.FINDINGS
                        ? stem.findingHeads()
                                .map(VisionStage::unfit)
                                .orElseGet(
                                        () -> Optional.of("it has no vision.stem.finding_heads, which [vision] needs"))
                        : Optional.of("vision.stem.findings must be " + CropLayout.FINDINGS
                                + ", the findings of the cohort that [vision] learns, got " + stem.findings()))
                .orElseGet(() -> Optional.of("it has no vision.stem, which [vision] needs"));
    }

    private static Optional<String> unfit(FindingHeadsConfig heads) {
        return heads.sizes() == NoduleSize.CLASSES
                ? Optional.empty()
                : Optional.of("vision.stem.finding_heads.sizes must be " + NoduleSize.CLASSES
                        + ", the sizes of nodules that [vision] tells apart, got " + heads.sizes());
    }

    private final VisionNetwork network;
    private final VisionLoss loss;
    private final List<TrainedTensor> trained;
    private final AdamW adam;
    private final Settings settings;
    private final Draws draws;
    private final CropFile data;

    /** @param weights of the model and of the heads, changed in place */
    VisionStage(VisionNetwork network, CropFile data, Settings settings, long seed) {
        this.network = network;
        this.data = data;
        this.settings = settings;
        this.draws = new Draws(seed);
        this.loss =
                new VisionLoss(settings.findingWeights(), settings.subsolid().orElse(1.0));
        this.trained = network.trained(settings);
        this.adam = new AdamW(trained, AdamW.Moments.FROM_NOTHING);
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
        return settings.studies;
    }

    @Override
    public void run(Path folder, long until, Listener listener) throws IOException {
        var schedule = new LearningRate.Cosine(settings.rate, settings.rate / 100, settings.warmup, settings.steps);
        var loop = new StageLoop(trained, adam, schedule, settings.clip, settings.checkpointEvery);
        try (var workers = new Workers(settings.workers)) {
            loop.run(folder, until, listener, step -> gradients(step, workers));
        }
    }

    /** Adds up the gradients of one step; returns the mean loss of a crop. */
    private double gradients(long step, Workers workers) {
        var byWorker = new ArrayList<List<VisionBatch.Item>>();
        for (int w = 0; w < settings.workers; w++) {
            byWorker.add(new ArrayList<>());
        }
        for (int n = 0; n < settings.studies; n++) {
            long position = step * settings.studies + n;
            byWorker.get(n % settings.workers)
                    .addAll(draw(draws.study(position, data.size()), draws.of("crops", position)));
        }
        double scale = 1.0 / byWorker.stream().mapToInt(List::size).sum();
        return workers.sum(byWorker.stream()
                .map(items -> (Callable<Double>) () -> share(items, scale))
                .toList());
    }

    private double share(List<VisionBatch.Item> items, double scale) {
        if (items.isEmpty()) {
            return 0;
        }
        double[] value = new double[1];
        Scope.run(() -> {
            List<Tensor> parts =
                    bySize(items).values().stream().map(this::partLoss).toList();
            Tensor sum = parts.stream().reduce(Tensor::add).orElseThrow().mul(new Scalar(scale));
            Gradients.of(sum);
            value[0] = sum.item_double();
        });
        return value[0];
    }

    private Tensor partLoss(List<VisionBatch.Item> items) {
        VisionBatch batch = VisionBatch.of(data, items, settings.sees);
        return loss.of(network.forward(batch), batch);
    }

    private Map<GridSize, List<VisionBatch.Item>> bySize(List<VisionBatch.Item> items) {
        var groups = new LinkedHashMap<GridSize, List<VisionBatch.Item>>();
        for (VisionBatch.Item item : items) {
            groups.computeIfAbsent(data.layout().size(item.crop()), _ -> new ArrayList<>())
                    .add(item);
        }
        return groups;
    }

    private List<VisionBatch.Item> draw(int study, RandomGenerator random) {
        if (settings.sees == Sees.GLOBAL) {
            return List.of(new VisionBatch.Item(study, 0));
        }
        var crops = new ArrayList<Integer>();
        ALWAYS.forEach(region -> crops.add(CropLayout.crop(region)));
        for (int crop : Draws.permutation(CropLayout.CROPS, random)) {
            if (crops.size() < ALWAYS.size() + DRAWN && !crops.contains(crop)) {
                crops.add(crop);
            }
        }
        return crops.stream()
                .filter(crop -> data.present(study, crop))
                .map(crop -> new VisionBatch.Item(study, crop))
                .toList();
    }
}
