package org.reg2rg.language;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Test;
import org.reg2rg.SharedFolder;
import org.reg2rg.core.Json;
import tools.jackson.databind.JsonNode;

/** Ids and texts of the published tokenizers, row by row. */
class SentencePieceParityTest {
    @Test
    void encodesAsTheDatasetSideTokenizer() throws IOException {
        Path folder = SharedFolder.require("parity/tokenizer");
        Tokenizer tokenizer = SentencePieceTokenizer.read(folder.resolve("tokenizer.model"));
        Map<String, Integer> specials = specials(folder);
        List<JsonNode> rows = rows(folder.resolve("encode.jsonl"));
        assertThat(rows).hasSize(294);
        for (JsonNode row : rows) {
            String text = row.path("text").asString();
            assertThat(encodeWithSpecials(tokenizer, specials, text)).as(text).isEqualTo(ints(row.path("ids")));
        }
    }

    @Test
    void decodesAsTheModelSideTokenizer() throws IOException {
        Path folder = SharedFolder.require("parity/tokenizer");
        Tokenizer tokenizer = SentencePieceTokenizer.read(folder.resolve("tokenizer.model"));
        List<JsonNode> rows = new ArrayList<>(rows(folder.resolve("encode.jsonl")));
        rows.addAll(rows(folder.resolve("decode.jsonl")));
        int compared = 0;
        for (JsonNode row : rows) {
            if (!row.path("slow_decode").isNull()) { // null where the published tokenizer crashes
                int[] ids = ints(row.path("ids")).stream().mapToInt(i -> i).toArray();
                assertThat(tokenizer.decode(ids))
                        .as("%s", row.path("ids"))
                        .isEqualTo(row.path("slow_decode").asString());
                compared++;
            }
        }
        assertThat(compared).isEqualTo(294 + 104 - 3);
    }

    private static List<Integer> encodeWithSpecials(Tokenizer tokenizer, Map<String, Integer> specials, String text) {
        var ids = new ArrayList<Integer>();
        ids.add(tokenizer.beginning());
        Matcher special = Pattern.compile("</?[a-z]+\\d*>").matcher(text);
        int done = 0;
        while (special.find()) {
            Integer id = specials.get(special.group());
            if (id != null) {
                IntStream.of(tokenizer.encode(text.substring(done, special.start())))
                        .forEach(ids::add);
                ids.add(id);
                done = special.end();
            }
        }
        IntStream.of(tokenizer.encode(text.substring(done))).forEach(ids::add);
        return ids;
    }

    private static Map<String, Integer> specials(Path folder) throws IOException {
        var specials = new HashMap<String, Integer>(Map.of("<unk>", 0, "<s>", 1, "</s>", 2));
        Json.read(folder.resolve("special_tokens.json"))
                .path("dataset_side")
                .properties()
                .forEach(item -> specials.put(item.getKey(), item.getValue().asInt()));
        return specials;
    }

    private static List<JsonNode> rows(Path file) throws IOException {
        return Files.readAllLines(file).stream().map(Json.MAPPER::readTree).toList();
    }

    private static List<Integer> ints(JsonNode array) {
        return StreamSupport.stream(array.spliterator(), false)
                .map(JsonNode::asInt)
                .toList();
    }
}
