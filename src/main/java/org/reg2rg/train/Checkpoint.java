package org.reg2rg.train;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.bytedeco.pytorch.Tensor;
import org.reg2rg.core.AtomicFiles;
import org.reg2rg.core.InputException;
import org.reg2rg.core.Json;
import org.reg2rg.tensor.Scope;
import org.reg2rg.tensor.weights.SafetensorsWriter;
import org.reg2rg.tensor.weights.WeightFiles;
import org.reg2rg.tensor.weights.WeightOutput;
import org.reg2rg.tensor.weights.WeightSource;
import org.reg2rg.tensor.weights.WeightTensors;
import tools.jackson.databind.JsonNode;

/**
 * Resumable states of a stage: trained weights, moments of the optimiser, number of steps, each in a folder
 * {@code step-00000250} of its own. A state is written aside and moved to its place, and older ones go only afterwards: the
 * last good one is always there, whenever the process dies. Random numbers of a step depend on seed and step only, so
 * nothing else is needed to go on as if nothing had happened.
 */
final class Checkpoint {
    /** How many are kept. */
    static final int KEPT = 3;

    private static final String WEIGHTS = "trained.safetensors";
    private static final String MOMENTS = "moments.safetensors";
    private static final String STATE = "state.json";
    private static final String STEP = "step-";
    private static final String UNFINISHED = ".";

    private Checkpoint() {}

    static void write(Path folder, List<TrainedTensor> trained, Optimizer optimizer) throws IOException {
        AtomicFiles.folder(folder.resolve(String.format(Locale.ROOT, STEP + "%08d", optimizer.steps())), aside -> {
            var weights = new LinkedHashMap<String, Tensor>();
            trained.forEach(t -> weights.put(t.name(), t.value().detach()));
            writeTensors(aside.resolve(WEIGHTS), weights);
            writeTensors(aside.resolve(MOMENTS), optimizer.state());
            Json.write(
                    aside.resolve(STATE),
                    Map.of(
                            "steps",
                            optimizer.steps(),
                            "bytes",
                            List.of(Files.size(aside.resolve(WEIGHTS)), Files.size(aside.resolve(MOMENTS)))));
        });
        clear(folder);
    }

    /** Deletes all but the newest, and what a killed process has left unfinished. */
    private static void clear(Path folder) throws IOException {
        List<Path> whole = whole(folder);
        for (Path old : whole.subList(Math.min(KEPT, whole.size()), whole.size())) {
            AtomicFiles.deleteTree(old);
        }
        for (Path left : entries(folder, UNFINISHED + "*")) {
            AtomicFiles.deleteTree(left);
        }
    }

    static boolean exists(Path folder) throws IOException {
        return newest(folder).isPresent();
    }

    /** Steps of the newest state; 0 without one. */
    static long steps(Path folder) throws IOException {
        Optional<Path> newest = newest(folder);
        return newest.isEmpty()
                ? 0
                : Json.read(newest.get().resolve(STATE)).get("steps").asLong();
    }

    private static Optional<Path> newest(Path folder) throws IOException {
        return whole(folder).stream().findFirst();
    }

    /** Those whose files are there at full length (a power cut can lose their ends), newest first. */
    private static List<Path> whole(Path folder) throws IOException {
        var found = new ArrayList<Path>();
        for (Path entry : entries(folder, STEP + "*")) {
            if (isWhole(entry)) {
                found.add(entry);
            }
        }
        found.sort(Comparator.comparing(Path::toString).reversed());
        return found;
    }

    private static List<Path> entries(Path folder, String pattern) throws IOException {
        var found = new ArrayList<Path>();
        if (Files.isDirectory(folder)) {
            try (DirectoryStream<Path> stream = Files.newDirectoryStream(folder, pattern)) {
                stream.forEach(found::add);
            }
        }
        return found;
    }

    private static boolean isWhole(Path step) throws IOException {
        try {
            JsonNode bytes = Json.read(step.resolve(STATE)).path("bytes");
            return bytes.path(0).asLong(-1) == Files.size(step.resolve(WEIGHTS))
                    && bytes.path(1).asLong(-1) == Files.size(step.resolve(MOMENTS));
        } catch (InputException | java.nio.file.NoSuchFileException _) {
            return false;
        }
    }

    /** Puts the newest state in {@code folder} into the weights and the optimiser. */
    static void restore(Path folder, List<TrainedTensor> trained, Optimizer optimizer) throws IOException {
        Path step = newest(folder).orElseThrow(() -> new IllegalStateException("no checkpoint in " + folder));
        JsonNode state = Json.read(step.resolve(STATE));
        try (WeightSource weights = WeightFiles.open(step.resolve(WEIGHTS));
                WeightSource moments = WeightFiles.open(step.resolve(MOMENTS))) {
            Scope.inference(() -> {
                for (TrainedTensor t : trained) {
                    t.value().detach().copy_(tensor(weights, t.name(), t.value()));
                }
                var saved = new LinkedHashMap<String, Tensor>();
                optimizer.state().forEach((name, tensor) -> saved.put(name, tensor(moments, name, tensor)));
                optimizer.restore(state.get("steps").asLong(), saved);
                return optimizer;
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
