package org.reg2rg.tensor.weights;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.SequencedMap;
import org.reg2rg.core.AtomicFiles;

/**
 * Writes what Python's {@code torch.load} reads as an OrderedDict of tensors. Data is pulled tensor by tensor; equal
 * input gives equal bytes.
 */
public final class TorchZipWriter {
    private static final String ROOT = "archive/";

    private TorchZipWriter() {}

    /**
     * Writes {@code file} whole or not at all.
     *
     * @param tensors key to tensor, in the order of the dictionary; keys whose tensors have the same
     *     {@link WeightOutput#name()} share one storage, which is written once
     */
    public static void write(Path file, SequencedMap<String, WeightOutput> tensors) throws IOException {
        AtomicFiles.writePath(file, place -> {
            try (var zip = new ZipWriter(place)) {
                write(zip, tensors);
            }
        });
    }

    private static void write(ZipWriter zip, SequencedMap<String, WeightOutput> tensors) throws IOException {
        var storages = new LinkedHashMap<String, WeightOutput>();
        var keys = new LinkedHashMap<String, String>();
        var pickle = new PickleWriter();
        for (Map.Entry<String, WeightOutput> item : tensors.entrySet()) {
            WeightOutput tensor = item.getValue();
            String key = keys.computeIfAbsent(tensor.name(), _ -> Integer.toString(keys.size()));
            storages.putIfAbsent(key, tensor);
            pickle.tensor(item.getKey(), tensor.type(), tensor.shape(), key);
        }
        add(zip, "data.pkl", pickle.finish());
        add(zip, "byteorder", "little".getBytes(StandardCharsets.US_ASCII));
        for (Map.Entry<String, WeightOutput> storage : storages.entrySet()) {
            WeightOutput tensor = storage.getValue();
            zip.add(ROOT + "data/" + storage.getKey(), tensor.byteSize(), tensor.data());
        }
        add(zip, "version", "3\n".getBytes(StandardCharsets.US_ASCII));
        zip.finish();
    }

    private static void add(ZipWriter zip, String name, byte[] bytes) throws IOException {
        zip.add(ROOT + name, bytes.length, out -> out.write(bytes));
    }
}
