package org.reg2rg.recipe;

import static org.assertj.core.api.Assertions.assertThat;
import static org.reg2rg.recipe.ChildProgram.bytes;
import static org.reg2rg.recipe.ChildProgram.lines;
import static org.reg2rg.recipe.ChildProgram.losses;
import static org.reg2rg.recipe.ChildProgram.start;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.reg2rg.core.Json;
import org.reg2rg.model.Familiarity;
import org.reg2rg.model.GlobalLook;
import org.reg2rg.model.ModelFolder;
import org.reg2rg.train.Metrics;
import tools.jackson.databind.JsonNode;

/** The whole command on a tiny config, also under real signals. */
class TrainTest {
    private static final int STEPS = 20;
    private static final int LANGUAGE_STEPS = 12;
    private static final int CHECKPOINT_EVERY = 4;
    private static final String CONFIG = Path.of("configs", "two-minutes.toml").toString();

    /** Written once by a run that nobody disturbed. */
    @TempDir
    @SuppressWarnings("NullAway.Init")
    private static Path shared;

    @TempDir
    @SuppressWarnings("NullAway.Init")
    private Path folder;

    private final Program program = new Program();

    private static List<String> tiny(Path out) {
        return List.of(
                "train",
                CONFIG,
                "--quiet",
                "--out",
                out.toString(),
                "--set",
                "data.cache=" + shared.resolve("cache"),
                "--set",
                "data.cohort.studies=6",
                "--set",
                "data.validation.studies=2",
                "--set",
                "log_every=1",
                "--set",
                "vision.steps=" + STEPS,
                "--set",
                "vision.studies=2",
                "--set",
                "vision.checkpoint_every=" + CHECKPOINT_EVERY,
                "--set",
                "language.steps=" + LANGUAGE_STEPS,
                "--set",
                "language.studies=2",
                "--set",
                "language.checkpoint_every=4");
    }

    @BeforeAll
    static void trainUndisturbed() {
        var program = new Program();
        assertThat(program.run(tiny(shared.resolve("straight")).toArray(String[]::new)))
                .as(program.err())
                .isZero();
    }

    @Test
    void aRunWritesModelMetricsAndPage() throws Exception {
        Path run = shared.resolve("straight");
        try (var model = ModelFolder.load(run.resolve("model"))) {
            assertThat(model.weights().keySet()).noneMatch(name -> name.startsWith("heads"));
            assertThat(Familiarity.read(run.resolve("model"), GlobalLook.width(model.config())))
                    .isPresent();
        }
        JsonNode provenance = Json.read(run.resolve("model").resolve("training.json"));
        assertThat(provenance.get("config_sha256").asString()).matches("[0-9a-f]{64}");
        assertThat(provenance.get("seed").asInt()).isEqualTo(1);
        List<JsonNode> lines = Metrics.open(run.resolve(Metrics.FILE)).lines();
        assertThat(ofKind(lines, "step").map(line -> line.get("step").asInt()))
                .containsExactlyElementsOf(Stream.concat(
                                IntStream.rangeClosed(1, STEPS).boxed(),
                                IntStream.rangeClosed(1, LANGUAGE_STEPS).boxed())
                        .toList());
        assertThat(lines.getFirst().propertyNames())
                .containsExactly(
                        "kind", "stage", "step", "loss", "gradient_norm", "rate", "studies_per_second", "wall_seconds");
        // What the decoder reads is counted; the vision stage reads no words.
        assertThat(ofKind(lines, "step")
                        .filter(line -> line.get("stage").asString().equals("language"))
                        .map(line -> line.get("tokens_per_second").asDouble()))
                .hasSize(LANGUAGE_STEPS)
                .allMatch(rate -> rate > 0);
        assertThat(ofKind(lines, "validation").map(line -> line.get("step").asInt()))
                .containsExactly(4, 8, 12, 16, 20, 4, 8, 12);
        assertThat(checkpoints(run)).containsExactly("step-00000012", "step-00000016", "step-00000020");
        assertThat(Files.readString(run.resolve("training.html")))
                .contains("Finished: stage language, step 12", "<polyline", "Which region (row) was taken for which")
                .doesNotContain("http");
    }

    private static Stream<JsonNode> ofKind(List<JsonNode> lines, String kind) {
        return lines.stream().filter(line -> line.get("kind").asString().equals(kind));
    }

    private static List<String> checkpoints(Path run) throws IOException {
        return ChildProgram.checkpoints(run, "vision");
    }

