package org.reg2rg.model.checkpoint;

import java.lang.foreign.MemorySegment;
import java.util.function.DoubleSupplier;
import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;
import org.reg2rg.core.Hashes;
import org.reg2rg.model.Parameter;
import org.reg2rg.model.ParameterTable;
import org.reg2rg.tensor.weights.WeightOutput;
import org.reg2rg.tensor.weights.WeightType;
import org.reg2rg.tensor.weights.WeightValues;

/**
 * Weights before any training, distributed as the published code starts them: PyTorch's defaults for linear maps
 * (uniform within ±1/√in), norms of one, position tables uniform in [0, 1], latents and token weights normal, LoRA's B
 * zero; and a language model that is fresh too, normal with deviation 0.02. Each tensor has a generator of its own, so
 * its values depend on the seed and its name alone.
 */
final class FreshWeights {
    private static final double LANGUAGE_DEVIATION = 0.02;
    private static final int CHUNK_ELEMENTS = 1 << 18;
    private static final int SEED_DIGITS = 16;
    private static final RandomGeneratorFactory<RandomGenerator> GENERATORS =
            RandomGeneratorFactory.of("L64X128MixRandom");

    private final ParameterTable table;
    private final long seed;

    FreshWeights(ParameterTable table, long seed) {
        this.table = table;
        this.seed = seed;
    }

    /** One parameter, drawn while it is written. */
    WeightOutput output(Parameter parameter, WeightType type) {
        return new WeightOutput(parameter.name(), type, parameter.shape(), out -> {
            DoubleSupplier values = values(parameter);
            long left = parameter.count();
            while (left > 0) {
                int n = (int) Math.min(left, CHUNK_ELEMENTS);
                byte[] chunk = new byte[n * type.bytes()];
                for (int i = 0; i < n; i++) {
                    WeightValues.putFloat(MemorySegment.ofArray(chunk), type, i, (float) values.getAsDouble());
                }
                out.write(chunk);
                left -= n;
            }
        });
    }

    private DoubleSupplier values(Parameter parameter) {
        String name = parameter.name();
        RandomGenerator random = GENERATORS.create(
                Long.parseUnsignedLong(Hashes.sha256(seed + " " + name).substring(0, SEED_DIGITS), 16));
        if (name.endsWith("lora_B.default.weight")) {
            return () -> 0;
        }
        if (name.endsWith("token_weight") || name.endsWith(".latents")) {
            return random::nextGaussian;
        }
        if (name.contains(".pos_embedding.")) {
            return random::nextDouble;
        }
        Parameter map = mapOf(parameter);
        if (map.isVector()) { // a norm
            double constant = name.endsWith(".bias") ? 0 : 1;
            return () -> constant;
        }
        if (name.startsWith(ParameterTable.LANGUAGE) && !name.contains(".lora_")) {
            return () -> LANGUAGE_DEVIATION * random.nextGaussian();
        }
        double bound = 1 / Math.sqrt(map.inputs());
        return () -> bound * (2 * random.nextDouble() - 1);
    }

    /** The weight beside a bias, whose number of inputs decides about both; any other parameter itself. */
    private Parameter mapOf(Parameter parameter) {
        String name = parameter.name();
        return name.endsWith(".bias")
                ? table.byName().getOrDefault(name.replaceFirst("bias$", "weight"), parameter)
                : parameter;
    }
}
