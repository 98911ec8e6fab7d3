package org.reg2rg.model;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.LongStream;
import org.bytedeco.pytorch.Tensor;
import org.reg2rg.tensor.Tensors;
import org.reg2rg.tensor.weights.SafetensorsWriter;
import org.reg2rg.tensor.weights.WeightOutput;

/**
 * The inner values of one report, for comparison with another implementation: inputs, visual tokens, embeddings, logits
 * and ids. Copies what it is shown.
 */
public final class Trace {
    private final List<WeightOutput> tensors = new ArrayList<>();

    void floats(String name, Tensor value) {
        List<Long> shape = LongStream.of(value.sizes().vec().get()).boxed().toList();
        tensors.add(WeightOutput.floats(name, shape, Tensors.toFloats(value)));
    }

    void floats(String name, float[] values) {
        tensors.add(WeightOutput.floats(name, List.of((long) values.length), values.clone()));
    }

    void volume(String name, StudyVolumes.Voxels voxels) {
        long channels = voxels.values().length / voxels.size().voxels();
        tensors.add(WeightOutput.floats(
                name,
                List.of(channels, (long) voxels.size().x(), (long) voxels.size().y(), (long)
                        voxels.size().z()),
                voxels.values()));
    }

    void ids(String name, int[] ids) {
        tensors.add(WeightOutput.longs(
                name,
                List.of((long) ids.length),
                Arrays.stream(ids).asLongStream().toArray()));
    }

    /** Names of what was seen, in order. */
    public List<String> names() {
        return tensors.stream().map(WeightOutput::name).toList();
    }

    /** Writes a safetensors file, whole or not at all. */
    public void write(Path file) throws IOException {
        SafetensorsWriter.write(file, Map.of("format", "pt"), tensors);
    }
}