    @Test
    void aRunKilledAtAnyMomentEndsWithTheSameBytes() throws Exception {
        Path run = folder.resolve("killed");
        assertThat(ChildProgram.trainUnderKills(tiny(run), run, 5, new SplittableRandom(7)))
                .as("kills that met a living process")
                .isGreaterThanOrEqualTo(3);
        assertThat(bytes(run.resolve("model")))
                .isEqualTo(bytes(shared.resolve("straight").resolve("model")));
        assertThat(losses(run)).isEqualTo(losses(shared.resolve("straight")));
        assertThat(checkpoints(run)).containsExactly("step-00000012", "step-00000016", "step-00000020");
    }

    @Test
    void anInterruptLeavesACheckpointOfTheLastStep() throws Exception {
        Path run = folder.resolve("interrupted");
        Process child = start(tiny(run), folder.resolve("child.log"));
        while (child.isAlive() && lines(run) < CHECKPOINT_EVERY + 3) {
            Thread.sleep(5);
        }
        // What Ctrl-C does, but a background process, and so its children, may ignore that signal.
        new ProcessBuilder("kill", "-TERM", Long.toString(child.pid())).start().waitFor();
        assertThat(child.waitFor(3, TimeUnit.MINUTES)).isTrue();
        assertThat(child.exitValue()).isEqualTo(128 + 15);
        assertThat(Files.readString(folder.resolve("child.log")))
                .contains("stopped; go on with: ./reg2rg train --resume " + run);
        JsonNode last = Metrics.open(run.resolve(Metrics.FILE)).lines().getLast();
        assertThat(checkpoints(run).getLast())
                .isEqualTo("step-%08d".formatted(last.get("step").asInt()));
        assertThat(program.run("train", "--quiet", "--resume", run.toString())).isZero();
        assertThat(bytes(run.resolve("model")))
                .isEqualTo(bytes(shared.resolve("straight").resolve("model")));
    }

    @Test
    void aFinishedRunIsNotTrainedAgain() throws Exception {
        Path run = shared.resolve("straight");
        Map<String, String> before = bytes(run.resolve("model"));
        assertThat(program.run("train", "--resume", run.toString())).isZero();
        assertThat(program.out()).contains("finished before: " + run.resolve("model"));
        assertThat(bytes(run.resolve("model"))).isEqualTo(before);
    }

    @Test
    void aFolderWithThisRunAsksForResume() {
        Path run = shared.resolve("straight");
        assertThat(program.run(tiny(run).toArray(String[]::new))).isEqualTo(Main.BAD_INPUT);
        assertThat(program.err()).contains(run + ": this training was started here before; go on with --resume " + run);
    }

    @Test
    void aFolderWithAnotherRunIsRefused() {
        Path run = shared.resolve("straight");
        var other = new ArrayList<>(tiny(run));
        other.addAll(List.of("--set", "vision.rate=0.25"));
        assertThat(program.run(other.toArray(String[]::new))).isEqualTo(Main.BAD_INPUT);
        assertThat(program.err())
                .contains(run + ": it holds a training of another config (expected 'vision.rate = 0.25', got"
                        + " 'vision.rate = 0.002'); give another --out, or --resume " + run
                        + " alone to go on with what is there");
        assertThat(program.run("train", CONFIG, "--resume", run.toString())).isEqualTo(Main.BAD_INPUT);
        assertThat(program.err()).contains("it holds a training of another config (expected 'log_every = 5'");
    }

    @Test
    void whatCannotBeResumedIsRefused() {
        assertThat(program.run("train", "--resume", folder.toString())).isEqualTo(Main.BAD_INPUT);
        assertThat(program.err())
                .contains(folder + ": no training run: it has no config.toml; give the folder that `reg2rg train --out`"
                        + " wrote");
        assertThat(program.run("train")).isEqualTo(Main.BAD_INPUT);
        assertThat(program.err()).contains("CONFIG: neither a config nor --resume; see configs/ for examples");
        assertThat(program.run("train", "--resume", folder.toString(), "--set", "seed=3"))
                .isEqualTo(Main.BAD_INPUT);
        assertThat(program.err())
                .contains(
                        "--set seed=3: a run goes on with the config that it was started with; leave it out, or start a"
                                + " new run");
        assertThat(program.run("train", "--resume", "a", "--out", "b")).isEqualTo(Main.BAD_INPUT);
        assertThat(program.err()).contains("--out b: --resume names the folder already; leave out one of them");
    }
}
