package org.reg2rg.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.random.RandomGenerator;
import org.assertj.core.data.Percentage;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.reg2rg.Golden;
import org.reg2rg.core.InputException;
import org.reg2rg.ct.GridSize;
import org.reg2rg.ct.Region;
import org.reg2rg.model.LoadedModel;
import org.reg2rg.model.ModelFolder;
import org.reg2rg.model.StudyVolumes;
import org.reg2rg.model.TinyModel;
import org.reg2rg.tensor.Precision;
import org.reg2rg.tensor.Tensors;
import org.reg2rg.tensor.Torch;

class ReferringStageTest {
    private static final GridSize SIZE = new GridSize(32, 32, 16);
    private static final ReferringStage.Settings SETTINGS =
            settings(Optional.of(7L), Optional.empty(), Optional.of(3L), Optional.empty());
    private static final long SEED = 9;

    @TempDir
    @SuppressWarnings("NullAway.Init")
    private static Path folder;

    private static ReferringStage.Settings settings(
            Optional<Long> steps,
            Optional<Integer> epochs,
            Optional<Long> checkpointEvery,
            Optional<String> precision) {
        return new ReferringStage.Settings(
                steps, epochs, 2, 2, 3e-3, 2, 1, true, true, 1500, checkpointEvery, precision, Optional.empty());
    }

    /** As {@link #SETTINGS} on these devices, with this many micro-batches of one study in a step. */
    private static ReferringStage.Settings on(String devices, int accumulation) {
        return new ReferringStage.Settings(
                Optional.of(5L),
                Optional.empty(),
                accumulation,
                1,
                3e-3,
                2,
                1,
                true,
                true,
                1500,
                Optional.of(5L),
                Optional.empty(),
                Optional.of(devices));
    }

    @BeforeAll
    static void make() throws Exception {
        TinyModel.create(folder.resolve("model"), 1);
    }

    /** Studies of noise with one to three regions. */
    record Noise(int size, float scale) implements StudySource {
        @Override
        public Optional<Study> study(int index) {
            var random = new Draws(3).of("study", index);
            List<Region> regions = List.of(Region.values()).subList(index % 4, index % 4 + 1 + index % 3);
            var volumes = regions.stream()
                    .map(r -> new StudyVolumes.RegionVolumes(r, voxels(random), voxels(random)))
                    .toList();
            var texts = regions.stream()
                    .map(r -> new RegionText(r, "The " + r.datasetName() + " is of natural size."))
                    .toList();
            return Optional.of(new Study("study " + index, new StudyVolumes(voxels(random), volumes), texts));
        }

        @Override
        public Map<Region, String> texts(int index) {
            return Map.of();
        }

        @Override
        public Optional<StudyVolumes.Voxels> global(int index) {
            return study(index).map(study -> study.volumes().global());
        }

        private StudyVolumes.Voxels voxels(RandomGenerator random) {
            float[] values = new float[SIZE.voxels()];
            for (int i = 0; i < values.length; i++) {
                values[i] = scale * random.nextFloat();
            }
            return new StudyVolumes.Voxels(SIZE, values);
        }
    }

    private static final StudySource STUDIES = new Noise(5, 1);

    private record Made(long step, double loss, double gradientNorm, double rate) {}

    private record Outcome(Map<String, float[]> weights, List<Made> steps, double before, double after) {}

    /** Trains up to each of these steps in turn, each time a fresh program with the folder of the one before. */
    private static Outcome train(String name, long... stops) throws IOException {
        var weights = new LinkedHashMap<String, float[]>();
        var steps = new ArrayList<Made>();
        double before = 0;
        double after = 0;
        for (long stop : stops) {
            try (LoadedModel loaded = ModelFolder.load(folder.resolve("model"))) {
                var stage = new ReferringStage(List.of(loaded), STUDIES, SETTINGS, SEED);
                var validation = new ReferringValidation(stage, STUDIES, 5, TextJudge.NONE);
                before = loss(validation);
                stage.run(folder.resolve(name), stop, (s, l, n, r) -> steps.add(new Made(s, l, n, r)));
                after = loss(validation);
                stage.model().weights().forEach((key, tensor) -> weights.put(key, Tensors.toFloats(tensor)));
            }
        }
        return new Outcome(weights, steps, before, after);
    }

    private static double loss(ReferringValidation validation) throws IOException {
        return Objects.requireNonNull(validation.now().scores().get("loss"));
    }

    @Test
    void aResumedRunEqualsAStraightOneAndTheLossFalls() throws Exception {
        Outcome straight = train("straight", 7);
        Outcome resumed = train("resumed", 2, 3, 7);
        assertThat(resumed.steps()).isEqualTo(straight.steps());
        straight.weights()
                .forEach((name, values) ->
                        assertThat(resumed.weights().get(name)).as(name).isEqualTo(values));
        assertThat(straight.after()).isLessThan(straight.before());
        assertThat(straight.steps().stream().map(Made::rate).limit(4)).containsExactly(0.0, 1.5e-3, 3e-3, 3e-3);
        assertThat(straight.steps()).hasSize(7).allMatch(made -> made.gradientNorm() > 0);
    }

