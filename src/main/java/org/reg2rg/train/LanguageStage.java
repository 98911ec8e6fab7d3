package org.reg2rg.train;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;
import org.reg2rg.cohort.FindingType;
import org.reg2rg.cohort.Statement;
import org.reg2rg.model.LoadedModel;
import org.reg2rg.model.ModelBuilder;
import org.reg2rg.model.ParameterTable;
import org.reg2rg.model.ToWords;
import org.reg2rg.model.VisualTokens;
import org.reg2rg.nn.Weights;
import org.reg2rg.tensor.Gradients;
import org.reg2rg.tensor.Precision;
import org.reg2rg.tensor.Scope;

/**
 * Teaches a small decoder to write what a vision part that no longer changes has seen, with region-report alignment as
 * published: the regions come in another order each time, and the answer must name each before it reports it.
 */
public final class LanguageStage implements Stage {
    static final String NAME = "language";

    /**
     * @param sees what of each study; of the whole volume only, the model becomes a twin with blank regions, which come in their usual order
     * @param steps optimiser steps
     * @param studies per step
     * @param workers threads, 1 or 2
     * @param rate peak learning rate
     * @param warmup steps until the peak
     * @param weightDecay of matrices
     * @param clip largest L2 norm of the gradient
     * @param findingWeight how much a sentence that states a finding counts at first: what is normal is most of all text
     * @param complete share of draws that show every region; the others leave some out, from one to all but one, so that the model
     *     does not lean on how many there are
     * @param evenAt share of the steps after which every sentence counts the same; above 1, those that state findings count more
     *     to the end, so that a finding is not left out because none is the safer guess
     * @param checkpointEvery steps between checkpoints
     * @param decoder number format of the decoder while it learns: float32, which goes without saying, or bfloat16 with sums in
     *     float32, which is faster on some processors
     * @param emphasis of findings whose sentences weigh more than those of others: what is seen with little certainty is left out
     *     too easily
     */
    public record Settings(
            Sees sees,
            long steps,
            int studies,
            int workers,
            double rate,
            long warmup,
            double weightDecay,
            double clip,
            double findingWeight,
            double complete,
            double evenAt,
            long checkpointEvery,
            Optional<String> decoder,
            Optional<Map<String, Double>> emphasis) {
        public Settings {
            decoder.ifPresent(name -> Precision.parse("decoder", name));
            StageChecks.positive("steps", steps);
            StageChecks.positive("studies", studies);
            StageChecks.within("workers", workers, 1, 2);
            StageChecks.positive("rate", rate);
            StageChecks.notNegative("warmup", warmup);
            StageChecks.notNegative("weight_decay", weightDecay);
            StageChecks.positive("clip", clip);
            StageChecks.positive("finding_weight", findingWeight);
            StageChecks.share("complete", complete);
            StageChecks.positive("even_at", evenAt);
            StageChecks.positive("checkpoint_every", checkpointEvery);
            emphasis = Emphasis.checked(emphasis);
        }

        Precision decoderPrecision() {
            return decoder.map(name -> Precision.parse("decoder", name)).orElse(Precision.FLOAT32);
        }

        /** Of a sentence that states these findings, if any, at a step. */
        double weight(Set<FindingType> states, long step) {
            double most = states.stream()
                    .mapToDouble(type -> Emphasis.of(emphasis, type))
                    .max()
                    .orElse(0);
            return most == 0 ? 1 : most * (1 + (findingWeight - 1) * Math.max(0, 1 - step / (evenAt * steps)));
        }
    }

    private final LoadedModel model;
    private final ToWords toWords;
    private final VisualCache cache;
    private final CropFile data;
    private final Settings settings;
    private final RegionReportAlignment alignment;
    private final List<TrainedTensor> trained;
    private final AdamW adam;
    private final Draws draws;

