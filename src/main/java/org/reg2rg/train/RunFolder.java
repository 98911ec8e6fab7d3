package org.reg2rg.train;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.reg2rg.core.AtomicFiles;
import org.reg2rg.core.InputException;

/**
 * Where a training run keeps everything: {@code config.toml} as resolved, {@code metrics.jsonl}, {@code training.html},
 * {@code checkpoints/<stage>/}, and in the end {@code model/}. One process at a time.
 */
public final class RunFolder implements AutoCloseable {
    static final String CONFIG = "config.toml";
    private static final String LOCK = ".lock";

    private final Path path;
    private final TrainConfig config;
    private final FileChannel lockFile;

    private RunFolder(Path path, TrainConfig config) throws IOException {
        this.path = path;
        this.config = config;
        Files.createDirectories(path);
        this.lockFile = FileChannel.open(path.resolve(LOCK), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
        if (lock() == null) {
            lockFile.close();
            throw new InputException(
                    path.toString(),
                    "another training is running in this folder",
                    "wait for it, or give another --out");
        }
    }

    private @Nullable FileLock lock() throws IOException {
        try {
            return lockFile.tryLock();
        } catch (OverlappingFileLockException _) {
            return null;
        }
    }

    /**
     * A new run.
     *
     * @throws InputException if the folder holds a run already, or other things
     */
    public static RunFolder create(Path path, TrainConfig config) throws IOException {
        if (Files.exists(path.resolve(CONFIG))) {
            TrainConfig held = TrainConfig.read(path.resolve(CONFIG), List.of());
            throw held.equals(config)
                    ? new InputException(
                            path.toString(), "this training was started here before", "go on with --resume " + path)
                    : otherRun(path, held, config);
        }
        if (Files.exists(path.resolve("model")) || Files.exists(path.resolve(Metrics.FILE))) {
            throw new InputException(
                    path.toString(), "it holds a model or metrics, but no " + CONFIG, "give another --out");
        }
        var folder = new RunFolder(path, config);
        AtomicFiles.write(path.resolve(CONFIG), config.text());
        return folder;
    }

    /**
     * A run to go on with.
     *
     * @param wanted the config that it must have, if the user named one
     * @throws InputException if there is no run, or one of another config
     */
    public static RunFolder resume(Path path, Optional<TrainConfig> wanted) throws IOException {
        if (!Files.exists(path.resolve(CONFIG))) {
            throw new InputException(
                    path.toString(),
                    "no training run: it has no " + CONFIG,
                    "give the folder that `reg2rg train --out` wrote");
        }
        TrainConfig held = TrainConfig.read(path.resolve(CONFIG), List.of());
        if (wanted.isPresent() && !wanted.get().equals(held)) {
            throw otherRun(path, held, wanted.get());
        }
        return new RunFolder(path, held);
    }

    private static InputException otherRun(Path path, TrainConfig held, TrainConfig given) {
        List<String> mine = held.text().lines().toList();
        List<String> yours = given.text().lines().toList();
        String here =
                mine.stream().filter(line -> !yours.contains(line)).findFirst().orElse("fewer keys");
        String there =
                yours.stream().filter(line -> !mine.contains(line)).findFirst().orElse("fewer keys");
        return new InputException(
                path.toString(),
                "it holds a training of another config (expected '" + there + "', got '" + here + "')",
                "give another --out, or --resume " + path + " alone to go on with what is there");
    }

    public TrainConfig config() {
        return config;
    }

    public Path path() {
        return path;
    }

    /** The model that comes out. */
    public Path model() {
        return path.resolve("model");
    }

    /** Whether the run has ended well. */
    public boolean isFinished() {
        return Files.exists(model());
    }

    Path checkpoints(Stage stage) {
        return path.resolve("checkpoints").resolve(stage.name());
    }

    Path metrics() {
        return path.resolve(Metrics.FILE);
    }

    Path page() {
        return path.resolve("training.html");
    }

    Path tokenizer() {
        return path.resolve("tokenizer.model");
    }

    /** What of a data folder is not used, and why. */
    Path leftOut() {
        return path.resolve("left-out.csv");
    }

    /** The studies of a data folder that this run learns from, and those that it is asked about. */
    Path studies() {
        return path.resolve("studies.csv");
    }

    Path data() {
        return path.resolve("data");
    }

    @Override
    public void close() throws IOException {
        lockFile.close();
    }
}
