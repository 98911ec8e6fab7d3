package org.reg2rg.recipe;

import static org.assertj.core.api.Assertions.assertThat;
import static org.reg2rg.recipe.ChildProgram.bytes;
import static org.reg2rg.recipe.ChildProgram.losses;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.reg2rg.core.AtomicFiles;
import org.reg2rg.core.Json;
import org.reg2rg.model.Familiarity;
import org.reg2rg.model.ModelFolder;
import org.reg2rg.model.TinyModel;
import org.reg2rg.train.Metrics;
import tools.jackson.databind.JsonNode;

/** The published training as a user runs it: a data folder with holes in, a model folder out. */
class TrainReferringTest {
    private static final String CONFIG = Path.of("configs", "single-gpu.toml").toString();

    /** A cohort of nine studies, a tiny model, and a run that nobody disturbed. */
    @TempDir
    @SuppressWarnings("NullAway.Init")
    private static Path shared;

    @TempDir
    @SuppressWarnings("NullAway.Init")
    private Path folder;

    private final Program program = new Program();

    private static List<String> tiny(Path data, Path out) {
        var arguments = new ArrayList<>(List.of("train", CONFIG, "--quiet", "--out", out.toString()));
        for (String setting : List.of(
                "data.folder=" + data,
                "data.validation_split=valid",
                "data.validation_studies=2",
                "model.folder=" + shared.resolve("tiny"),
                "referring.accumulation=2",
                "referring.warmup=2",
                "referring.rate=2e-3",
                "referring.epochs=2",
                "referring.checkpoint_every=2",
                "referring.precision=float32",
                "referring.device=cpu",
                "referring.longest=1500")) {
            arguments.addAll(List.of("--set", setting));
        }
        return arguments;
    }

    @BeforeAll
    static void trainUndisturbed() throws Exception {
        TinyModel.create(shared.resolve("tiny"), 1);
        Path data = shared.resolve("data");
        run("cohort", "--studies", "9", "--seed", "5", "--size", "64x64x40@5x5x7", "--quiet", "--out", data.toString());
        List<String> volumes = volumes(data);
        var splits = new StringBuilder("Volumename,Patient,Split\n");
        for (int i = 0; i < volumes.size(); i++) {
            splits.append(volumes.get(i)).append(",p").append(i).append(i < 7 ? ",train\n" : ",valid\n");
        }
        Files.writeString(data.resolve("splits.csv"), splits);
        // In a process of its own, as the killed ones: numbers of threads that earlier tests set would change the
        // rounding.
        Path log = shared.resolve("child.log");
        Process child = ChildProgram.start(tiny(data, shared.resolve("straight")), log);
        assertThat(child.waitFor()).as(Files.readString(log)).isZero();
    }

    private static void run(String... arguments) {
        var program = new Program();
        assertThat(program.run(arguments)).as(program.err()).isZero();
    }

    private static List<String> volumes(Path data) throws IOException {
        try (Stream<Path> files = Files.walk(data.resolve("images"))) {
            return files.filter(Files::isRegularFile)
                    .map(file -> file.getFileName().toString())
                    .sorted()
                    .toList();
        }
    }

