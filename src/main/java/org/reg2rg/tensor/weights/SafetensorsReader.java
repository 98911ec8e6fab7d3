package org.reg2rg.tensor.weights;

import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.reg2rg.core.InputException;
import tools.jackson.core.JacksonException;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Reads safetensors: eight bytes of header length, a JSON header, then the data. As strict as the reference reader:
 * every byte of the data must belong to exactly one tensor (format description of huggingface/safetensors).
 */
final class SafetensorsReader {
    static final String METADATA = "__metadata__";
    private static final int LENGTH_BYTES = 8;
    private static final long MAX_HEADER_BYTES = 100_000_000;
    private static final int MAX_RANK = 32;
    private static final JsonMapper HEADER_MAPPER = JsonMapper.builder()
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .build();

    private final MappedFile file;
    private final Map<String, MemorySegment> data = new HashMap<>();

    private SafetensorsReader(MappedFile file) {
        this.file = file;
    }

    static WeightSource open(Path path) throws IOException {
        MappedFile file = MappedFile.open(path);
        try {
            return new SafetensorsReader(file).read();
        } catch (RuntimeException e) {
            file.close();
            throw e;
        }
    }

    private WeightSource read() {
        if (file.size() < LENGTH_BYTES) {
            throw file.damaged("it has " + file.size() + " bytes, fewer than the 8 of the header length");
        }
        long length = file.content().get(WeightValues.LONG, 0);
        long room = file.size() - LENGTH_BYTES;
        if (length < 2 || length > Math.min(room, MAX_HEADER_BYTES)) {
            throw bad("header length " + Long.toUnsignedString(length) + " is impossible in a file of " + file.size()
                    + " bytes");
        }
        long dataStart = LENGTH_BYTES + length;
        List<Placed> tensors = tensors(parseHeader(length));
        checkCoverage(tensors, file.size() - dataStart);
        for (Placed tensor : tensors) {
            data.put(tensor.entry.name(), file.slice(dataStart + tensor.begin, tensor.end - tensor.begin));
        }
        return new MappedWeights(
                file,
                tensors.stream().map(Placed::entry).toList(),
                storage -> Objects.requireNonNull(data.get(storage)));
    }

    private JsonNode parseHeader(long length) {
        byte[] text = file.slice(LENGTH_BYTES, length).toArray(ValueLayout.JAVA_BYTE);
        JsonNode header;
        try {
            header = HEADER_MAPPER.readTree(text);
        } catch (JacksonException e) {
            String reason = e.getOriginalMessage();
            throw bad(
                    reason.startsWith("Duplicate")
                            ? "duplicate name in the header (" + reason + ")"
                            : "header is not JSON (" + reason + ")");
        }
        if (!header.isObject()) {
            throw bad("header is not JSON of an object");
        }
        return header;
    }

    private List<Placed> tensors(JsonNode header) {
        var tensors = new ArrayList<Placed>();
        for (Map.Entry<String, JsonNode> field : header.properties()) {
            if (!field.getKey().equals(METADATA)) {
                tensors.add(tensor(field.getKey(), field.getValue()));
            }
        }
        return tensors;
    }

    private Placed tensor(String name, JsonNode description) {
        String typeName = description.path("dtype").asString("");
        WeightType type = WeightType.ofSafetensors(typeName)
                .orElseThrow(() -> bad("tensor '" + name + "' has the unknown dtype '" + typeName + "'"));
        List<Long> shape = naturals(name, "shape", description.path("shape"));
        List<Long> offsets = naturals(name, "data_offsets", description.path("data_offsets"));
        if (shape.size() > MAX_RANK) {
            throw bad("tensor '" + name + "' has " + shape.size() + " axes (at most " + MAX_RANK + ")");
        }
        if (offsets.size() != 2 || offsets.get(0) > offsets.get(1)) {
            throw bad("tensor '" + name + "' has the bad offsets " + offsets);
        }
        long given = offsets.get(1) - offsets.get(0);
        if (byteSize(type, shape) != given) {
            throw bad("tensor '" + name + "': size does not match the shape (" + type.label() + " " + shape + ", got "
                    + given + " bytes)");
        }
        var entry = new WeightEntry(name, type, shape, WeightEntry.rowMajor(shape), 0, name);
        return new Placed(entry, offsets.get(0), offsets.get(1));
    }

    /** Size of a dense tensor, or −1 where the product overflows. */
    private static long byteSize(WeightType type, List<Long> shape) {
        try {
            WeightEntry.rowMajor(shape);
            return Math.multiplyExact(WeightEntry.elements(shape), type.bytes());
        } catch (ArithmeticException e) {
            return -1;
        }
    }

    private List<Long> naturals(String name, String field, JsonNode array) {
        var numbers = new ArrayList<Long>();
        for (JsonNode number : array) {
            if (!number.isIntegralNumber() || !number.canConvertToLong() || number.asLong() < 0) {
                throw bad("tensor '" + name + "' has a bad " + (field.equals("shape") ? "shape " : "offset ") + number);
            }
            numbers.add(number.asLong());
        }
        if (!array.isArray()) {
            throw bad("tensor '" + name + "' has no " + field);
        }
        return numbers;
    }

    private void checkCoverage(List<Placed> tensors, long room) {
        List<Placed> sorted = tensors.stream()
                .sorted(Comparator.comparingLong(Placed::begin).thenComparingLong(Placed::end))
                .toList();
        long covered = 0;
        for (Placed tensor : sorted) {
            String name = tensor.entry.name();
            if (tensor.end > room) {
                throw bad("tensor '" + name + "' has an offset beyond the file (" + tensor.end + " of " + room
                        + " data bytes)");
            }
            if (tensor.begin < covered) {
                throw bad("overlapping tensors: '" + name + "' starts at byte " + tensor.begin + ", before " + covered);
            }
            if (tensor.begin > covered) {
                throw bad("unused bytes " + covered + " to " + tensor.begin + " before '" + name + "'");
            }
            covered = tensor.end;
        }
        if (covered != room) {
            throw bad((room - covered) + " unused bytes behind the last tensor");
        }
    }

    private InputException bad(String problem) {
        return new InputException(
                file.path().toString(), "not a sound safetensors file: " + problem, "download or write it again");
    }

    /** An entry and where its data lies behind the header. */
    private record Placed(WeightEntry entry, long begin, long end) {}
}
