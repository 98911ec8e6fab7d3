package org.reg2rg.label.radbert;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.reg2rg.core.InputException;
import org.reg2rg.core.Json;
import org.reg2rg.report.Finding;
import tools.jackson.databind.JsonNode;

/**
 * The sizes of the network, under the names of its {@code config.json}.
 *
 * @param width hidden_size, e
 * @param layers num_hidden_layers
 * @param heads num_attention_heads, h; divides the width
 * @param inner intermediate_size
 * @param pieces vocab_size
 * @param positions max_position_embeddings: the longest text and two more
 */
public record RadBertConfig(int width, int layers, int heads, int inner, int pieces, int positions) {
    /** What a folder without {@code config.json} holds. */
    public static final RadBertConfig ROBERTA_BASE = new RadBertConfig(768, 12, 12, 3072, 50_265, 514);

    /** Positions 0 and 1 are never a token's: the first token has position 2, padding has 1. */
    static final int FIRST_POSITION = 2;

    private static final int LARGEST = 1 << 20;

    public RadBertConfig {
        if (width < 1 || heads < 1 || width % heads != 0) {
            throw new IllegalArgumentException("the width " + width + " is not divisible by " + heads + " heads");
        }
    }

    /** The longest text in tokens, its two end marks included. */
    public int longest() {
        return positions - FIRST_POSITION;
    }

    /** Reads {@code config.json} of a folder, or takes RoBERTa-base where there is none. */
    public static RadBertConfig read(Path folder) throws IOException {
        Path file = folder.resolve("config.json");
        if (!Files.exists(file)) {
            return ROBERTA_BASE;
        }
        JsonNode root = Json.read(file);
        int width = number(file, root, "hidden_size");
        int heads = number(file, root, "num_attention_heads");
        if (width % heads != 0) {
            throw new InputException(
                    file.toString(),
                    "hidden_size " + width + " is not divisible by num_attention_heads " + heads,
                    "give the config.json of the network");
        }
        return new RadBertConfig(
                width,
                number(file, root, "num_hidden_layers"),
                heads,
                number(file, root, "intermediate_size"),
                number(file, root, "vocab_size"),
                number(file, root, "max_position_embeddings"));
    }

    private static int number(Path file, JsonNode root, String name) {
        JsonNode value = root.path(name);
        int smallest = name.equals("max_position_embeddings") ? FIRST_POSITION + 3 : 1;
        if (!value.isInt() || value.asInt() < smallest || value.asInt() > LARGEST) {
            throw new InputException(
                    file.toString(),
                    name + " must be a whole number from " + smallest + " to " + LARGEST + ", got "
                            + (value.isMissingNode() ? "nothing" : value),
                    "give the config.json of the network, or none for RoBERTa-base");
        }
        return value.asInt();
    }

    /** Every tensor of {@code RadBertClassifier.pth} with its shape, except the constant {@code position_ids}. */
    Map<String, List<Long>> keys() {
        Map<String, List<Long>> keys = new LinkedHashMap<>();
        long e = width;
        keys.put("model.embeddings.word_embeddings.weight", List.of((long) pieces, e));
        keys.put("model.embeddings.position_embeddings.weight", List.of((long) positions, e));
        keys.put("model.embeddings.token_type_embeddings.weight", List.of(1L, e));
        norm(keys, "model.embeddings.LayerNorm");
        for (int layer = 0; layer < layers; layer++) {
            String block = "model.encoder.layer." + layer + ".";
            for (String part : List.of("query", "key", "value")) {
                linear(keys, block + "attention.self." + part, e, e);
            }
            linear(keys, block + "attention.output.dense", e, e);
            norm(keys, block + "attention.output.LayerNorm");
            linear(keys, block + "intermediate.dense", inner, e);
            linear(keys, block + "output.dense", e, inner);
            norm(keys, block + "output.LayerNorm");
        }
        linear(keys, "model.pooler.dense", e, e);
        linear(keys, "classifier", Finding.values().length, e);
        return keys;
    }

    private static void linear(Map<String, List<Long>> keys, String name, long out, long in) {
        keys.put(name + ".weight", List.of(out, in));
        keys.put(name + ".bias", List.of(out));
    }

    private void norm(Map<String, List<Long>> keys, String name) {
        keys.put(name + ".weight", List.of((long) width));
        keys.put(name + ".bias", List.of((long) width));
    }
}
