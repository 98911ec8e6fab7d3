package org.reg2rg.tensor.weights;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.reg2rg.core.Json;

/** Writes weights into a folder: one safetensors file, or shards with an index where one would be too large. */
public final class SafetensorsFolder {
    /** Shards stay below this; some file systems and hosts take no larger files. */
    public static final long MAX_SHARD_BYTES = 4_900_000_000L;

    private static final Map<String, String> METADATA = Map.of("format", "pt");

    private SafetensorsFolder() {}

    /** Writes {@code model.safetensors}, or {@code model-0000i-of-0000n.safetensors} with their index. */
    public static void write(Path folder, List<WeightOutput> tensors) throws IOException {
        write(folder, tensors, MAX_SHARD_BYTES);
    }

    static void write(Path folder, List<WeightOutput> tensors, long maxShardBytes) throws IOException {
        List<List<WeightOutput>> shards = shards(tensors, maxShardBytes);
        if (shards.size() == 1) {
            SafetensorsWriter.write(folder.resolve("model.safetensors"), METADATA, tensors);
            return;
        }
        var places = new LinkedHashMap<String, String>();
        long bytes = 0;
        for (int i = 0; i < shards.size(); i++) {
            String name = String.format(Locale.ROOT, "model-%05d-of-%05d.safetensors", i + 1, shards.size());
            SafetensorsWriter.write(folder.resolve(name), METADATA, shards.get(i));
            for (WeightOutput tensor : shards.get(i)) {
                places.put(tensor.name(), name);
                bytes += tensor.byteSize();
            }
        }
        var index = new LinkedHashMap<String, Object>();
        index.put("metadata", Map.of("total_size", bytes));
        index.put("weight_map", places);
        Json.write(folder.resolve("model.safetensors.index.json"), index);
    }

    private static List<List<WeightOutput>> shards(List<WeightOutput> tensors, long maxBytes) {
        List<List<WeightOutput>> shards = new ArrayList<>();
        shards.add(new ArrayList<>());
        long bytes = 0;
        for (WeightOutput tensor : tensors) {
            if (bytes > 0 && bytes + tensor.byteSize() > maxBytes) {
                shards.add(new ArrayList<>());
                bytes = 0;
            }
            shards.getLast().add(tensor);
            bytes += tensor.byteSize();
        }
        return shards;
    }
}
