package org.reg2rg.recipe;

import com.sun.management.OperatingSystemMXBean;
import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;
import org.reg2rg.ct.GridSize;
import org.reg2rg.language.KvCache;
import org.reg2rg.model.ModelBuilder;
import org.reg2rg.model.ModelConfig;
import org.reg2rg.model.ParameterTable;
import org.reg2rg.model.Reg2Rg;
import org.reg2rg.model.TextureEncoder;
import org.reg2rg.model.TinyModel;
import org.reg2rg.nn.Weights;
import org.reg2rg.tensor.Precision;
import org.reg2rg.tensor.Scope;
import org.reg2rg.tensor.Tensors;

/** Measures the model with generated weights: one volume through the vision tower, reading a prompt, writing an answer. */
final class ModelBenchmark implements BenchmarkPart {
    private static final int PROMPT_TOKENS = 544; // ten regions, as published
    private static final int WRITTEN_TOKENS = 16;
    private static final int TINY_VOCABULARY = 512;
    private static final double GIGA = 1e9;
    private static final long STREAMED_FLOATS =
            1L << 26; // what no decoder can exceed while weights do not fit the cache

    /** What of the model is measured. */
    enum Stage {
        VISION,
        PREFILL,
        DECODE
    }

    /** Processor time tells what the work costs where a busy machine makes the clock tell little. */
    private static final OperatingSystemMXBean OS = ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class);

    private final List<Stage> stages;
    private final OptionalInt layers;

    /** @param layers of the language model, where not all of them fit into memory */
    ModelBenchmark(List<Stage> stages, OptionalInt layers) {
        this.stages = List.copyOf(stages);
        this.layers = layers;
    }

    @Override
    public List<Measurement> run(Size size, int repeats) {
        ModelConfig whole = size == Size.FULL ? ModelConfig.published() : TinyModel.config(TINY_VOCABULARY);
        ModelConfig config = layers.isPresent() ? whole.withLayers(layers.getAsInt()) : whole;
        // Only those that are measured: the language model alone is 13.5 GB in bfloat16.
        boolean visionOnly = stages.equals(List.of(Stage.VISION));
        Map<String, Tensor> weights =
                GeneratedWeights.of(config, name -> !visionOnly || !name.startsWith(ParameterTable.LANGUAGE));
        try {
            var builder = new ModelBuilder(config, Weights.of(weights));
            var results = new ArrayList<Measurement>();
            if (stages.contains(Stage.VISION)) {
                results.addAll(vision(builder.textureEncoder(), config, repeats));
            }
            if (stages.contains(Stage.PREFILL) || stages.contains(Stage.DECODE)) {
                Reg2Rg model = builder.reg2rg(true, new int[0]);
                if (stages.contains(Stage.PREFILL)) {
                    results.addAll(prefill(model, config, repeats));
                }
                if (stages.contains(Stage.DECODE)) {
                    results.addAll(decode(model, config, weights, repeats));
                }
            }
            return results;
        } finally {
            Scope.free(weights.values());
        }
    }

    private static List<Measurement> vision(TextureEncoder encoder, ModelConfig config, int repeats) {
        GridSize size = config.inputGrid();
        float[] values = new float[size.voxels()];
        for (int i = 0; i < values.length; i++) {
            values[i] = (float) Math.sin(i * 0.001);
        }
        String what = "volume of " + size + " to tokens, " + config.dtype();
        return timed("vision", what, repeats, () -> {
            var volume = Tensors.floats(values, 1, 1, size.x(), size.y(), size.z());
            return encoder.forward(volume, Optional.empty()).sum().item_double();
        });
    }

    private static List<Measurement> prefill(Reg2Rg model, ModelConfig config, int repeats) {
        String what = "prompt of " + PROMPT_TOKENS + " tokens" + suffix(config);
        return timed("prefill", what, repeats, () -> {
            var hidden = model.decoder().forward(prompt(model));
            return model.decoder()
                    .logits(hidden.select(1, PROMPT_TOKENS - 1))
                    .sum()
                    .item_double();
        });
    }

    private static String suffix(ModelConfig config) {
        return ", " + config.dtype() + ", " + config.language().layers() + " layers";
    }

    private static Tensor prompt(Reg2Rg model) {
        int[] ids = new int[PROMPT_TOKENS];
        for (int i = 0; i < ids.length; i++) {
            ids[i] = 3 + i % 400;
        }
        return model.decoder().embed(Tensors.longs(ids)).unsqueeze(0);
    }

    /**
     * Tokens a second behind a full prompt, and the share of this machine's memory bandwidth that reading the weights takes. Both
     * are measured in turn, for the bandwidth of a shared machine moves.
     */
    private static List<Measurement> decode(
            Reg2Rg model, ModelConfig config, Map<String, Tensor> weights, int repeats) {
        double bytes = weights.entrySet().stream()
                .filter(e -> e.getKey().startsWith(ParameterTable.LANGUAGE)
                        && !e.getKey().equals(ParameterTable.WORDS))
                .mapToDouble(e -> (double) e.getValue().nbytes())
                .sum();
        var rates = new ArrayList<Double>();
        var bandwidths = new ArrayList<Double>();
        var shares = new ArrayList<Double>();
        Tensor block = Scope.outlive(() ->
                Tensors.empty(Precision.FLOAT32.scalarType(), STREAMED_FLOATS).fill_(new Scalar(1)));
        try (var cache = model.decoder().newCache(1, PROMPT_TOKENS + (long) repeats * WRITTEN_TOKENS)) {
            Scope.inference(() -> model.decoder().forward(prompt(model), cache).numel());
            for (int run = 0; run < repeats; run++) {
                double bandwidth = STREAMED_FLOATS
                        * Float.BYTES
                        / GIGA
                        / seconds(() -> Scope.inference(() -> block.sum().item_double()));
                double rate = WRITTEN_TOKENS / seconds(() -> write(model, cache));
                bandwidths.add(bandwidth);
                rates.add(rate);
                shares.add(100 * rate * bytes / GIGA / bandwidth);
            }
        } finally {
            Scope.free(block);
        }
        return List.of(
                new Measurement("decode", "one token after " + PROMPT_TOKENS + suffix(config), "tokens/s", rates),
                new Measurement("decode", "streaming read of 256 MiB", "GB/s", bandwidths),
                new Measurement("decode", "weights read, of the streaming read", "%", shares));
    }

    private static void write(Reg2Rg model, KvCache cache) {
        for (int token = 0; token < WRITTEN_TOKENS; token++) {
            Scope.inference(() -> {
                var word = model.decoder().embed(Tensors.longs(5)).unsqueeze(0);
                var hidden = model.decoder().forward(word, cache);
                return model.decoder().logits(hidden.select(1, 0)).sum().item_double();
            });
        }
    }

    /** Something to be measured, whose result keeps it from being skipped. */
    @FunctionalInterface
    private interface Work {
        double run();
    }

    /** Time by the clock, and of the processors. */
    private static List<Measurement> timed(String part, String what, int repeats, Work work) {
        var runs = new ArrayList<Double>();
        var processor = new ArrayList<Double>();
        for (int run = 0; run < repeats; run++) {
            long cpu = OS.getProcessCpuTime();
            runs.add(seconds(() -> Scope.inference(work::run)));
            processor.add((OS.getProcessCpuTime() - cpu) / GIGA);
        }
        return List.of(
                new Measurement(part, what, "s", runs),
                new Measurement(part, "processor time of all threads", "s", processor));
    }

    private static double seconds(Runnable work) {
        long start = System.nanoTime();
        work.run();
        return (System.nanoTime() - start) / GIGA;
    }
}
