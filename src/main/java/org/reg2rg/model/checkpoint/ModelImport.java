package org.reg2rg.model.checkpoint;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.reg2rg.core.AtomicFiles;
import org.reg2rg.core.Hashes;
import org.reg2rg.core.InputException;
import org.reg2rg.core.Progress;
import org.reg2rg.model.Familiarity;
import org.reg2rg.model.ModelConfig;
import org.reg2rg.model.ModelFolder;
import org.reg2rg.model.Parameter;
import org.reg2rg.model.ParameterTable;
import org.reg2rg.tensor.Precision;
import org.reg2rg.tensor.weights.WeightOutput;
import org.reg2rg.tensor.weights.WeightSummary;
import org.reg2rg.tensor.weights.WeightType;

/**
 * Turns published files into a model folder: checks every key first, then streams tensor by tensor, so that memory stays
 * near a chunk of one tensor however large the files are.
 */
public final class ModelImport {
    private static final long ROOM_FOR_THE_REST = 16L << 20;

    private final Sources sources;
    private final Precision precision;
    private final long seed;
    private final Progress.Style style;

    /**
     * What is read.
     *
     * @param checkpoint {@code pytorch_model.bin} of Reg2RG; without it the result is the starting point of training
     * @param llama Hugging Face folder with config and tokenizer, and with weights where there is no checkpoint
     * @param vision {@code RadFM_vit3d.pth}, used where there is no checkpoint
     * @param perceiver {@code RadFM_perceiver_fc.pth}, used where there is no checkpoint
     * @param config any part of a {@code config.json} that shapes cannot tell
     */
    public record Sources(
            Optional<Path> checkpoint,
            Path llama,
            Optional<Path> vision,
            Optional<Path> perceiver,
            Optional<Path> config) {}

    /**
     * What was written.
     *
     * @param config of the model
     * @param numbers how many there are in all weights
     * @param fresh names of weights that no file held, drawn from the seed
     */
    public record Result(ModelConfig config, long numbers, List<String> fresh) {}

    /** @param seed of weights that no file holds */
    public ModelImport(Sources sources, Precision precision, long seed, Progress.Style style) {
        this.sources = sources;
        this.precision = precision;
        this.seed = seed;
        this.style = style;
    }

    /**
     * Writes the folder whole or not at all.
     *
     * @throws InputException when a file is damaged, keys or shapes are not those of the model, or {@code out} is taken
     */
    public Result run(Path out) throws IOException {
        checkFree(out);
        LlamaFolder llama = LlamaFolder.open(sources.llama);
        List<PublishedWeights> files = openFiles();
        try {
            ModelConfig config = config(llama, files);
            ParameterTable table = ParameterTable.of(config);
            files.forEach(file -> file.check(table));
            return write(out, llama, files, config);
        } finally {
            PublishedWeights.closeAll(files);
        }
    }

    private static void checkFree(Path out) throws IOException {
        if (Files.isRegularFile(out)) {
            throw new InputException(out.toString(), "is a file", "give a folder that does not exist yet");
        }
        if (Files.isDirectory(out)) {
            try (var content = Files.list(out)) {
                if (content.findAny().isPresent()) {
                    throw new InputException(
                            out.toString(), "the folder is not empty", "give another --out, or delete it first");
                }
            }
        }
    }

    private List<PublishedWeights> openFiles() throws IOException {
        List<PublishedWeights> files = new ArrayList<>();
        try {
            if (sources.checkpoint.isPresent()) {
                files.add(PublishedWeights.open(PublishedFile.CHECKPOINT, sources.checkpoint.get()));
                return files;
            }
            files.add(PublishedWeights.open(PublishedFile.LLAMA, sources.llama));
            if (sources.vision.isPresent()) {
                files.add(PublishedWeights.open(PublishedFile.VISION, sources.vision.get()));
            }
            if (sources.perceiver.isPresent()) {
                files.add(PublishedWeights.open(PublishedFile.PERCEIVER, sources.perceiver.get()));
            }
            return files;
        } catch (IOException | RuntimeException e) {
            PublishedWeights.closeAll(files);
            throw e;
        }
    }

    private ModelConfig config(LlamaFolder llama, List<PublishedWeights> files) throws IOException {
        var shapes = new LinkedHashMap<String, List<Long>>();
        files.forEach(file -> shapes.putAll(file.shapes()));
        String about = sources.checkpoint.isPresent()
                ? "Reg2RG (arXiv 2411.15539), imported from "
                        + sources.checkpoint.get().getFileName()
                : "Starting point of Reg2RG's training, not trained yet";
        return new ConfigGuess(shapes).config(about, llama.config(), precision, sources.config);
    }

