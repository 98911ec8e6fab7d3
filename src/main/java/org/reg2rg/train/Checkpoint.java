package org.reg2rg.train;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.bytedeco.pytorch.Tensor;
import org.reg2rg.core.AtomicFiles;
import org.reg2rg.core.Json;
import org.reg2rg.tensor.Scope;
import org.reg2rg.tensor.weights.SafetensorsWriter;
import org.reg2rg.tensor.weights.WeightFiles;
import org.reg2rg.tensor.weights.WeightOutput;
import org.reg2rg.tensor.weights.WeightSource;
import org.reg2rg.tensor.weights.WeightTensors;
import tools.jackson.databind.JsonNode;

/**
 * A resumable state: trained weights, moments of the optimiser, number of steps. A checkpoint is written aside and moved to
 * its place, so the last good one is always there. Random numbers of a step depend on seed and step only, so nothing else is
 * needed to go on as if nothing had happened.
 */
final class Checkpoint {
    private static final String WEIGHTS = "trained.safetensors";
    private static final String MOMENTS = "moments.safetensors";
    private static final String STATE = "state.json";

    private Checkpoint() {}

    static void write(Path folder, List<TrainedTensor> trained, AdamW adam) throws IOException {
        AtomicFiles.folder(folder, aside -> {
            var weights = new LinkedHashMap<String, Tensor>();
            trained.forEach(t -> weights.put(t.name(), t.value().detach()));
            writeTensors(aside.resolve(WEIGHTS), weights);
            writeTensors(aside.resolve(MOMENTS), adam.state());
            Json.write(aside.resolve(STATE), Map.of("steps", adam.steps()));
        });
    }

    static boolean exists(Path folder) {
        return Files.exists(folder.resolve(STATE));
    }

    /** Puts the state of {@code folder} into the weights and the optimiser. */
    static void restore(Path folder, List<TrainedTensor> trained, AdamW adam) throws IOException {
        JsonNode state = Json.read(folder.resolve(STATE));
        try (WeightSource weights = WeightFiles.open(folder.resolve(WEIGHTS));
                WeightSource moments = WeightFiles.open(folder.resolve(MOMENTS))) {
            Scope.inference(() -> {
                for (TrainedTensor t : trained) {
                    t.value().detach().copy_(tensor(weights, t.name(), t.value()));
                }
                var saved = new LinkedHashMap<String, Tensor>();
                adam.state().forEach((name, tensor) -> saved.put(name, tensor(moments, name, tensor)));
                adam.restore(state.get("steps").asLong(), saved);
                return adam;
            });
        }
    }

    private static Tensor tensor(WeightSource source, String name, Tensor like) {
        return WeightTensors.tensor(source, name, like.scalar_type().intern());
    }

    static void writeTensors(Path file, Map<String, Tensor> tensors) throws IOException {
        List<WeightOutput> outputs = tensors.entrySet().stream()
                .map(e -> WeightTensors.output(e.getKey(), e.getValue()))
                .toList();
        SafetensorsWriter.write(file, Map.of(), outputs);
    }
}
