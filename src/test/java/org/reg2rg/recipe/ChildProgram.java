package org.reg2rg.recipe;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.stream.Stream;
import org.reg2rg.core.Hashes;
import org.reg2rg.train.Metrics;

/** The program as a process of its own, which can be killed. */
final class ChildProgram {
    private ChildProgram() {}

    static Process start(List<String> arguments, Path log) throws IOException {
        var command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx512m",
                "--enable-native-access=ALL-UNNAMED",
                "--sun-misc-unsafe-memory-access=allow",
                "-Dorg.bytedeco.javacpp.maxPhysicalBytes=0",
                "-cp",
                System.getProperty("java.class.path"),
                Main.class.getName()));
        command.addAll(arguments);
        return new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(log.toFile())
                .start();
    }

    /**
     * Trains until the model is there, with a process that dies again and again: somewhere in the steps, checkpoints and
     * validations that follow the first new line of metrics.
     *
     * @return how many kills met a living process
     */
    static int trainUnderKills(List<String> first, Path run, int mostKills, SplittableRandom random)
            throws IOException, InterruptedException {
        int kills = 0;
        for (int lives = 0; !Files.exists(run.resolve("model")); lives++) {
            if (lives == 20) {
                throw new AssertionError("a run of 20 lives: " + Files.readString(run.resolveSibling("child.log")));
            }
            List<String> arguments = Files.exists(run.resolve("config.toml"))
                    ? List.of("train", "--quiet", "--resume", run.toString())
                    : first;
            long stepsBefore = lines(run);
            Process child = start(arguments, run.resolveSibling("child.log"));
            while (child.isAlive() && (kills >= mostKills || lines(run) <= stepsBefore)) {
                Thread.sleep(5);
            }
            Thread.sleep(random.nextInt(250));
            kills += child.isAlive() ? 1 : 0;
            child.destroyForcibly().waitFor();
        }
        return kills;
    }

    /** Lines of metrics so far; 0 before there are any. */
    static long lines(Path run) throws IOException {
        Path metrics = run.resolve(Metrics.FILE);
        return Files.exists(metrics) ? Files.readString(metrics).lines().count() : 0;
    }

    static List<String> checkpoints(Path run, String stage) throws IOException {
        try (Stream<Path> entries = Files.list(run.resolve("checkpoints").resolve(stage))) {
            return entries.map(entry -> entry.getFileName().toString()).sorted().toList();
        }
    }

    /** What the run has learned on its way, without times. */
    static List<String> losses(Path run) throws IOException {
        return Metrics.open(run.resolve(Metrics.FILE)).lines().stream()
                .map(line -> line.get("kind") + " " + line.get("stage") + " " + line.get("step") + " "
                        + line.path("loss") + line.path("scores"))
                .toList();
    }

    /** Name → hash of the files of a folder. */
    static Map<String, String> bytes(Path folder) throws IOException {
        var bytes = new LinkedHashMap<String, String>();
        try (Stream<Path> files = Files.list(folder)) {
            files.sorted().forEach(file -> bytes.put(file.getFileName().toString(), hash(file)));
        }
        return bytes;
    }

    private static String hash(Path file) {
        try {
            return Hashes.sha256(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