    /** Steps up to each of these in turn, each time on other devices; what was made and how far the weights came. */
    private static Outcome trainOn(String name, List<String> devices, long... stops) throws IOException {
        var weights = new LinkedHashMap<String, float[]>();
        var steps = new ArrayList<Made>();
        for (int i = 0; i < stops.length; i++) {
            var settings = on(devices.get(i), 6);
            try (LoadedModel loaded = ModelFolder.load(folder.resolve("model"))) {
                var models = java.util.Collections.nCopies(settings.devices().size(), loaded);
                var stage = new ReferringStage(models, STUDIES, settings, SEED);
                stage.run(folder.resolve(name), stops[i], (s, l, n, r) -> steps.add(new Made(s, l, n, r)));
                stage.learned().forEach((key, tensor) -> weights.put(key, Tensors.toFloats(tensor)));
            }
        }
        return new Outcome(weights, steps, 0, 0);
    }

    @Test
    void severalDevicesTrainAsOne() throws Exception {
        Outcome one = trainOn("one", List.of("cpu"), 5);
        for (String devices : List.of("cpu,cpu", "cpu, cpu, cpu")) {
            Outcome several = trainOn("on " + devices, List.of(devices), 5);
            for (int s = 0; s < 5; s++) {
                assertThat(several.steps().get(s).loss())
                        .as("loss of step " + s + " on " + devices)
                        .isCloseTo(one.steps().get(s).loss(), Percentage.withPercentage(0.01));
                assertThat(several.steps().get(s).gradientNorm())
                        .isCloseTo(one.steps().get(s).gradientNorm(), Percentage.withPercentage(0.1));
            }
            one.weights()
                    .forEach((name, values) -> assertThat(Golden.nmse(
                                    Objects.requireNonNull(several.weights().get(name)), values))
                            .as(name + " on " + devices)
                            .isLessThan(1e-6));
        }
    }

    @Test
    void aRunOnTwoDevicesIsTheSameEachTimeAndMayGoOnOnOne() throws Exception {
        Outcome straight = trainOn("two", List.of("cpu,cpu"), 5);
        Outcome resumed = trainOn("two resumed", List.of("cpu,cpu", "cpu,cpu"), 3, 5);
        straight.weights()
                .forEach((name, values) ->
                        assertThat(resumed.weights().get(name)).as(name).isEqualTo(values));
        Outcome moved = trainOn("two then one", List.of("cpu,cpu", "cpu"), 3, 5);
        assertThat(moved.steps().get(4).loss())
                .isCloseTo(straight.steps().get(4).loss(), Percentage.withPercentage(0.01));
    }

    @Test
    void eachDeviceKeepsItsShareOfTheOptimiser() throws Exception {
        try (LoadedModel loaded = ModelFolder.load(folder.resolve("model"))) {
            var replicas =
                    new Replicas(List.of(loaded, loaded), ReferringStep.Settings.PUBLISHED, AdamW.Moments.PUBLISHED);
            long all = replicas.trained().stream()
                    .mapToLong(t -> t.value().numel())
                    .sum();
            assertThat(replicas.kept(0) + replicas.kept(1)).isEqualTo(all);
            assertThat(replicas.kept(0)).isBetween(all * 2 / 5, all * 3 / 5);
            assertThat(replicas.state()).hasSize(2 * replicas.trained().size());
        }
    }

    @Test
    void devicesMustShareTheMicroBatchesEvenly() {
        assertThatThrownBy(() -> on("cpu,cpu", 3))
                .hasMessage("accumulation must be a multiple of the number of devices, 2, since each computes as many"
                        + " micro-batches, got 3");
    }

    @Test
    void frozenWeightsStayAndTheGivenModelIsNotTouched() throws Exception {
        try (LoadedModel loaded = ModelFolder.load(folder.resolve("model"))) {
            var before = new LinkedHashMap<String, float[]>();
            loaded.weights().forEach((name, tensor) -> before.put(name, Tensors.toFloats(tensor)));
            var stage = new ReferringStage(List.of(loaded), STUDIES, SETTINGS, SEED);
            stage.run(folder.resolve("once"), 2, (_, _, _, _) -> {});
            loaded.weights()
                    .forEach((name, tensor) ->
                            assertThat(Tensors.toFloats(tensor)).as(name).isEqualTo(before.get(name)));
            long changed = stage.model().weights().entrySet().stream()
                    .filter(e -> !Arrays.equals(Tensors.toFloats(e.getValue()), before.get(e.getKey())))
                    .count();
            assertThat(changed)
                    .isEqualTo(TrainedWeights.of(loaded.config(), loaded.weights())
                            .trained()
                            .size());
        }
    }

