package org.reg2rg.data;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.reg2rg.Tolerance;
import org.reg2rg.core.Json;
import org.reg2rg.ct.CtLoader;
import org.reg2rg.ct.CtVolume;
import org.reg2rg.ct.GridSize;
import org.reg2rg.ct.LoadedCt;
import org.reg2rg.ct.MaskLoader;
import org.reg2rg.ct.Region;
import org.reg2rg.ct.RegionMasks;
import org.reg2rg.ct.VoxelBox;
import org.reg2rg.tensor.weights.WeightFiles;
import org.reg2rg.tensor.weights.WeightSource;
import tools.jackson.databind.JsonNode;

/** What nibabel and monai make of a made-up study (tools/golden/ct_preprocess.py), against ours. */
class PreprocessGoldenTest {
    private static final Path GOLDEN = Path.of("src/test/resources/org/reg2rg/ct/golden");
    private static final InputSpec SPEC = InputSpec.of(new GridSize(12, 16, 10));

    @Test
    void aStudyIsPreprocessedAsMonaiDoes() throws IOException {
        CtVolume ct = CtLoader.load(GOLDEN.resolve("study/ct.nii.gz")).volume();
        RegionMasks masks = MaskLoader.load(GOLDEN.resolve("study/masks"), ct.grid(), MaskLoader.Options.NONE);
        StudyInput input = new StudyPreprocessor(SPEC).apply("study", ct, masks);
        assertThat(input.dropped()).containsExactly(Map.entry(Region.PLEURA, "its mask is empty"));
        var volumes = new LinkedHashMap<String, float[]>();
        var boxes = new LinkedHashMap<String, VoxelBox>();
        volumes.put("image", input.global());
        boxes.put("image", input.globalBox());
        input.regions().forEach((region, part) -> {
            volumes.put("texture." + region.datasetName(), part.texture());
            volumes.put("mask." + region.datasetName(), part.mask());
            boxes.put(region.datasetName(), part.box());
        });
        assertThat(volumes).hasSize(11);
        try (WeightSource golden = WeightFiles.open(GOLDEN.resolve("expected.safetensors"))) {
            volumes.forEach((name, volume) -> Tolerance.PREPROCESSED.check(name, volume, golden.floats(name)));
        }
        JsonNode expected = Json.read(GOLDEN.resolve("expected.json")).get("boxes");
        assertThat(expected.size()).isEqualTo(boxes.size());
        boxes.forEach((name, box) -> {
            JsonNode node = Objects.requireNonNull(expected.get(name));
            assertThat(box.start()).as(name).containsExactly(numbers(node.get("start")));
            assertThat(box.end()).as(name).containsExactly(numbers(node.get("end")));
        });
    }

    @Test
    void theGridIsAsMonaiMakesIt() throws IOException {
        CtVolume ct = CtLoader.load(GOLDEN.resolve("study/ct.nii.gz")).volume();
        CtVolume placed = new ModelGrid(3, 3, 4)
                .place("ct", ct, new RegionMasks(new LinkedHashMap<>(), Map.of()), ModelGrid.Choice.AUTO)
                .ct();
        GridSize size = placed.size();
        float[] rowMajor = new float[size.voxels()];
        for (int n = 0; n < rowMajor.length; n++) {
            int x = n / (size.y() * size.z());
            rowMajor[n] = placed.at(x, n / size.z() % size.y(), n % size.z());
        }
        try (WeightSource golden = WeightFiles.open(GOLDEN.resolve("expected.safetensors"))) {
            assertThat(golden.entry("grid").shape()).containsExactly((long) size.x(), (long) size.y(), (long) size.z());
            Tolerance.HOUNSFIELD.check("grid", rowMajor, golden.floats("grid"));
        }
    }

    @Test
    void everyFormOfNiftiIsReadAsNibabelReadsIt() throws IOException {
        JsonNode forms = Json.read(GOLDEN.resolve("expected.json")).get("nifti");
        assertThat(forms.size()).isEqualTo(15);
        for (Map.Entry<String, JsonNode> form : forms.properties()) {
            LoadedCt loaded = CtLoader.load(GOLDEN.resolve("nifti").resolve(form.getKey()));
            assertThat(loaded.volume().size()).isEqualTo(new GridSize(4, 3, 2));
            assertThat(loaded.volume().grid().toWorld().m())
                    .as(form.getKey())
                    .containsExactly(reals(form.getValue().get("affine")), Tolerance.MILLIMETRES.offset());
            double[] values = reals(form.getValue().get("values"));
            for (int n = 0; n < values.length; n++) {
                assertThat(loaded.volume().hu()[n]).as(form.getKey()).isEqualTo((float) values[n]);
            }
        }
    }

    private static int[] numbers(JsonNode array) {
        return array.valueStream().mapToInt(JsonNode::asInt).toArray();
    }

    private static double[] reals(JsonNode array) {
        return array.valueStream().mapToDouble(JsonNode::asDouble).toArray();
    }
}
