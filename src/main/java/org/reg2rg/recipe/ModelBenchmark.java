package org.reg2rg.recipe;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.bytedeco.pytorch.GeneratorOptional;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;
import org.reg2rg.ct.GridSize;
import org.reg2rg.model.ModelBuilder;
import org.reg2rg.model.ModelConfig;
import org.reg2rg.model.Parameter;
import org.reg2rg.model.ParameterTable;
import org.reg2rg.model.Reg2Rg;
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

    /** What of the model is measured. */
    enum Stage {
        VISION,
        PREFILL,
        DECODE
    }

    private final List<Stage> stages;

    ModelBenchmark(List<Stage> stages) {
        this.stages = List.copyOf(stages);
    }

    @Override
    public List<Measurement> run(Size size, int repeats) {
        ModelConfig config = size == Size.FULL ? ModelConfig.published() : TinyModel.config(TINY_VOCABULARY);
        Map<String, Tensor> weights = generated(config);
        try {
            Reg2Rg model = new ModelBuilder(config, Weights.of(weights)).reg2rg(true, new int[0]);
            var results = new ArrayList<Measurement>();
            for (Stage stage : stages) {
                switch (stage) {
                    case VISION -> results.add(vision(model, config, repeats));
                    case PREFILL -> results.add(prefill(model, config, repeats));
                    case DECODE -> results.addAll(decode(model, config, weights, repeats));
                }
            }
            return results;
        } finally {
            Scope.free(weights.values());
        }
    }

    /** Random weights straight in the number format of the config: the language model alone is 13.5 GB in bfloat16. */
    private static Map<String, Tensor> generated(ModelConfig config) {
        Precision precision = config.precision();
        var weights = new LinkedHashMap<String, Tensor>();
        for (Parameter parameter : ParameterTable.of(config).all()) {
            long[] shape = parameter.shape().stream().mapToLong(Long::longValue).toArray();
            double spread = shape.length == 1 ? 0.1 : Math.sqrt(3.0 / shape[shape.length - 1]);
            weights.put(parameter.name(), Scope.outlive(() -> {
                Tensor tensor = Tensors.empty(precision.scalarType(), shape);
                tensor.uniform_(-spread, spread, new GeneratorOptional());
                return shape.length == 1 && parameter.name().endsWith("weight") ? tensor.add_(new Scalar(1)) : tensor;
            }));
        }
        return weights;
    }

    private static Measurement vision(Reg2Rg model, ModelConfig config, int repeats) {
        GridSize size = config.inputGrid();
        float[] values = new float[size.voxels()];
        for (int i = 0; i < values.length; i++) {
            values[i] = (float) Math.sin(i * 0.001);
        }
        String what = "volume of " + size + " to tokens, " + config.dtype();
        return timed("vision", what, repeats, () -> {
            var volume = Tensors.floats(values, 1, 1, size.x(), size.y(), size.z());
            return model.globalEncoder().forward(volume).sum().item_double();
        });
    }

    private static Measurement prefill(Reg2Rg model, ModelConfig config, int repeats) {
        String what = "prompt of " + PROMPT_TOKENS + " tokens, " + config.dtype();
        return timed("prefill", what, repeats, () -> {
            var hidden = model.decoder().forward(prompt(model));
            return model.decoder()
                    .logits(hidden.select(1, PROMPT_TOKENS - 1))
                    .sum()
                    .item_double();
        });
    }

    private static Tensor prompt(Reg2Rg model) {
        int[] ids = new int[PROMPT_TOKENS];
        for (int i = 0; i < ids.length; i++) {
            ids[i] = 3 + i % 400;
        }
        return model.decoder().embed(Tensors.longs(ids)).unsqueeze(0);
    }

    /** Tokens a second behind a full prompt, and the share of this machine's memory bandwidth that reading the weights takes. */
    private static List<Measurement> decode(
            Reg2Rg model, ModelConfig config, Map<String, Tensor> weights, int repeats) {
        var rates = new ArrayList<Double>();
        try (var cache = model.decoder().newCache(1, PROMPT_TOKENS + (long) repeats * WRITTEN_TOKENS)) {
            Scope.inference(() -> model.decoder().forward(prompt(model), cache).numel());
            for (int run = 0; run < repeats; run++) {
                long start = System.nanoTime();
                for (int token = 0; token < WRITTEN_TOKENS; token++) {
                    Scope.inference(() -> {
                        var word = model.decoder().embed(Tensors.longs(5)).unsqueeze(0);
                        var hidden = model.decoder().forward(word, cache);
                        return model.decoder().logits(hidden.select(1, 0)).sum().item_double();
                    });
                }
                rates.add(WRITTEN_TOKENS / seconds(start));
            }
        }
        double bytes = weights.entrySet().stream()
                .filter(e -> e.getKey().startsWith(ParameterTable.LANGUAGE)
                        && !e.getKey().equals(ParameterTable.WORDS))
                .mapToDouble(e -> (double) e.getValue().nbytes())
                .sum();
        Measurement bandwidth = bandwidth(repeats);
        List<Double> shares = rates.stream()
                .map(rate -> 100 * rate * bytes / GIGA / bandwidth.median())
                .toList();
        return List.of(
                new Measurement(
                        "decode", "one token after " + PROMPT_TOKENS + ", " + config.dtype(), "tokens/s", rates),
                bandwidth,
                new Measurement("decode", "weights read, of the streaming read above", "%", shares));
    }

    /** Streaming read of one gigabyte: what no decoder can exceed while weights do not fit the cache. */
    private static Measurement bandwidth(int repeats) {
        long floats = 1L << 28;
        Tensor block = Scope.outlive(
                () -> Tensors.empty(Precision.FLOAT32.scalarType(), floats).fill_(new Scalar(1)));
        try {
            Measurement seconds =
                    timed("decode", "streaming read", repeats, () -> block.sum().item_double());
            List<Double> rates = seconds.runs().stream()
                    .map(s -> floats * Float.BYTES / GIGA / s)
                    .toList();
            return new Measurement("decode", "streaming read of 1 GiB", "GB/s", rates);
        } finally {
            Scope.free(block);
        }
    }

    /** Something to be measured, whose result keeps it from being skipped. */
    @FunctionalInterface
    private interface Work {
        double run();
    }

    private static Measurement timed(String part, String what, int repeats, Work work) {
        var runs = new ArrayList<Double>();
        for (int run = 0; run < repeats; run++) {
            long start = System.nanoTime();
            Scope.inference(work::run);
            runs.add(seconds(start));
        }
        return new Measurement(part, what, "s", runs);
    }

    private static double seconds(long start) {
        return (System.nanoTime() - start) / 1e9;
    }
}