    @Test
    void whatCannotBeTrainedOnIsSaid() throws Exception {
        try (LoadedModel loaded = ModelFolder.load(folder.resolve("model"))) {
            assertThatThrownBy(() -> new ReferringStage(List.of(loaded), new Noise(0, 1), SETTINGS, SEED))
                    .isInstanceOf(InputException.class)
                    .hasMessageContaining("training studies: there is none");
            var endless = new ReferringStage(List.of(loaded), new Noise(2, Float.POSITIVE_INFINITY), SETTINGS, SEED);
            assertThatThrownBy(() -> endless.run(folder.resolve("endless"), 1, (_, _, _, _) -> {}))
                    .isInstanceOf(InputException.class)
                    .hasMessageContaining("step 0: the loss is NaN (expected a number)");
            assertThat(folder.resolve("endless")).doesNotExist();
            var broken = new ReferringStage(
                    List.of(loaded),
                    new Holes(1, _ -> {
                        throw new IOException("the disk is gone");
                    }),
                    SETTINGS,
                    SEED);
            assertThatThrownBy(() -> broken.run(folder.resolve("broken"), 1, (_, _, _, _) -> {}))
                    .isInstanceOf(IOException.class)
                    .hasMessage("the disk is gone");
        }
    }

    /** Which studies of noise can be used. */
    private interface Usable {
        boolean at(int index) throws IOException;
    }

    private record Holes(int size, Usable usable) implements StudySource {
        @Override
        public Optional<Study> study(int index) throws IOException {
            return usable.at(index) ? STUDIES.study(index) : Optional.empty();
        }

        @Override
        public Map<Region, String> texts(int index) {
            return Map.of();
        }

        @Override
        public Optional<StudyVolumes.Voxels> global(int index) {
            return Optional.empty();
        }
    }

    /** A study that cannot be read is replaced by the next one, so that the others are drawn as ever. */
    @Test
    void aHoleCostsNothingElse() throws Exception {
        try (LoadedModel loaded = ModelFolder.load(folder.resolve("model"))) {
            var losses = new ArrayList<List<Double>>();
            for (StudySource source : List.of(new Holes(5, index -> index == 2), new Holes(5, index -> index == 2))) {
                var stage = new ReferringStage(List.of(loaded), source, SETTINGS, SEED);
                var made = new ArrayList<Double>();
                stage.run(folder.resolve("holes" + losses.size()), 2, (_, loss, _, _) -> made.add(loss));
                losses.add(made);
            }
            assertThat(losses.getFirst()).hasSize(2).isEqualTo(losses.getLast());
            var empty = new ReferringStage(List.of(loaded), new Holes(5, _ -> false), SETTINGS, SEED);
            assertThatThrownBy(() -> empty.run(folder.resolve("empty"), 1, (_, _, _, _) -> {}))
                    .isInstanceOf(InputException.class)
                    .hasMessageContaining("training studies: none of the 5 can be used; see what was left out");
        }
    }

    /** Frozen weights in bfloat16, masters of the trained ones in float32: steps too small for bfloat16 are not lost. */
    @Test
    void bfloat16IsTrainedOnFloat32Masters() throws Exception {
        try (LoadedModel loaded = ModelFolder.load(folder.resolve("model"))) {
            var half = new StartModel(loaded.config(), loaded.weights(), loaded.vocabulary())
                    .loaded(Precision.BFLOAT16, Torch.device("cpu"));
            var settings = settings(Optional.of(2L), Optional.empty(), Optional.of(2L), Optional.of("bfloat16"));
            var stage = new ReferringStage(List.of(half), STUDIES, settings, SEED);
            stage.run(
                    folder.resolve("half"),
                    2,
                    (_, loss, _, _) -> assertThat(loss).isFinite());
            stage.model()
                    .weights()
                    .forEach((name, tensor) -> assertThat(tensor.scalar_type().intern())
                            .as(name)
                            .isEqualTo(Precision.BFLOAT16.scalarType()));
            var learned = stage.learned();
            assertThat(learned)
                    .hasSize(TrainedWeights.of(loaded.config(), loaded.weights())
                            .trained()
                            .size());
            long finer = learned.values().stream()
                    .filter(master -> !Arrays.equals(
                            Tensors.toFloats(master), Tensors.toFloats(master.to(Precision.BFLOAT16.scalarType()))))
                    .count();
            assertThat(finer).isGreaterThan(learned.size() / 2);
        }
    }

    @Test
    void epochsAreCountedInSteps() {
        var epochs = settings(Optional.empty(), Optional.of(3), Optional.empty(), Optional.empty());
        assertThat(epochs.steps(10)).isEqualTo(7); // 30 studies, 4 a step
        assertThat(epochs.checkpointEvery(10)).isEqualTo(2);
        assertThat(epochs.steps(1)).isEqualTo(1);
        assertThat(SETTINGS.steps(10)).isEqualTo(7);
        assertThat(SETTINGS.checkpointEvery(10)).isEqualTo(3);
        assertThatThrownBy(() -> settings(Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty()))
                .hasMessage("give either steps or epochs");
    }

    @Test
    void aStudyNeedsATextForEachOfItsVolumes() {
        var study = new Noise(5, 1).study(1).orElseThrow();
        assertThatThrownBy(() -> new StudySource.Study("study", study.volumes(), List.of()))
                .hasMessageContaining("but texts of []");
    }
}
