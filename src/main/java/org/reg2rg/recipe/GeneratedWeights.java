package org.reg2rg.recipe;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Predicate;
import org.bytedeco.pytorch.GeneratorOptional;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;
import org.reg2rg.model.ModelConfig;
import org.reg2rg.model.Parameter;
import org.reg2rg.model.ParameterTable;
import org.reg2rg.tensor.Precision;
import org.reg2rg.tensor.Scope;
import org.reg2rg.tensor.Tensors;

/** Weights for measuring: of the size that keeps signals alive, with no meaning. */
final class GeneratedWeights {
    private static final long NOISE = 1L << 24;

    private GeneratedWeights() {}

    /**
     * Random weights straight in the number format of the config. The same random numbers are repeated, which no product can
     * tell.
     *
     * @param wanted the names to make
     * @return by name, to be freed with {@link Scope#free}
     */
    static Map<String, Tensor> of(ModelConfig config, Predicate<String> wanted) {
        Precision precision = config.precision();
        Tensor noise = Scope.outlive(
                () -> Tensors.empty(precision.scalarType(), NOISE).uniform_(-1, 1, new GeneratorOptional()));
        var weights = new LinkedHashMap<String, Tensor>();
        for (Parameter parameter : ParameterTable.of(config).all()) {
            if (wanted.test(parameter.name())) {
                weights.put(parameter.name(), Scope.outlive(() -> weight(parameter, precision, noise)));
            }
        }
        Scope.free(noise);
        return weights;
    }

    private static Tensor weight(Parameter parameter, Precision precision, Tensor noise) {
        long[] shape = parameter.lengths();
        double spread = shape.length == 1 ? 0.1 : Math.sqrt(3.0 / shape[shape.length - 1]);
        Tensor tensor = Tensors.empty(precision.scalarType(), shape);
        Tensor flat = tensor.view(-1);
        for (long from = 0; from < flat.numel(); from += NOISE) {
            long count = Math.min(NOISE, flat.numel() - from);
            flat.narrow(0, from, count).copy_(noise.narrow(0, 0, count));
        }
        tensor.mul_(new Scalar(spread));
        return shape.length == 1 && parameter.name().endsWith("weight") ? tensor.add_(new Scalar(1)) : tensor;
    }
}
