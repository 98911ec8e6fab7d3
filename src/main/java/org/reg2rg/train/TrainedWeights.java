package org.reg2rg.train;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.bytedeco.pytorch.Tensor;
import org.reg2rg.model.ModelConfig;
import org.reg2rg.model.Parameter;
import org.reg2rg.model.ParameterTable;
import org.reg2rg.tensor.Scope;

/**
 * The weights of a model that is to be trained as published: low-rank additions, brackets, perceiver, mask encoder and both
 * ways into the language model change; vision transformer and language model stay frozen, word embeddings and head too.
 *
 * @param all by name; build the model from these
 * @param trained those that change, in the order of the published checkpoint
 */
public record TrainedWeights(Map<String, Tensor> all, List<TrainedTensor> trained) {
    public TrainedWeights {
        trained = List.copyOf(trained);
    }

    /**
     * Trained tensors become copies of their own, since loaded ones may lie in a file; the others are the given ones.
     *
     * @param weights of the whole model, by name
     */
    public static TrainedWeights of(ModelConfig config, Map<String, Tensor> weights) {
        var all = new LinkedHashMap<>(weights);
        List<TrainedTensor> trained = ParameterTable.of(config).all().stream()
                .filter(Parameter::trained)
                .map(parameter -> {
                    Tensor frozen = all.get(parameter.name());
                    if (frozen == null) {
                        throw new IllegalArgumentException("no weight " + parameter.name());
                    }
                    Tensor own = Scope.outlive(() -> frozen.detach().clone());
                    all.put(parameter.name(), own);
                    return new TrainedTensor(parameter.name(), own.set_requires_grad(true), 1, 0);
                })
                .toList();
        return new TrainedWeights(all, trained);
    }
}
