package org.reg2rg.model.checkpoint;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.reg2rg.core.ConfigRecords;
import org.reg2rg.core.Json;
import org.reg2rg.model.LanguageConfig;
import org.reg2rg.model.LoraConfig;
import org.reg2rg.model.ModelConfig;
import org.reg2rg.model.ParameterTable;
import org.reg2rg.model.PerceiverConfig;
import org.reg2rg.model.VisionConfig;
import org.reg2rg.tensor.Precision;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * The config of a published checkpoint: widths and depths from the shapes of its weights, the language model from the
 * LLaMA folder, and what neither tells as published. A patch follows from the published nominal size of the input
 * divided by the rows of the position tables.
 */
final class ConfigGuess {
    private static final String VISION = ParameterTable.VISUAL + "vision_encoder.";
    private static final String GEOMETRY = ParameterTable.VISUAL + "mask_encoder.";
    private static final String PERCEIVER = ParameterTable.VISUAL + "perceiver.";
    private static final List<Integer> VISION_NOMINAL = List.of(512, 512, 512);
    private static final List<Integer> GEOMETRY_NOMINAL = List.of(256, 256, 64);
    private static final ModelConfig PUBLISHED = ModelConfig.published();

    private final Map<String, List<Long>> shapes;

    /** @param shapes of the weights at hand, by our names */
    ConfigGuess(Map<String, List<Long>> shapes) {
        this.shapes = shapes;
    }

    /**
     * The whole config.
     *
     * @param about what the model is, for people
     * @param overrides a file with any part of a {@code config.json}, which wins over shapes and published values
     */
    ModelConfig config(String about, LanguageConfig language, Precision precision, Optional<Path> overrides)
            throws IOException {
        var guess = (ObjectNode) ConfigRecords.tree(PUBLISHED);
        if (!language.equals(PUBLISHED.language())) {
            guess.put("name", "reg2rg");
        }
        guess.put("about", about);
        guess.put("dtype", precision.title());
        guess.set("vision", ConfigRecords.tree(vision(VISION, VISION_NOMINAL, PUBLISHED.vision())));
        guess.set("geometry", ConfigRecords.tree(vision(GEOMETRY, GEOMETRY_NOMINAL, PUBLISHED.geometry())));
        guess.set("perceiver", ConfigRecords.tree(perceiver()));
        guess.set("language", ConfigRecords.tree(language));
        guess.set("lora", ConfigRecords.tree(lora()));
        String named = "the config that follows from the shapes";
        if (overrides.isPresent()) {
            named = overrides.get().toString();
            merge(guess, Json.read(overrides.get()));
        }
        return ConfigRecords.read(named, guess, ModelConfig.class).withDtype(precision);
    }

    private static void merge(ObjectNode into, JsonNode from) {
        for (Map.Entry<String, JsonNode> item : from.properties()) {
            if (item.getValue().isObject() && into.get(item.getKey()) instanceof ObjectNode inner) {
                merge(inner, item.getValue());
            } else {
                into.set(item.getKey(), item.getValue());
            }
        }
    }

    private VisionConfig vision(String prefix, List<Integer> nominal, VisionConfig published) {
        int width = length(prefix + "to_patch_embedding.2.weight", 0, published.width());
        List<Integer> tables = List.of(
                length(
                        prefix + "pos_embedding.row_embed.weight",
                        0,
                        published.positions().get(0)),
                length(
                        prefix + "pos_embedding.col_embed.weight",
                        0,
                        published.positions().get(1)),
                length(
                        prefix + "pos_embedding.dep_embed.weight",
                        0,
                        published.positions().get(2)));
        String block = prefix + "transformer.layers.0.";
        int inner = length(block + "0.fn.to_out.0.weight", 1, published.heads() * published.headWidth());
        int numbers = length(prefix + "to_patch_embedding.2.weight", 1, 0);
        return new VisionConfig(
                patch(numbers, published.channels(), nominal, tables).orElse(published.patch()),
                published.channels(),
                width,
                count(prefix + "transformer.layers.", published.depth()),
                published.heads(),
                Math.max(inner / published.heads(), 1),
                length(block + "1.fn.net.0.weight", 0, published.feedForward()),
                tables,
                published.dropout());
    }

    /** The patch whose voxels are as many as the patch embedding takes, if the nominal size gives one. */
    private static Optional<List<Integer>> patch(
            int numbers, int channels, List<Integer> nominal, List<Integer> tables) {
        List<Integer> patch =
                List.of(nominal.get(0) / tables.get(0), nominal.get(1) / tables.get(1), nominal.get(2) / tables.get(2));
        return patch.get(0) * patch.get(1) * patch.get(2) * channels == numbers ? Optional.of(patch) : Optional.empty();
    }

    private PerceiverConfig perceiver() {
        PerceiverConfig published = PUBLISHED.perceiver();
        int inner = length(PERCEIVER + "layers.0.0.to_q.weight", 0, published.heads() * published.headWidth());
        return new PerceiverConfig(
                length(PERCEIVER + "latents", 0, published.latents()),
                count(PERCEIVER + "layers.", published.depth()),
                published.heads(),
                Math.max(inner / published.heads(), 1),
                length(PERCEIVER + "layers.0.1.1.weight", 0, published.feedForward()));
    }

    private LoraConfig lora() {
        LoraConfig published = PUBLISHED.lora();
        String first = ParameterTable.LANGUAGE + "model.layers.0.self_attn.q_proj.lora_A.default.weight";
        return new LoraConfig(length(first, 0, published.rank()), published.alpha(), published.dropout());
    }

    private int length(String name, int axis, int otherwise) {
        List<Long> shape = shapes.getOrDefault(name, List.of());
        return axis < shape.size() && shape.get(axis) > 0 && shape.get(axis) <= Integer.MAX_VALUE
                ? shape.get(axis).intValue()
                : otherwise;
    }

    /** How many numbered parts there are behind a prefix. */
    private int count(String prefix, int otherwise) {
        Pattern part = Pattern.compile(Pattern.quote(prefix) + "(\\d{1,4})\\..*");
        int highest = shapes.keySet().stream()
                .map(part::matcher)
                .filter(Matcher::matches)
                .mapToInt(matcher -> Integer.parseInt(matcher.group(1)))
                .max()
                .orElse(otherwise - 1);
        return highest + 1;
    }
}
