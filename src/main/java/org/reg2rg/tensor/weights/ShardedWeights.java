package org.reg2rg.tensor.weights;

import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.reg2rg.core.InputException;
import org.reg2rg.core.Json;
import tools.jackson.databind.JsonNode;

/** Several weight files with an index, as Hugging Face folders have them: seen as one source. */
final class ShardedWeights implements WeightSource {
    private final Path index;
    private final Map<String, WeightSource> shards = new LinkedHashMap<>();
    private final Map<String, WeightSource> places = new LinkedHashMap<>();

    private ShardedWeights(Path index) {
        this.index = index;
    }

    /** Opens every shard that {@code index} (…index.json) names. */
    static WeightSource open(Path index) throws IOException {
        var weights = new ShardedWeights(index);
        try {
            weights.openAll();
            return weights;
        } catch (IOException | RuntimeException e) {
            weights.close();
            throw e;
        }
    }

    private void openAll() throws IOException {
        JsonNode map = Json.read(index).path("weight_map");
        if (!map.isObject() || map.isEmpty()) {
            throw bad("has no weight_map");
        }
        for (Map.Entry<String, JsonNode> item : map.properties()) {
            String tensor = item.getKey();
            String shard = item.getValue().asString("");
            WeightSource source = shards.get(shard);
            if (source == null) {
                source = openShard(shard);
                shards.put(shard, source);
            }
            if (source.find(tensor).isEmpty()) {
                throw bad("says that tensor '" + tensor + "' is in the shard " + shard + ", but it is not there");
            }
            places.put(tensor, source);
        }
        for (WeightSource source : shards.values()) {
            for (WeightEntry entry : source.entries()) {
                if (!places.containsKey(entry.name())) {
                    throw bad("does not name tensor '" + entry.name() + "' of " + source.subject());
                }
            }
        }
    }

    private WeightSource openShard(String shard) throws IOException {
        if (shard.isEmpty() || shard.startsWith(".") || shard.contains("/") || shard.contains("\\")) {
            throw bad("names the shard '" + shard + "'; a shard name must be a plain file name");
        }
        Path file = index.resolveSibling(shard);
        if (!Files.isRegularFile(file)) {
            throw bad("names the shard " + shard + ", which is missing from its folder");
        }
        return WeightFiles.open(file);
    }

    private InputException bad(String problem) {
        return new InputException(index.toString(), problem, "download or write the folder again");
    }

    @Override
    public String subject() {
        return index.toString();
    }

    @Override
    public List<Path> files() {
        var files = new ArrayList<Path>(List.of(index));
        shards.values().forEach(shard -> files.addAll(shard.files()));
        return files;
    }

    @Override
    public List<WeightEntry> entries() {
        var entries = new ArrayList<WeightEntry>();
        places.forEach((name, source) -> entries.add(placed(source, source.entry(name))));
        return entries;
    }

    @Override
    public Optional<WeightEntry> find(String name) {
        WeightSource source = places.get(name);
        return source == null ? Optional.empty() : source.find(name).map(entry -> placed(source, entry));
    }

    /** Storages of different shards are different even where their names are equal. */
    private static WeightEntry placed(WeightSource shard, WeightEntry entry) {
        return new WeightEntry(
                entry.name(),
                entry.type(),
                entry.shape(),
                entry.strides(),
                entry.offset(),
                shard.subject() + "#" + entry.storage());
    }

    @Override
    public MemorySegment bytes(String name) {
        WeightSource source = places.get(name);
        if (source == null) {
            entry(name); // throws, with the nearest name
            throw new IllegalStateException(name);
        }
        return source.bytes(name);
    }

    @Override
    public void close() {
        shards.values().forEach(WeightSource::close);
    }
}
