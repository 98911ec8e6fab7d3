package org.reg2rg.train;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.reg2rg.cohort.Phantom;
import org.reg2rg.cohort.PhantomStudy;
import org.reg2rg.ct.Region;
import org.reg2rg.data.ModelGrid;
import org.reg2rg.data.StudyInput;
import org.reg2rg.data.StudyPreprocessor;
import org.reg2rg.tensor.Precision;
import org.reg2rg.tensor.Tensors;

class VisionStageTest {
    private static final int STUDIES = 4;

    @TempDir
    @SuppressWarnings("NullAway.Init")
    private static Path folder;

    private final CropLayout layout = SmallCohort.layout();

    @BeforeAll
    static void drawTheStudies() throws Exception {
        SmallCohort.build(folder, STUDIES / 2);
    }

    @Test
    void anInterruptedBuildGoesOnBehindWhatIsWhole() throws Exception {
        Path crops = folder.resolve(CropFile.CROPS);
        Files.write(crops, new byte[7], java.nio.file.StandardOpenOption.APPEND); // half a record
        SmallCohort.build(folder, STUDIES);
        byte[] resumed = Files.readAllBytes(crops);
        Files.delete(crops);
        SmallCohort.build(folder, STUDIES);
        assertThat(resumed).isEqualTo(Files.readAllBytes(crops));
    }

    @Test
    void aRecordHoldsWhatTheModelReads() throws Exception {
        SmallCohort.build(folder, STUDIES);
        PhantomStudy phantom = Phantom.generate(SmallCohort.SEED, 1, SmallCohort.SIZE);
        ModelGrid.Placed placed = SmallCohort.GRID.place("", phantom.volume(), phantom.masks(), ModelGrid.Choice.AUTO);
        StudyInput input = new StudyPreprocessor(layout.spec()).apply("", placed.ct(), placed.masks());
        try (CropFile file = CropFile.open(layout, folder)) {
            float[] lung = new float[layout.size(CropLayout.crop(Region.LUNG)).voxels()];
            file.texture(1, CropLayout.crop(Region.LUNG), lung, 0);
            float[] heart = new float[layout.spec().mask().voxels()];
            file.mask(1, Region.HEART, heart, 0);
            assertNear(lung, requireNonNull(input.regions().get(Region.LUNG)).texture(), 1 / 127.5f);
            assertNear(heart, requireNonNull(input.regions().get(Region.HEART)).mask(), 1 / 255f);
            assertThat(file.facts(1)).isEqualTo(StudyFacts.of(phantom));
        }
    }

    private static void assertNear(float[] got, float[] expected, float step) {
        assertThat(got).hasSameSizeAs(expected);
        for (int i = 0; i < got.length; i++) {
            assertThat(Math.abs(got[i] - expected[i])).isLessThanOrEqualTo(0.51f * step);
        }
    }

    @Test
    void aResumedRunEqualsAStraightOneAndTheLossFalls() throws Exception {
        SmallCohort.build(folder, STUDIES);
        var losses = new ArrayList<Double>();
        Map<String, float[]> straight = train("straight", List.of(12L), losses);
        Map<String, float[]> resumed = train("resumed", List.of(5L, 12L), new ArrayList<>());
        straight.forEach(
                (name, values) -> assertThat(resumed.get(name)).as(name).containsExactly(values));
        assertThat(losses.getLast()).isLessThan(losses.getFirst());
    }

    /** Trains up to each of these steps in turn, each time from the checkpoint before. */
    private Map<String, float[]> train(String name, List<Long> stops, List<Double> losses) throws Exception {
        Map<String, float[]> result = new LinkedHashMap<>();
        for (long stop : stops) {
            var weights = SmallCohort.weights();
            try (CropFile data = CropFile.open(layout, folder)) {
                var settings = new VisionStage.Settings(
                        Sees.REGIONS,
                        12,
                        2,
                        2,
                        3e-3,
                        2,
                        3,
                        0.01,
                        1,
                        stop,
                        Optional.empty(),
                        Optional.empty(),
                        Optional.of(2.0));
                new VisionStage(new VisionNetwork(SmallCohort.config(), weights, Precision.FLOAT32), data, settings, 9)
                        .run(folder.resolve(name), stop, (step, loss, norm, rate) -> losses.add(loss));
            }
            weights.forEach((key, tensor) -> result.put(key, Tensors.toFloats(tensor)));
        }
        return result;
    }
}