    /** @param model whose decoder changes in place */
    LanguageStage(LoadedModel model, VisualCache cache, CropFile data, Settings settings, long seed) {
        this.model = model;
        this.toWords = new ModelBuilder(model.config(), Weights.of(model.weights())).toWords();
        this.cache = cache;
        this.data = data;
        this.settings = settings;
        this.alignment =
                RegionReportAlignment.of(model, model.config().language().maxPositions());
        this.trained = trained(model.weights(), settings);
        this.adam = new AdamW(trained, AdamW.Moments.FROM_NOTHING);
        this.draws = new Draws(seed);
    }

    /** The decoder, and the way of the texture into it; the geometry token comes as the vision stage left it. */
    private static List<TrainedTensor> trained(Map<String, Tensor> weights, Settings settings) {
        return weights.entrySet().stream()
                .filter(e -> e.getKey().startsWith(ParameterTable.LANGUAGE)
                        || e.getKey().startsWith(ParameterTable.VISUAL + ToWords.TEXTURE + ".")
                        || e.getKey().startsWith(ParameterTable.VISUAL + ToWords.FINDINGS + ".")
                        || e.getKey().endsWith("_token_weight"))
                .map(e -> {
                    boolean matrix = e.getValue().dim() > 1 && !e.getKey().equals(ParameterTable.WORDS);
                    double decay = matrix ? settings.weightDecay() : 0;
                    return new TrainedTensor(e.getKey(), e.getValue().set_requires_grad(true), 1, decay);
                })
                .toList();
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
            loop.run(folder, until, listener, step -> gradients(step, workers, listener));
        }
    }

    /** What a worker did: its part of the mean loss, and how many tokens the decoder read. */
    private record Share(double loss, long tokens) {}

    private double gradients(long step, Workers workers, Listener listener) {
        List<Share> shares = workers.all(IntStream.range(0, settings.workers)
                .<Callable<Share>>mapToObj(worker -> () -> share(step, worker))
                .toList());
        listener.read(shares.stream().mapToLong(Share::tokens).sum());
        return shares.stream().mapToDouble(Share::loss).sum();
    }

    private Share share(long step, int worker) {
        double[] value = new double[1];
        long[] tokens = new long[1];
        Scope.run(() -> {
            var examples = new ArrayList<ReferringExample>();
            var visual = new ArrayList<VisualTokens>();
            for (int n = worker; n < settings.studies; n += settings.workers) {
                long position = step * settings.studies + n;
                int study = draws.study(position, data.size());
                List<RegionText> texts = texts(study, step);
                var example = settings.sees == Sees.REGIONS
                        ? alignment.draw(shown(texts, draws.of("shown", position)), draws.of("slots", position))
                        : alignment.inOrder(texts);
                examples.add(example);
                visual.add(cache.tokens(study, example.slots(), toWords));
            }
            if (!examples.isEmpty()) {
                var mean = ReferringLoss.of(model.model(), ReferringBatch.of(examples), visual)
                        .mul(new Scalar((double) examples.size() / settings.studies));
                Gradients.of(mean);
                value[0] = mean.item_double();
                tokens[0] = examples.stream().mapToLong(e -> e.ids().length).sum();
            }
        });
        return new Share(value[0], tokens[0]);
    }

    /** Those of the regions that this draw shows. */
    private List<RegionText> shown(List<RegionText> texts, RandomGenerator random) {
        if (texts.size() < 2 || random.nextDouble() < settings.complete) {
            return texts;
        }
        int count = random.nextInt(1, texts.size());
        return Arrays.stream(Draws.permutation(texts.size(), random))
                .limit(count)
                .mapToObj(texts::get)
                .toList();
    }

    /** What is to be said of each region that the model sees; a region without a report is named and nothing more. */
    private List<RegionText> texts(int study, long step) {
        StudyFacts facts = data.facts(study);
        return cache.regions(study).stream()
                .map(region -> new RegionText(region, sentences(facts.report(region), step)))
                .toList();
    }

    private List<RegionText.Sentence> sentences(List<Statement> report, long step) {
        return report.stream()
                .map(said -> new RegionText.Sentence(said.text(), (float) settings.weight(said.states(), step)))
                .toList();
    }
}
