package org.reg2rg.model;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.bytedeco.pytorch.Device;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch.ScalarType;
import org.reg2rg.core.AtomicFiles;
import org.reg2rg.core.Hashes;
import org.reg2rg.core.InputException;
import org.reg2rg.language.SentencePieceModel;
import org.reg2rg.tensor.Scope;
import org.reg2rg.tensor.Torch;
import org.reg2rg.tensor.weights.KeyCheck;
import org.reg2rg.tensor.weights.SafetensorsFolder;
import org.reg2rg.tensor.weights.WeightEntry;
import org.reg2rg.tensor.weights.WeightFiles;
import org.reg2rg.tensor.weights.WeightOutput;
import org.reg2rg.tensor.weights.WeightSource;
import org.reg2rg.tensor.weights.WeightTensors;

/**
 * A model on disk: {@code config.json}, {@code model*.safetensors} with the published key names, and
 * {@code tokenizer.model}.
 */
public final class ModelFolder {
    /** The tokenizer's file name. */
    public static final String TOKENIZER = "tokenizer.model";

    private static final String WEIGHT_FILES = "model*.safetensors";

    /** Files above this size are used where they lie, if their number format is the wanted one. */
    private static final long COPIED_BYTES = 1L << 30;

    private ModelFolder() {}

    /**
     * Loads a model in the number format that its config names, on the CPU, with its low-rank additions kept apart.
     *
     * @throws InputException naming what is missing, unexpected or of a wrong shape
     */
    public static LoadedModel load(Path folder) throws IOException {
        ModelConfig config = config(folder);
        return load(folder, new LoadOptions(config.precision(), Torch.device("cpu"), false));
    }

    /**
     * Loads a model.
     *
     * @throws InputException naming what is missing, unexpected or of a wrong shape
     */
    public static LoadedModel load(Path folder, LoadOptions options) throws IOException {
        ModelConfig config = config(folder).withDtype(options.precision());
        Path tokenizer = folder.resolve(TOKENIZER);
        Map<String, Tensor> weights = weights(folder, config, options);
        return LoadedModel.of(config, weights, SentencePieceModel.read(tokenizer), options.merged());
    }

    /** Reads and checks the config alone. */
    public static ModelConfig config(Path folder) throws IOException {
        Path file = folder.resolve(ModelConfig.FILE);
        if (!Files.isRegularFile(file)) {
            throw new InputException(
                    folder.toString(),
                    "no model folder: it has no " + ModelConfig.FILE,
                    "give a folder that `reg2rg import` or `reg2rg train` wrote");
        }
        return ModelConfig.read(file);
    }

    /**
     * All weights of a folder by name, checked against the config; they outlive every scope.
     *
     * @throws InputException naming what is missing, unexpected or of a wrong shape
     */
    public static Map<String, Tensor> weights(Path folder, ModelConfig config, LoadOptions options) throws IOException {
        Torch.load();
        List<WeightSource> sources = new ArrayList<>();
        boolean inUse = false;
        try {
            for (Path file : weightFiles(folder)) {
                sources.add(WeightFiles.open(file));
            }
            check(folder, config, sources);
            Map<String, Tensor> found = new HashMap<>();
            for (WeightSource source : sources) {
                boolean inPlace = isUsedInPlace(source, options);
                inUse |= inPlace;
                for (WeightEntry entry : source.entries()) {
                    found.put(entry.name(), Scope.outlive(() -> tensor(source, entry, inPlace, options)));
                }
            }
            return inOrder(config, found);
        } finally {
            if (!inUse) {
                sources.forEach(WeightSource::close);
            }
        }
    }

    private static void check(Path folder, ModelConfig config, List<WeightSource> sources) {
        Map<String, List<Long>> expected = new HashMap<>();
        ParameterTable.of(config).all().forEach(p -> expected.put(p.name(), p.shape()));
        Map<String, List<Long>> found = new HashMap<>();
        sources.forEach(source -> source.entries().forEach(entry -> found.put(entry.name(), entry.shape())));
        KeyCheck.require(folder.toString(), expected, found);
    }

