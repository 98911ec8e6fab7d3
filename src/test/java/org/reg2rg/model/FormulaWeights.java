package org.reg2rg.model;

import java.util.HashMap;
import java.util.Map;
import java.util.function.Predicate;
import org.bytedeco.pytorch.Tensor;
import org.reg2rg.Formula;
import org.reg2rg.tensor.Precision;
import org.reg2rg.tensor.Tensors;

/** Weights of the golden numbers, computed from their names. */
final class FormulaWeights {
    private FormulaWeights() {}

    static Map<String, Tensor> of(ModelConfig config, Precision precision, Predicate<String> wanted) {
        Map<String, Tensor> weights = new HashMap<>();
        for (Parameter parameter : ParameterTable.of(config).all()) {
            if (wanted.test(parameter.name())) {
                long[] shape =
                        parameter.shape().stream().mapToLong(Long::longValue).toArray();
                var exact = Tensors.floats(Formula.values(parameter.name(), 1, shape), shape);
                weights.put(parameter.name(), precision.cast(exact));
            }
        }
        return weights;
    }
}
