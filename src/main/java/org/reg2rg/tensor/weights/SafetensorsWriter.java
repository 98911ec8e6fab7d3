package org.reg2rg.tensor.weights;

import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.reg2rg.core.AtomicFiles;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/**
 * Writes safetensors in a stream: header first, then each tensor's data pulled in turn. Wider types come first, so that
 * every tensor is aligned to its own size; otherwise the given order is kept. Equal input gives equal bytes.
 */
public final class SafetensorsWriter {
    private static final int HEADER_ALIGNMENT = 8;
    private static final JsonMapper COMPACT = new JsonMapper();

    private SafetensorsWriter() {}

    /** Writes {@code file} whole or not at all. */
    public static void write(Path file, Map<String, String> metadata, List<WeightOutput> tensors) throws IOException {
        AtomicFiles.write(file, out -> write(out, metadata, tensors));
    }

    /** Writes to a stream, which stays open. */
    public static void write(OutputStream out, Map<String, String> metadata, List<WeightOutput> tensors)
            throws IOException {
        List<WeightOutput> ordered = tensors.stream()
                .sorted(Comparator.comparingInt(
                        (WeightOutput tensor) -> -tensor.type().bytes()))
                .toList();
        byte[] header = header(metadata, ordered);
        out.write(ByteBuffer.allocate(8)
                .order(ByteOrder.LITTLE_ENDIAN)
                .putLong(header.length)
                .array());
        out.write(header);
        for (WeightOutput tensor : ordered) {
            writeExactly(tensor, out);
        }
    }

    /** Writes a tensor's data and checks that it is as long as its shape says. */
    static void writeExactly(WeightOutput tensor, OutputStream out) throws IOException {
        var counter = new CountingStream(out);
        tensor.data().writeTo(counter);
        if (counter.count != tensor.byteSize()) {
            throw new IllegalStateException("tensor '" + tensor.name() + "' wrote " + counter.count
                    + " bytes, its shape " + tensor.shape() + " needs " + tensor.byteSize());
        }
    }

    private static byte[] header(Map<String, String> metadata, List<WeightOutput> tensors) {
        ObjectNode header = COMPACT.createObjectNode();
        if (!metadata.isEmpty()) {
            ObjectNode notes = header.putObject(SafetensorsReader.METADATA);
            new TreeMap<>(metadata).forEach(notes::put);
        }
        var names = new HashSet<String>();
        long offset = 0;
        for (WeightOutput tensor : tensors) {
            if (!names.add(tensor.name())) {
                throw new IllegalArgumentException("tensor '" + tensor.name() + "' is given twice");
            }
            ObjectNode description = header.putObject(tensor.name());
            description.put("dtype", tensor.type().safetensorsName());
            var shape = description.putArray("shape");
            tensor.shape().forEach(shape::add);
            long end = offset + tensor.byteSize();
            description.putArray("data_offsets").add(offset).add(end);
            offset = end;
        }
        byte[] text = COMPACT.writeValueAsBytes(header);
        int padding = (HEADER_ALIGNMENT - text.length % HEADER_ALIGNMENT) % HEADER_ALIGNMENT;
        return (new String(text, StandardCharsets.UTF_8) + " ".repeat(padding)).getBytes(StandardCharsets.UTF_8);
    }

    /** Counts what passes through. */
    private static final class CountingStream extends FilterOutputStream {
        private long count;

        CountingStream(OutputStream out) {
            super(out);
        }

        @Override
        public void write(int value) throws IOException {
            out.write(value);
            count++;
        }

        @Override
        public void write(byte[] bytes, int start, int length) throws IOException {
            out.write(bytes, start, length);
            count += length;
        }
    }
}