    @Test
    void aRunWritesModelMetricsAndPage() throws Exception {
        Path run = shared.resolve("straight");
        List<JsonNode> lines = Metrics.open(run.resolve(Metrics.FILE)).lines();
        List<JsonNode> steps = lines.stream()
                .filter(line -> line.get("kind").asString().equals("step"))
                .toList();
        assertThat(steps).hasSize(7); // two epochs of seven studies, two a step
        assertThat(steps.getFirst().propertyNames())
                .containsExactly(
                        "kind",
                        "stage",
                        "step",
                        "loss",
                        "gradient_norm",
                        "rate",
                        "studies_per_second",
                        "tokens_per_second",
                        "wall_seconds");
        assertThat(steps.getFirst().get("rate").asDouble()).isZero();
        assertThat(steps.getLast().get("loss").asDouble())
                .isLessThan(steps.getFirst().get("loss").asDouble());
        JsonNode asked = lines.getLast();
        assertThat(asked.get("kind").asString()).isEqualTo("validation");
        assertThat(asked.get("studies").asInt()).isEqualTo(2);
        assertThat(asked.get("scores").propertyNames())
                .containsExactly("recognition_mean", "recognition_least", "loss", "bleu_4", "meteor", "rouge_l");
        assertThat(asked.get("samples")).hasSize(2);
        assertThat(ChildProgram.checkpoints(run, "referring"))
                .containsExactly("step-00000004", "step-00000006", "step-00000007");
        assertThat(Files.readString(run.resolve("training.html")))
                .contains("Finished: stage referring, step 7", "bleu_4", "Which region (row) was taken for which");
        assertThat(Files.readString(run.resolve("studies.csv")))
                .hasLineCount(10)
                .contains(",validation");
    }

    @Test
    void theModelIsWholeAndGoesBackToThePublishedLayout() throws Exception {
        Path model = shared.resolve("straight").resolve("model");
        JsonNode provenance = Json.read(model.resolve("training.json"));
        assertThat(provenance.get("training_studies").asInt()).isEqualTo(7);
        assertThat(provenance.get("config").get("referring").get("epochs").asInt())
                .isEqualTo(2);
        assertThat(model.resolve(Familiarity.FILE)).exists();
        ModelFolder.load(model).close();
        Path exported = folder.resolve("pytorch_model.bin");
        assertThat(program.run("export", "--quiet", "--model", model.toString(), "--out", exported.toString()))
                .isZero();
        assertThat(exported).isNotEmptyFile();
    }

    @Test
    void aRunKilledAtAnyMomentEndsWithTheSameBytes() throws Exception {
        Path run = folder.resolve("killed");
        assertThat(ChildProgram.trainUnderKills(tiny(shared.resolve("data"), run), run, 3, new SplittableRandom(11)))
                .as("kills that met a living process")
                .isGreaterThanOrEqualTo(2);
        assertThat(bytes(run.resolve("model")))
                .isEqualTo(bytes(shared.resolve("straight").resolve("model")));
        assertThat(losses(run)).isEqualTo(losses(shared.resolve("straight")));
    }

    private Path copyOfData() throws IOException {
        Path copy = folder.resolve("data");
        try (Stream<Path> files = Files.walk(shared.resolve("data"))) {
            for (Path file : files.toList()) {
                Path target = copy.resolve(shared.resolve("data").relativize(file));
                if (Files.isDirectory(file)) {
                    Files.createDirectories(target);
                } else {
                    Files.copy(file, target);
                }
            }
        }
        return copy;
    }

    private static Path image(Path data, String name) throws IOException {
        try (Stream<Path> files = Files.walk(data.resolve("images"))) {
            return files.filter(file -> file.endsWith(name)).findFirst().orElseThrow();
        }
    }

    @Test
    void aFolderWithHolesTrainsOnTheRestAndSaysWhatItLeftOut() throws Exception {
        Path data = copyOfData();
        List<String> names = volumes(data);
        Path cut = image(data, names.get(1));
        byte[] whole = Files.readAllBytes(cut);
        Files.write(cut, Arrays.copyOf(whole, whole.length / 2));
        Files.delete(image(data, names.get(2)));
        Path masks = data.resolve("masks").resolve("seg_" + names.get(3).replace(".nii.gz", ""));
        Files.delete(masks.resolve("lung.nii.gz"));
        Path run = folder.resolve("run");
        var arguments = new ArrayList<>(tiny(data, run));
        arguments.addAll(List.of("--set", "data.validation_studies=1"));
        assertThat(program.run(arguments.toArray(String[]::new)))
                .as(program.err())
                .isZero();
        assertThat(Files.readString(run.resolve("left-out.csv")))
                .startsWith("Study,Region,Reason")
                .contains(names.get(2) + ",,it is reported but has no volume")
                .contains(names.get(3) + ",lung,it is reported but has no mask")
                .containsPattern(names.get(1).replace(".", "\\.") + ",,.*cut off or damaged");
        assertThat(Json.read(run.resolve("model").resolve("training.json"))
                        .get("training_studies")
                        .asInt())
                .isEqualTo(6);
        // What is gone since the run began cannot be drawn again.
        Files.delete(image(data, names.get(0)));
        AtomicFiles.deleteTree(run.resolve("model"));
        assertThat(program.run("train", "--quiet", "--resume", run.toString())).isEqualTo(Main.BAD_INPUT);
        assertThat(program.err())
                .contains(data + ": its studies are not those that this run began with (see "
                        + run.resolve("studies.csv") + "); bring back what has changed, or start a new run");
    }

