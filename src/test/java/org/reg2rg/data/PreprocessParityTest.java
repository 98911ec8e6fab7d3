package org.reg2rg.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalDouble;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.reg2rg.SharedFolder;
import org.reg2rg.Tolerance;
import org.reg2rg.core.InputException;
import org.reg2rg.core.Json;
import org.reg2rg.ct.CtLoader;
import org.reg2rg.ct.CtVolume;
import org.reg2rg.ct.GridSize;
import org.reg2rg.ct.MaskLoader;
import org.reg2rg.ct.Region;
import org.reg2rg.ct.RegionMasks;
import org.reg2rg.ct.VoxelBox;
import org.reg2rg.tensor.weights.WeightFiles;
import org.reg2rg.tensor.weights.WeightSource;
import tools.jackson.databind.JsonNode;

/** The published data set class, run on made and on real studies, against ours: every box, every sampled value. */
class PreprocessParityTest {
    private static final GridSize SIZE = InputSpec.PUBLISHED.volume();
    private static final int[] SAMPLE_STEP = {7, 7, 3};

    @TempDir
    Path folder;

    @ParameterizedTest
    @ValueSource(strings = {"train_1_a_1", "train_2_b_1"})
    void madeStudiesEqualThePublishedPreprocessing(String study) throws IOException {
        Path parity = SharedFolder.require("parity/preprocess");
        compare(parity, study, apply(parity.resolve("data"), study));
    }

    @Test
    void theRealStudyEqualsThePublishedPreprocessing() throws IOException {
        Path parity = SharedFolder.require("parity/preprocess");
        Path derived = SharedFolder.require("data/ct/LUNG1-001/derived");
        CtVolume ct = CtLoader.load(derived.resolve("ct_half_inplane.nii.gz")).volume();
        Files.writeString(
                folder.resolve("table.csv"), "half_mask_Lung-Left.nii.gz,lung\nhalf_mask_Lung-Right.nii.gz,lung\n");
        var options = new MaskLoader.Options(Optional.of(folder.resolve("table.csv")), OptionalDouble.empty());
        RegionMasks masks = MaskLoader.load(derived, ct.grid(), options);
        StudyInput input = new StudyPreprocessor(InputSpec.PUBLISHED).apply("LUNG1", ct, masks);
        compare(parity, "LUNG1_001_1", input);
    }

    @Test
    void whatStopsThePublishedCodeIsSaid() throws IOException {
        Path edge = SharedFolder.require("parity/preprocess/edge");
        assertThat(apply(edge, "train_3_c_1").dropped())
                .containsExactly(
                        Map.entry(Region.LUNG, "nothing in its mask is denser than air: no voxel is above -1000 HU"));
        assertThatThrownBy(() -> apply(edge, "train_4_d_1"))
                .isInstanceOf(InputException.class)
                .hasMessageContaining("every region mask is empty (2 of 2)");
        assertThatThrownBy(() -> apply(edge, "train_6_f_1"))
                .isInstanceOf(InputException.class)
                .hasMessageContaining("no voxel is above -1000 HU");
        assertThat(apply(edge, "train_5_e_1").regions()).containsOnlyKeys(Region.HEART);
        // The test class, in float32, is what we follow: the training class finds one slice more.
        assertThat(Objects.requireNonNull(apply(edge, "train_7_g_1").regions().get(Region.HEART))
                        .box())
                .isEqualTo(new VoxelBox(8, 8, 4, 14, 15, 9));
    }

    private static StudyInput apply(Path data, String study) throws IOException {
        String accession = study.substring(0, study.lastIndexOf('_'));
        String patient = accession.substring(0, accession.lastIndexOf('_'));
        CtVolume ct = CtLoader.load(data.resolve("images/" + patient + "/" + accession + "/" + study + ".nii.gz"))
                .volume();
        RegionMasks masks = MaskLoader.load(data.resolve("masks/seg_" + study), ct.grid(), MaskLoader.Options.NONE);
        return new StudyPreprocessor(InputSpec.PUBLISHED).apply(study, ct, masks);
    }

    private static void compare(Path parity, String study, StudyInput input) throws IOException {
        JsonNode expected =
                Json.read(parity.resolve("expected.json")).get("studies").get(study);
        var volumes = new LinkedHashMap<String, float[]>();
        var boxes = new LinkedHashMap<String, VoxelBox>();
        volumes.put("image", input.global());
        boxes.put("image", input.globalBox());
        input.regions().forEach((region, part) -> {
            volumes.put("region." + region.datasetName(), part.texture());
            volumes.put("mask." + region.datasetName(), part.mask());
            boxes.put(region.datasetName(), part.box());
        });
        // The published class makes the mask volume of an empty mask, too, and uses it nowhere.
        input.dropped().keySet().forEach(region -> volumes.put("mask." + region.datasetName(), zeros()));
        expected.get("boxes").properties().forEach(entry -> {
            VoxelBox box = Objects.requireNonNull(boxes.remove(entry.getKey()));
            assertThat(box.start())
                    .as(entry.getKey())
                    .containsExactly(numbers(entry.getValue().get("start")));
            assertThat(box.end())
                    .as(entry.getKey())
                    .containsExactly(numbers(entry.getValue().get("end")));
        });
        assertThat(boxes).isEmpty();
        try (WeightSource golden = WeightFiles.open(parity.resolve(study + ".safetensors"))) {
            expected.get("volumes").properties().forEach(entry -> {
                float[] volume = Objects.requireNonNull(volumes.remove(entry.getKey()));
                Tolerance.PREPROCESSED.check(entry.getKey(), sampled(volume), golden.floats(entry.getKey()));
                checkStatistics(entry.getKey(), volume, entry.getValue());
            });
        }
        assertThat(volumes).isEmpty();
    }

    private static void checkStatistics(String name, float[] volume, JsonNode expected) {
        double sum = 0;
        double squares = 0;
        float min = Float.MAX_VALUE;
        float max = -Float.MAX_VALUE;
        for (float v : volume) {
            sum += v;
            squares += (double) v * v;
            min = Math.min(min, v);
            max = Math.max(max, v);
        }
        double mean = sum / volume.length;
        assertThat(mean).as(name).isCloseTo(expected.get("mean").asDouble(), Tolerance.STATISTICS.offset());
        assertThat(Math.sqrt(Math.max(0, squares / volume.length - mean * mean)))
                .as(name)
                .isCloseTo(expected.get("std").asDouble(), Tolerance.PREPROCESSED.offset());
        assertThat((double) min).isCloseTo(expected.get("min").asDouble(), Tolerance.PREPROCESSED.offset());
        assertThat((double) max).isCloseTo(expected.get("max").asDouble(), Tolerance.PREPROCESSED.offset());
    }

    private static float[] zeros() {
        return new float[SIZE.voxels()];
    }

    private static float[] sampled(float[] volume) {
        int[] n = new int[3];
        for (int axis = 0; axis < 3; axis++) {
            n[axis] = (SIZE.along(axis) + SAMPLE_STEP[axis] - 1) / SAMPLE_STEP[axis];
        }
        float[] sample = new float[n[0] * n[1] * n[2]];
        for (int i = 0; i < sample.length; i++) {
            int x = i / (n[1] * n[2]) * SAMPLE_STEP[0];
            int y = i / n[2] % n[1] * SAMPLE_STEP[1];
            int z = i % n[2] * SAMPLE_STEP[2];
            sample[i] = volume[(x * SIZE.y() + y) * SIZE.z() + z];
        }
        return sample;
    }

    private static int[] numbers(JsonNode array) {
        return array.valueStream().mapToInt(JsonNode::asInt).toArray();
    }
}
