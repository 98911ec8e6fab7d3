package org.reg2rg.tensor.weights;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.reg2rg.SharedFolder;
import org.reg2rg.core.InputException;
import org.reg2rg.core.Json;
import tools.jackson.databind.JsonNode;

/** Every odd, broken or hostile file of the golden set: loads with equal values, or is refused in the right words. */
class CheckpointParityTest {
    private static final Map<String, String> WORDS = Map.ofEntries(
            Map.entry("missing_key.bin", "1 missing: embedding_layer.fc.bias"),
            Map.entry("extra_key.bin", "1 unexpected: embedding_layer.cls_head.weight"),
            Map.entry(
                    "wrong_shape.bin", "1 wrongly shaped: embedding_layer.fc.weight (expected [32, 24], got [32, 25])"),
            Map.entry("zero_bytes.bin", "the file is empty"),
            Map.entry("truncated_zip.bin", "the file is cut off or damaged"),
            Map.entry("truncated_legacy.bin", "the file is cut off or damaged"),
            Map.entry("web_page.bin", "not a checkpoint"),
            Map.entry("short_record.bin", "data/0 of tensor"),
            Map.entry("missing_record.bin", "data/3 is missing"),
            Map.entry("no_pickle.bin", "not a PyTorch checkpoint"),
            Map.entry("crc_mismatch.bin", "the checksum of record zip_bf16/data/1 does not match"),
            Map.entry("offset_past_end.bin", "does not fit its storage"),
            Map.entry("stride_past_end.bin", "does not fit its storage"),
            Map.entry("negative_stride.bin", "does not fit its storage"),
            Map.entry("negative_offset.bin", "does not fit its storage"),
            Map.entry("huge_size.bin", "does not fit its storage"),
            Map.entry("hostile_system.bin", "'posix.system', which is not allowed"),
            Map.entry("hostile_system_legacy.bin", "'posix.system', which is not allowed"),
            Map.entry("hostile_eval.bin", "eval', which is not allowed"),
            Map.entry("hostile_import.bin", "__import__', which is not allowed"),
            Map.entry("pickle_deep.bin", "no state dict"),
            Map.entry("pickle_underflow.bin", "the pickle is damaged"),
            Map.entry("pickle_long_string.bin", "the pickle is damaged: 2147483647 bytes are announced"),
            Map.entry("pickle_list.bin", "no state dict in the file"),
            Map.entry("huge_header.safetensors", "header length 9223372036854775809"),
            Map.entry("large_header.safetensors", "header length 1099511627776"),
            Map.entry("header_past_end.safetensors", "header length"),
            Map.entry("not_json.safetensors", "header is not JSON"),
            Map.entry("overlap.safetensors", "overlapping tensors"),
            Map.entry("hole.safetensors", "unused bytes"),
            Map.entry("trailing.safetensors", "unused bytes"),
            Map.entry("offset_past_end.safetensors", "offset beyond the file"),
            Map.entry("negative_offset.safetensors", "bad offset"),
            Map.entry("reversed_offset.safetensors", "bad offset"),
            Map.entry("wrong_length.safetensors", "size does not match the shape"),
            Map.entry("overflow_shape.safetensors", "size does not match the shape"),
            Map.entry("unknown_dtype.safetensors", "unknown dtype 'X9'"),
            Map.entry("duplicate_key.safetensors", "duplicate name"),
            Map.entry("short.safetensors", "the file is cut off"),
            Map.entry("shards_missing", "the shard model-00002-of-00002.safetensors, which is missing"),
            Map.entry("shards_wrong_map", "is in the shard model-0000"),
            Map.entry("shards_outside", "a shard name must be a plain file name"));

    @TestFactory
    List<DynamicTest> everyFileOfTheManifest() throws IOException {
        Path folder = SharedFolder.require("parity/checkpoint");
        JsonNode manifest = Json.read(folder.resolve("manifest.json"));
        Map<String, List<Long>> strict = strictShapes(manifest);
        return StreamSupport.stream(manifest.path("cases").spliterator(), false)
                .map(test -> dynamicTest(test.path("file").asString(), () -> {
                    Path file = folder.resolve(test.path("file").asString());
                    if (test.path("expect").asString().equals("load")) {
                        checkValues(folder, file, test.path("tensors"));
                    } else {
                        checkRefusal(file, strict);
                    }
                    assertThat(Path.of("parity_was_here")).doesNotExist();
                }))
                .toList();
    }

