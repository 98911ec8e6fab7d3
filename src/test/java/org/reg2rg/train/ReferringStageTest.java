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
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.reg2rg.core.InputException;
import org.reg2rg.ct.GridSize;
import org.reg2rg.ct.Region;
import org.reg2rg.model.LoadedModel;
import org.reg2rg.model.ModelFolder;
import org.reg2rg.model.StudyVolumes;
import org.reg2rg.model.TinyModel;
import org.reg2rg.tensor.Tensors;

class ReferringStageTest {
    private static final GridSize SIZE = new GridSize(32, 32, 16);
    private static final ReferringStage.Settings SETTINGS =
            new ReferringStage.Settings(7, 2, 2, 3e-3, 2, 1, true, true, 1500, 3);
    private static final long SEED = 9;

    @TempDir
    @SuppressWarnings("NullAway.Init")
    private static Path folder;

    @BeforeAll
    static void make() throws Exception {
        TinyModel.create(folder.resolve("model"), 1);
    }

    /** Studies of noise with one to three regions. */
    private record Noise(int size, float scale) implements StudySource {
        @Override
        public Study study(int index) {
            var random = new Draws(3).of("study", index);
            List<Region> regions = List.of(Region.values()).subList(index % 4, index % 4 + 1 + index % 3);
            var volumes = regions.stream()
                    .map(r -> new StudyVolumes.RegionVolumes(r, voxels(random), voxels(random)))
                    .toList();
            var texts = regions.stream()
                    .map(r -> new RegionText(r, "The " + r.datasetName() + " is of natural size."))
                    .toList();
            return new Study(new StudyVolumes(voxels(random), volumes), texts);
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
                var stage = new ReferringStage(loaded, STUDIES, SETTINGS, SEED);
                before = stage.validate(STUDIES);
                stage.run(folder.resolve(name), stop, (s, l, n, r) -> steps.add(new Made(s, l, n, r)));
                after = stage.validate(STUDIES);
                stage.model().weights().forEach((key, tensor) -> weights.put(key, Tensors.toFloats(tensor)));
            }
        }
        return new Outcome(weights, steps, before, after);
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

    @Test
    void frozenWeightsStayAndTheGivenModelIsNotTouched() throws Exception {
        try (LoadedModel loaded = ModelFolder.load(folder.resolve("model"))) {
            var before = new LinkedHashMap<String, float[]>();
            loaded.weights().forEach((name, tensor) -> before.put(name, Tensors.toFloats(tensor)));
            var stage = new ReferringStage(loaded, STUDIES, SETTINGS, SEED);
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
            assertThatThrownBy(() -> new ReferringStage(loaded, new Noise(0, 1), SETTINGS, SEED))
                    .isInstanceOf(InputException.class)
                    .hasMessageContaining("training studies: there is none");
            var endless = new ReferringStage(loaded, new Noise(2, Float.POSITIVE_INFINITY), SETTINGS, SEED);
            assertThatThrownBy(() -> endless.run(folder.resolve("endless"), 1, (_, _, _, _) -> {}))
                    .isInstanceOf(InputException.class)
                    .hasMessageContaining("step 0: the loss is NaN (expected a number)");
            assertThat(folder.resolve("endless")).doesNotExist();
            var broken = new ReferringStage(
                    loaded,
                    new StudySource() {
                        @Override
                        public int size() {
                            return 1;
                        }

                        @Override
                        public Study study(int index) throws IOException {
                            throw new IOException("the disk is gone");
                        }
                    },
                    SETTINGS,
                    SEED);
            assertThatThrownBy(() -> broken.run(folder.resolve("broken"), 1, (_, _, _, _) -> {}))
                    .isInstanceOf(IOException.class)
                    .hasMessage("the disk is gone");
        }
    }

    @Test
    void aStudyNeedsATextForEachOfItsVolumes() {
        var study = new Noise(5, 1).study(1);
        assertThatThrownBy(() -> new StudySource.Study(study.volumes(), List.of()))
                .hasMessageContaining("but texts of []");
    }
}