    private Result write(Path out, LlamaFolder llama, List<PublishedWeights> files, ModelConfig config)
            throws IOException {
        ParameterTable table = ParameterTable.of(config);
        var fresh = new ArrayList<String>();
        List<WeightOutput> outputs = outputs(table, files, fresh);
        checkRoom(out, outputs.stream().mapToLong(WeightOutput::byteSize).sum());
        byte[] tokenizer = Files.readAllBytes(llama.path().resolve(LlamaFolder.TOKENIZER));
        String readme = readme(llama, files, table, fresh);
        try (Progress progress = Progress.of("importing", "tensors", outputs.size(), style)) {
            List<WeightOutput> counted =
                    outputs.stream().map(output -> counted(output, progress)).toList();
            ModelFolder.write(
                    out,
                    config,
                    counted,
                    file -> AtomicFiles.write(file, stream -> stream.write(tokenizer)),
                    folder -> {
                        if (sources.checkpoint.isPresent()) {
                            Familiarity.copy(
                                    Familiarity.besideCheckpoint(sources.checkpoint.get()),
                                    folder.resolve(Familiarity.FILE));
                        }
                        AtomicFiles.write(folder.resolve("README"), readme);
                    });
        }
        return new Result(config, table.count(), fresh);
    }

    private List<WeightOutput> outputs(ParameterTable table, List<PublishedWeights> files, List<String> fresh) {
        WeightType type = switch (precision) {
            case FLOAT32 -> WeightType.FLOAT32;
            case BFLOAT16 -> WeightType.BFLOAT16;
        };
        var generator = new FreshWeights(table, seed);
        List<WeightOutput> outputs = new ArrayList<>();
        for (Parameter parameter : table.all()) {
            Optional<WeightOutput> found = files.stream()
                    .flatMap(file -> file.output(parameter, type).stream())
                    .findFirst();
            if (found.isEmpty()) {
                fresh.add(parameter.name());
            }
            outputs.add(found.orElseGet(() -> generator.output(parameter, type)));
        }
        return outputs;
    }

    private static WeightOutput counted(WeightOutput output, Progress progress) {
        return new WeightOutput(output.name(), output.type(), output.shape(), stream -> {
            output.data().writeTo(stream);
            progress.advance();
        });
    }

    private static void checkRoom(Path out, long bytes) throws IOException {
        Path place = out.toAbsolutePath();
        while (!Files.exists(place) && place.getParent() != null) {
            place = place.getParent();
        }
        long free = Files.getFileStore(place).getUsableSpace();
        if (free < bytes + ROOM_FOR_THE_REST) {
            throw new InputException(
                    out.toString(),
                    "the disk is too full (expected " + WeightSummary.size(bytes + ROOM_FOR_THE_REST) + " free, got "
                            + WeightSummary.size(free) + ")",
                    "free some space or give another --out");
        }
    }

    private String readme(LlamaFolder llama, List<PublishedWeights> files, ParameterTable table, List<String> fresh)
            throws IOException {
        var paths = new ArrayList<Path>();
        files.forEach(file -> paths.addAll(file.files()));
        paths.add(llama.path().resolve(LlamaFolder.CONFIG));
        paths.add(llama.path().resolve(LlamaFolder.TOKENIZER));
        sources.config.ifPresent(paths::add);
        var text = new StringBuilder("A reg2rg model folder, made by `reg2rg import`.\n\n"
                + "config.json, model*.safetensors (" + precision.title() + ", "
                + table.all().size() + " tensors, "
                + table.count() + " numbers), tokenizer.model.\n\nSources (SHA-256, bytes, name):\n");
        try (Progress progress = Progress.of("hashing", "files", paths.size(), style)) {
            for (Path path : paths) {
                text.append(Hashes.sha256(path) + "  " + Files.size(path) + "  " + path.getFileName() + "\n");
                progress.advance();
            }
        }
        if (!fresh.isEmpty()) {
            text.append("\nNot trained yet, drawn from seed " + seed + " (" + fresh.size() + " tensors):\n");
            fresh.forEach(name -> text.append(name + "\n"));
        }
        return text.append("\nThe licences of the sources hold for these weights too: Llama 2 Community License for the"
                        + " language model.\nResearch use only, not for clinical use.\n")
                .toString();
    }

    /** What {@code --vision} and {@code --perceiver} are for is in the checkpoint already. */
    public List<String> unused() {
        if (sources.checkpoint.isEmpty()) {
            return List.of();
        }
        var unused = new ArrayList<String>();
        Map.of("--vision", sources.vision, "--perceiver", sources.perceiver)
                .forEach((option, path) -> path.ifPresent(_ -> unused.add(option)));
        return unused.stream().sorted().toList();
    }
}