    @Test
    void everyTensorOfTheTinyCheckpointHasItsShape() throws IOException {
        Path folder = SharedFolder.require("parity/tiny");
        JsonNode keys = Json.read(folder.resolve("keys.json"));
        var expected = new TreeMap<String, List<Long>>();
        keys.path("keys").forEach(key -> expected.put(key.path("name").asString(), longs(key.path("shape"))));
        try (WeightSource source = WeightFiles.open(folder.resolve("pytorch_model.bin"))) {
            assertThat(shapes(source)).hasSize(710).isEqualTo(expected);
            assertThat(source.entry("embedding_layer.weight").storage())
                    .isEqualTo(source.entry("lang_model.base_model.model.model.embed_tokens.weight")
                            .storage());
        }
    }

    private static void checkValues(Path folder, Path file, JsonNode tensors) throws IOException {
        try (WeightSource source = WeightFiles.open(file);
                WeightSource expected = WeightFiles.open(folder.resolve("expected.safetensors"))) {
            assertThat(shapes(source)).isEqualTo(shapes(tensors));
            for (WeightEntry entry : source.entries()) {
                assertThat(entry.type().label())
                        .isEqualTo(tensors.path(entry.name()).path("dtype").asString());
                String golden = file.getFileName() + "::" + entry.name();
                WeightType goldenType = expected.entry(golden).type();
                for (long i = 0; i < entry.elements(); i++) {
                    assertThat(WeightValues.doubleAt(source.bytes(entry.name()), entry.type(), i))
                            .as("%s [%d]", golden, i)
                            .isEqualTo(Double.valueOf(WeightValues.doubleAt(expected.bytes(golden), goldenType, i)));
                }
            }
        }
    }

    private static void checkRefusal(Path file, Map<String, List<Long>> strict) {
        String words = WORDS.get(file.getFileName().toString());
        assertThat(words).as("words for %s", file).isNotNull();
        assertThatThrownBy(() -> readAll(file, strict))
                .isInstanceOf(InputException.class)
                .hasMessageContaining(file.toString())
                .hasMessageContaining(words);
    }

    private static void readAll(Path file, Map<String, List<Long>> strict) throws IOException {
        try (WeightSource source = WeightFiles.open(file)) {
            for (WeightEntry entry : source.entries()) {
                assertThat(source.bytes(entry.name()).byteSize()).isEqualTo(entry.byteSize());
            }
            KeyCheck.require(file.toString(), strict, shapes(source));
        }
        if (!Files.isDirectory(file)) {
            throw new AssertionError(file + " was not refused");
        }
    }

    private static Map<String, List<Long>> strictShapes(JsonNode manifest) {
        JsonNode tensors = StreamSupport.stream(manifest.path("cases").spliterator(), false)
                .filter(test -> test.path("file").asString().equals("zip_bf16.bin"))
                .findFirst()
                .orElseThrow()
                .path("tensors");
        var shapes = new LinkedHashMap<String, List<Long>>();
        manifest.path("strict_key_list")
                .forEach(key -> shapes.put(
                        key.asString(), longs(tensors.path(key.asString()).path("shape"))));
        return shapes;
    }

    private static Map<String, List<Long>> shapes(JsonNode tensors) {
        var shapes = new LinkedHashMap<String, List<Long>>();
        tensors.properties()
                .forEach(item -> shapes.put(item.getKey(), longs(item.getValue().path("shape"))));
        return shapes;
    }

    private static Map<String, List<Long>> shapes(WeightSource source) {
        var shapes = new LinkedHashMap<String, List<Long>>();
        source.entries().forEach(entry -> shapes.put(entry.name(), entry.shape()));
        return shapes;
    }

    private static List<Long> longs(JsonNode array) {
        return StreamSupport.stream(array.spliterator(), false)
                .map(JsonNode::asLong)
                .toList();
    }
}
