package org.reg2rg.recipe;

import com.sun.management.OperatingSystemMXBean;
import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.stream.IntStream;
import org.bytedeco.pytorch.Tensor;
import org.reg2rg.core.Machine;
import org.reg2rg.ct.GridSize;
import org.reg2rg.ct.Region;
import org.reg2rg.model.ModelBuilder;
import org.reg2rg.model.ModelConfig;
import org.reg2rg.model.StudyVolumes;
import org.reg2rg.model.TinyModel;
import org.reg2rg.nn.Weights;
import org.reg2rg.prompt.SpecialTokens;
import org.reg2rg.tensor.Scope;
import org.reg2rg.train.AdamW;
import org.reg2rg.train.ReferringExample;
import org.reg2rg.train.ReferringStep;
import org.reg2rg.train.TrainedWeights;

/**
 * Measures a step of the published training with generated weights: one study of ten regions from its volumes to the loss,
 * gradients with checkpointing and dropout, clipping, AdamW. {@code tools/benchmark/train_step.py} makes the same step in Python.
 */
final class TrainBenchmark implements BenchmarkPart {
    private static final String PART = "train";
    private static final double GIGA = 1e9;
    private static final double RATE = 5e-5;

    /** As published. */
    private static final double CLIP = 1;

    /** Words of the published prompt: at its beginning, before each region, at its end. */
    private static final int[] PROMPT_WORDS = {11, 7, 79};

    private static final int ANSWER_WORDS = 480;

    /** Processor time tells what the work costs where a busy machine makes the clock tell little. */
    private static final OperatingSystemMXBean OS = ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class);

    private final OptionalInt layers;

    /** @param layers of the language model, where not all of them fit into memory */
    TrainBenchmark(OptionalInt layers) {
        this.layers = layers;
    }

    @Override
    public List<Measurement> run(Size size, int repeats) {
        ModelConfig whole = size == Size.FULL ? ModelConfig.published() : TinyModel.publishedTwin();
        ModelConfig config = layers.isPresent() ? whole.withLayers(layers.getAsInt()) : whole;
        Map<String, Tensor> weights = GeneratedWeights.of(config, _ -> true);
        try {
            var trained = TrainedWeights.of(config, weights);
            var adam = new AdamW(trained.trained(), AdamW.Moments.PUBLISHED);
            var model = new ModelBuilder(config, Weights.of(trained.all())).reg2rg(false, new int[0]);
            return measure(new ReferringStep(model, ReferringStep.Settings.PUBLISHED), adam, config, repeats);
        } finally {
            Scope.free(weights.values());
        }
    }

    private static List<Measurement> measure(ReferringStep step, AdamW adam, ModelConfig config, int repeats) {
        var micro = new ReferringStep.MicroBatch(List.of(example(config.tokens())), List.of(volumes(config)));
        var seconds = new ArrayList<Double>();
        var processor = new ArrayList<Double>();
        for (int run = 0; run < repeats; run++) {
            long cpu = OS.getProcessCpuTime();
            long start = System.nanoTime();
            step.gradients(micro, 1, run);
            adam.clippedStep(RATE, CLIP);
            seconds.add((System.nanoTime() - start) / GIGA);
            processor.add((OS.getProcessCpuTime() - cpu) / GIGA);
        }
        String what = "step, " + Region.values().length + " regions, " + micro.tokens() + " tokens, " + config.dtype()
                + ", " + config.language().layers() + " layers";
        var results = new ArrayList<>(List.of(
                new Measurement(PART, what, "s", seconds),
                new Measurement(PART, "processor time of all threads", "s", processor)));
        Machine.peakResidentBytes()
                .ifPresent(peak -> results.add(
                        new Measurement(PART, "peak resident memory of the process", "MB", List.of(peak / 1e6))));
        return results;
    }

    /** Words without meaning, and the visual tokens, where the published prompt has them. */
    private static ReferringExample example(SpecialTokens tokens) {
        var ids = IntStream.builder();
        words(ids, PROMPT_WORDS[0]);
        Arrays.stream(tokens.globalIds()).forEach(ids);
        for (Region region : Region.values()) {
            words(ids, PROMPT_WORDS[1]);
            Arrays.stream(tokens.regionIds(region.ordinal())).forEach(ids);
        }
        words(ids, PROMPT_WORDS[2]);
        int[] prompt = ids.build().toArray();
        int[] text = Arrays.copyOf(prompt, prompt.length + ANSWER_WORDS);
        int[] labels = new int[text.length];
        Arrays.fill(labels, ReferringExample.NO_LABEL);
        for (int i = prompt.length; i < text.length; i++) {
            labels[i] = text[i] = word(i);
        }
        float[] weights = new float[text.length];
        Arrays.fill(weights, 1);
        return new ReferringExample(text, labels, weights, List.of(Region.values()), false);
    }

    private static void words(IntStream.Builder ids, int count) {
        IntStream.range(0, count).map(TrainBenchmark::word).forEach(ids);
    }

    private static int word(int i) {
        return 3 + i % 400;
    }

    private static StudyVolumes volumes(ModelConfig config) {
        GridSize size = config.inputGrid();
        float[] wave = new float[size.voxels()];
        float[] half = new float[wave.length];
        for (int i = 0; i < wave.length; i++) {
            wave[i] = (float) Math.sin(i * 0.001);
            half[i] = i % 2;
        }
        var image = new StudyVolumes.Voxels(size, wave);
        var mask = new StudyVolumes.Voxels(size, half);
        return new StudyVolumes(
                image,
                Arrays.stream(Region.values())
                        .map(region -> new StudyVolumes.RegionVolumes(region, image, mask))
                        .toList());
    }
}
