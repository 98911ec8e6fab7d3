package org.reg2rg.language;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.reg2rg.SharedFolder;
import org.reg2rg.core.InputException;
import org.reg2rg.core.Json;
import tools.jackson.databind.JsonNode;

/** Byte-level BPE: ids of the published tokenizers, and a small one written here. */
class ByteLevelBpeTokenizerTest {
    private static final int MAX_LENGTH = 512;
    private static final Pattern PLACE = Pattern.compile("</?image>|</?region>|<region0>");
    private static final Map<String, Integer> PLACES =
            Map.of("<image>", 701, "</image>", 702, "<region>", 703, "</region>", 704, "<region0>", 737);

    @TempDir
    Path folder;

    @Test
    void encodesReportsAsRobertaDoes() throws IOException {
        Path radbert = SharedFolder.require("parity/radbert");
        Tokenizer tokenizer = ByteLevelBpeTokenizer.read(radbert);
        List<String> rows = Files.readAllLines(radbert.resolve("texts.jsonl"));
        assertThat(rows).hasSize(52);
        for (String row : rows) {
            JsonNode text = Json.MAPPER.readTree(row);
            var ids = new ArrayList<Integer>(List.of(tokenizer.beginning()));
            IntStream.of(tokenizer.encode(text.path("text").asString()))
                    .limit(MAX_LENGTH - 2)
                    .forEach(ids::add);
            ids.add(tokenizer.end());
            assertThat(ids).as(text.path("text").asString()).isEqualTo(ints(text.path("ids")));
        }
    }

    @Test
    void encodesTextsAsGpt2Does() throws IOException {
        Path gpt2 = SharedFolder.require("parity/gpt2");
        Tokenizer tokenizer = ByteLevelBpeTokenizer.read(gpt2.resolve("text"));
        JsonNode texts = Json.read(gpt2.resolve("expected.json")).path("text");
        assertThat(texts).hasSize(20);
        for (JsonNode text : texts) {
            String words = text.path("text").asString();
            var ids = new ArrayList<Integer>();
            Matcher place = PLACE.matcher(words);
            int done = 0;
            while (place.find()) {
                IntStream.of(tokenizer.encode(words.substring(done, place.start())))
                        .forEach(ids::add);
                ids.add(PLACES.get(place.group()));
                done = place.end();
            }
            IntStream.of(tokenizer.encode(words.substring(done))).forEach(ids::add);
            assertThat(ids).as(words).isEqualTo(ints(text.path("ids")));
            assertThat(tokenizer.decode(ids.stream().mapToInt(i -> i).toArray()))
                    .isEqualTo(words.replaceAll(PLACE.pattern() + "|<\\|endoftext\\|>", ""));
        }
    }

    @Test
    void mergesInTheOrderOfTheList() throws IOException {
        write("#version: 0.2\nl u\nlu n\nĠ lun\n", "l", "u", "n", "g", "Ġ", "lu", "lun", "Ġlun", "<|endoftext|>");
        Tokenizer tokenizer = ByteLevelBpeTokenizer.read(folder);
        assertThat(tokenizer.encode("lung lung")).containsExactly(6, 3, 7, 3);
        assertThat(tokenizer.decode(new int[] {6, 3, 8, 7, 3, 99, -1})).isEqualTo("lung lung");
        assertThat(tokenizer.encode("x")).containsExactly(tokenizer.unknown());
        assertThat(tokenizer.encode("")).isEmpty();
    }

    @Test
    void namesAMergeThatDoesNotFit() throws IOException {
        write("l u\n", "l", "u", "<|endoftext|>");
        assertThatThrownBy(() -> ByteLevelBpeTokenizer.read(folder))
                .isInstanceOf(InputException.class)
                .hasMessage(folder.resolve("merges.txt") + ": line 1 'l u' does not join two pieces of the vocabulary;"
                        + " give the vocab.json and merges.txt of one tokenizer");
    }

    @Test
    void refusesIdsWithHoles() throws IOException {
        write("", "a", "<|endoftext|>");
        Files.writeString(folder.resolve("vocab.json"), "{\"a\": 0, \"b\": 5}");
        assertThatThrownBy(() -> ByteLevelBpeTokenizer.read(folder))
                .isInstanceOf(InputException.class)
                .hasMessageContaining("piece 'b' has the id 5 (expected each of 0 to 1 once)");
    }

    @Test
    void saysWhichFileIsMissing() {
        assertThatThrownBy(() -> ByteLevelBpeTokenizer.read(folder))
                .isInstanceOf(InputException.class)
                .hasMessage(folder.resolve("vocab.json")
                        + ": there is no such file; give a folder with vocab.json and merges.txt");
    }

    private void write(String merges, String... pieces) throws IOException {
        var ids = new TreeMap<String, Integer>();
        for (int id = 0; id < pieces.length; id++) {
            ids.put(pieces[id], id);
        }
        Json.write(folder.resolve("vocab.json"), ids);
        Files.writeString(folder.resolve("merges.txt"), merges);
    }

    private static List<Integer> ints(JsonNode array) {
        return StreamSupport.stream(array.spliterator(), false)
                .map(JsonNode::asInt)
                .toList();
    }
}
