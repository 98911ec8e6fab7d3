package org.reg2rg.model;

import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.bytedeco.pytorch.Tensor;
import org.reg2rg.Formula;
import org.reg2rg.SharedFolder;
import org.reg2rg.ct.GridSize;
import org.reg2rg.ct.Region;
import org.reg2rg.language.SentencePieceModel;
import org.reg2rg.tensor.Precision;
import org.reg2rg.tensor.weights.WeightFiles;
import org.reg2rg.tensor.weights.WeightSource;
import org.reg2rg.tensor.weights.WeightTensors;
import tools.jackson.databind.JsonNode;

/** The small model of the golden numbers of {@code parity/tiny}, and its inputs. */
public final class TinyParity {
    private static final GridSize SIZE = new GridSize(64, 64, 16);

    private TinyParity() {}

    public static ModelConfig config() {
        return TinyModel.publishedTwin();
    }

    /** The model of the published checkpoint file. */
    public static LoadedModel load(Precision precision, boolean merged) throws IOException {
        Map<String, Tensor> weights = new LinkedHashMap<>();
        try (WeightSource source = WeightFiles.open(SharedFolder.require("parity/tiny/pytorch_model.bin"))) {
            for (Parameter parameter : ParameterTable.of(config()).all()) {
                weights.put(parameter.name(), WeightTensors.tensor(source, parameter.name(), precision.scalarType()));
            }
        }
        return LoadedModel.of(config().withDtype(precision), weights, tokenizer(), merged);
    }

    public static SentencePieceModel tokenizer() throws IOException {
        return SentencePieceModel.read(SharedFolder.require("parity/tiny/llama/tokenizer.model"));
    }

    /** The volumes of an item, its regions in the order of the slots. */
    public static StudyVolumes study(String item, List<Region> slots) {
        List<StudyVolumes.RegionVolumes> regions = new ArrayList<>();
        for (Region region : slots) {
            regions.add(new StudyVolumes.RegionVolumes(
                    region,
                    voxels("input." + item + ".region." + region.datasetName()),
                    voxels("input." + item + ".mask." + region.datasetName())));
        }
        return new StudyVolumes(voxels("input." + item + ".image"), regions);
    }

    private static StudyVolumes.Voxels voxels(String name) {
        return new StudyVolumes.Voxels(SIZE, Formula.values(name, 1, SIZE.x(), SIZE.y(), SIZE.z()));
    }

    /** The value of {@code region2area}: the region of each slot. */
    public static List<Region> slots(JsonNode region2area) {
        List<Region> slots = new ArrayList<>();
        for (int slot = 0; slot < region2area.size(); slot++) {
            slots.add(Region.parse(
                    "region2area", region2area.get(Integer.toString(slot)).asString()));
        }
        return slots;
    }

    public static int[] ints(JsonNode array) {
        int[] values = new int[array.size()];
        for (int i = 0; i < values.length; i++) {
            values[i] = array.get(i).asInt();
        }
        return values;
    }
}