    /** No folder: the studies of a cohort, drawn and packed; and bfloat16 all the way to the model folder. */
    @Test
    void aCohortIsLearnedFromToo() throws Exception {
        String shipped = Files.readString(Path.of(CONFIG));
        int from = shipped.indexOf("[data]");
        Path config = Files.writeString(
                folder.resolve("cohort.toml"),
                shipped.substring(0, from) + """
                        [data.cohort]
                        seed = 1
                        studies = 5
                        size = "64x64x40@5x5x7"

                        [data.validation]
                        seed = 2
                        studies = 2
                        size = "64x64x40@5x5x7"

                        """ + shipped.substring(shipped.indexOf("[model]")));
        Path run = folder.resolve("cohort");
        var arguments = new ArrayList<>(List.of("train", config.toString(), "--quiet", "--out", run.toString()));
        for (String setting : List.of(
                "model.folder=" + shared.resolve("tiny"),
                "data.validation_studies=1",
                "referring.accumulation=2",
                "referring.warmup=1",
                "referring.rate=2e-3",
                "referring.epochs=2",
                "referring.device=cpu",
                "referring.longest=1500")) {
            arguments.addAll(List.of("--set", setting));
        }
        run(arguments.toArray(String[]::new));
        List<JsonNode> steps = Metrics.open(run.resolve(Metrics.FILE)).lines().stream()
                .filter(line -> line.get("kind").asString().equals("step"))
                .toList();
        assertThat(steps).hasSize(5);
        assertThat(steps.getLast().get("loss").asDouble())
                .isLessThan(steps.getFirst().get("loss").asDouble());
        JsonNode provenance = Json.read(run.resolve("model").resolve("training.json"));
        assertThat(provenance.get("training_studies").asInt()).isEqualTo(5);
        assertThat(provenance.get("config").get("referring").get("precision").asString())
                .isEqualTo("bfloat16");
        ModelFolder.load(run.resolve("model")).close();
        assertThat(run.resolve("data")).doesNotExist();
    }

    @Test
    void aFolderWithoutAnythingToLearnIsAnError() throws Exception {
        Path data = copyOfData();
        Files.writeString(data.resolve("reports.csv"), "Volumename,Anatomy,Sentence\n");
        assertThat(program.run(tiny(data, folder.resolve("run")).toArray(String[]::new)))
                .isEqualTo(Main.BAD_INPUT);
        assertThat(program.err()).contains("none of its 7 studies has a region with both a mask and a report");
        for (String name : volumes(data)) {
            Files.writeString(image(data, name), "no CT");
        }
        Files.copy(
                shared.resolve("data").resolve("reports.csv"),
                data.resolve("reports.csv"),
                StandardCopyOption.REPLACE_EXISTING);
        assertThat(program.run(tiny(data, folder.resolve("broken")).toArray(String[]::new)))
                .isEqualTo(Main.BAD_INPUT);
        assertThat(program.err()).contains("training studies: none of the 7 can be used; see what was left out");
        assertThat(Files.readString(folder.resolve("broken").resolve("left-out.csv")))
                .contains("not a CT volume");
    }
}
