package org.reg2rg.model.checkpoint;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.reg2rg.core.InputException;
import org.reg2rg.core.Json;
import org.reg2rg.language.SentencePieceTokenizer;
import org.reg2rg.model.LanguageConfig;
import tools.jackson.databind.JsonNode;

/**
 * A Hugging Face folder of LLaMA: its config and its tokenizer.
 *
 * @param path the folder
 * @param config numbers of the language model
 */
record LlamaFolder(Path path, LanguageConfig config) {
    static final String CONFIG = "config.json";
    static final String TOKENIZER = "tokenizer.model";
    private static final double DEFAULT_ROPE_BASE = 10000;
    private static final int BEGINNING = 1;
    private static final int END = 2;

    /** Reads and checks config and tokenizer. */
    static LlamaFolder open(Path path) throws IOException {
        if (!Files.isDirectory(path)) {
            throw new InputException(path.toString(), "there is no such LLaMA folder", "check --llama");
        }
        Path file = path.resolve(CONFIG);
        if (!Files.isRegularFile(file)) {
            throw new InputException(
                    path.toString(), "the LLaMA folder has no " + CONFIG, "complete the download of the folder");
        }
        LanguageConfig config = config(file, Json.read(file));
        int pieces = SentencePieceTokenizer.read(path.resolve(TOKENIZER)).size();
        if (pieces != config.vocabulary()) {
            throw new InputException(
                    path.resolve(TOKENIZER).toString(),
                    "has " + pieces + " pieces, but " + CONFIG + " says vocab_size " + config.vocabulary(),
                    "give a folder whose files belong together");
        }
        return new LlamaFolder(path, config);
    }

    private static LanguageConfig config(Path file, JsonNode json) {
        String subject = file.toString();
        require(subject, "model_type", "llama", json.path("model_type").asString("llama"));
        require(subject, "hidden_act", "silu", json.path("hidden_act").asString("silu"));
        require(subject, "rope_scaling", "null", json.path("rope_scaling").isObject() ? "scaling" : "null");
        require(
                subject,
                "tie_word_embeddings",
                "false",
                json.path("tie_word_embeddings").asString("false"));
        int heads = whole(subject, json, "num_attention_heads");
        if (json.has("num_key_value_heads")) {
            int keyHeads = whole(subject, json, "num_key_value_heads");
            require(subject, "num_key_value_heads", Integer.toString(heads), Integer.toString(keyHeads));
        }
        try {
            return new LanguageConfig(
                    "llama",
                    whole(subject, json, "vocab_size"),
                    whole(subject, json, "hidden_size"),
                    whole(subject, json, "num_hidden_layers"),
                    heads,
                    whole(subject, json, "intermediate_size"),
                    number(subject, json, "rms_norm_eps"),
                    json.has("rope_theta") ? number(subject, json, "rope_theta") : DEFAULT_ROPE_BASE,
                    whole(subject, json, "max_position_embeddings"),
                    json.has("bos_token_id") ? whole(subject, json, "bos_token_id") : BEGINNING,
                    json.has("eos_token_id") ? whole(subject, json, "eos_token_id") : END,
                    0); // the published code pads with <unk>
        } catch (IllegalArgumentException e) {
            throw new InputException(
                    subject, String.valueOf(e.getMessage()), "give the config.json of a LLaMA model", e);
        }
    }

    private static void require(String subject, String key, String expected, String found) {
        if (!found.equals(expected)) {
            throw new InputException(
                    subject,
                    "'" + key + "' is " + found + " (expected " + expected + ")",
                    "give the folder of a plain LLaMA or Llama 2 model");
        }
    }

    private static int whole(String subject, JsonNode json, String key) {
        JsonNode value = json.path(key);
        if (!value.isInt()) {
            throw new InputException(
                    subject, "'" + key + "' must be a whole number, got " + shown(value), "complete the file");
        }
        return value.asInt();
    }

    private static double number(String subject, JsonNode json, String key) {
        JsonNode value = json.path(key);
        if (!value.isNumber()) {
            throw new InputException(
                    subject, "'" + key + "' must be a number, got " + shown(value), "complete the file");
        }
        return value.asDouble();
    }

    private static String shown(JsonNode value) {
        return value.isMissingNode() ? "nothing" : value.toString();
    }
}