    private static Map<String, Tensor> inOrder(ModelConfig config, Map<String, Tensor> found) {
        Map<String, Tensor> weights = new LinkedHashMap<>();
        ParameterTable.of(config).byName().keySet().forEach(name -> weights.put(name, found.get(name)));
        return weights;
    }

    /** Whether a file is so large that its tensors stay where they lie. */
    private static boolean isUsedInPlace(WeightSource source, LoadOptions options) {
        return source.entries().stream().mapToLong(WeightEntry::byteSize).sum() > COPIED_BYTES
                && options.device().is_cpu();
    }

    private static Tensor tensor(WeightSource source, WeightEntry entry, boolean inPlace, LoadOptions options) {
        ScalarType type = options.precision().scalarType();
        return inPlace && WeightTensors.scalarType(entry.type()) == type
                ? WeightTensors.view(source, entry.name())
                : WeightTensors.tensor(source, entry.name(), type).to(options.device(), type);
    }

    private static List<Path> weightFiles(Path folder) throws IOException {
        List<Path> files = new ArrayList<>();
        try (DirectoryStream<Path> stream = Files.newDirectoryStream(folder, WEIGHT_FILES)) {
            stream.forEach(files::add);
        }
        if (files.isEmpty()) {
            throw new InputException(
                    folder.toString(), "it has no " + WEIGHT_FILES, "give a folder that `reg2rg import` wrote");
        }
        return files.stream().sorted().toList();
    }

    /** Writes a whole model folder, or nothing. */
    public static void save(Path folder, ModelConfig config, Map<String, Tensor> weights, SentencePieceModel tokenizer)
            throws IOException {
        save(folder, config, weights, tokenizer, _ -> {});
    }

    /**
     * As {@link #save(Path, ModelConfig, Map, SentencePieceModel)}, with more files.
     *
     * @param more writes them into the folder that it is given, which is a whole model folder already
     */
    public static void save(
            Path folder,
            ModelConfig config,
            Map<String, Tensor> weights,
            SentencePieceModel tokenizer,
            AtomicFiles.FolderContent more)
            throws IOException {
        Device cpu = Torch.device("cpu");
        List<WeightOutput> outputs = new ArrayList<>();
        for (Parameter parameter : ParameterTable.of(config).all()) {
            Tensor value = weights.get(parameter.name());
            if (value == null) {
                throw new IllegalArgumentException("no weight " + parameter.name());
            }
            outputs.add(WeightTensors.output(
                    parameter.name(), value.to(cpu, config.precision().scalarType())));
        }
        write(folder, config, outputs, tokenizer::write, more);
    }

    /**
     * Writes a whole model folder, or nothing, from weights that need not be in memory.
     *
     * @param weights one for each parameter of the config, in its order
     * @param tokenizer writes {@value #TOKENIZER}
     * @param more writes further files into the folder, which is a whole model folder already
     */
    public static void write(
            Path folder,
            ModelConfig config,
            List<WeightOutput> weights,
            AtomicFiles.FolderContent tokenizer,
            AtomicFiles.FolderContent more)
            throws IOException {
        AtomicFiles.folder(folder, part -> {
            config.write(part.resolve(ModelConfig.FILE));
            tokenizer.writeTo(part.resolve(TOKENIZER));
            SafetensorsFolder.write(part, weights);
            more.writeTo(part);
        });
    }

    /**
     * Lower-case hex SHA-256 over the hashes of config, tokenizer, weights and, where there is one, the measure of
     * familiarity: what identifies a model in a report.
     */
    public static String sha256(Path folder) throws IOException {
        List<Path> files = new ArrayList<>(List.of(folder.resolve(ModelConfig.FILE), folder.resolve(TOKENIZER)));
        files.addAll(weightFiles(folder));
        if (Files.exists(folder.resolve(Familiarity.FILE))) {
            files.add(folder.resolve(Familiarity.FILE));
        }
        MessageDigest digest = Hashes.newSha256();
        for (Path file : files) {
            digest.update(HexFormat.of().parseHex(Hashes.sha256(file)));
        }
        return HexFormat.of().formatHex(digest.digest());
    }
}
