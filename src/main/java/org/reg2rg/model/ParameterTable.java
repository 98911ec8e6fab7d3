package org.reg2rg.model;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.reg2rg.nn.FindingMap;

/**
 * Names and shapes of all weights of a model, in the order of the published checkpoint. The word embedding is listed
 * once, under its name in the language model; the published file holds it a second time as
 * {@code embedding_layer.weight}. Rotary frequencies are no weights: they are computed.
 */
public final class ParameterTable {
    /** Where the published code keeps the language model. */
    public static final String LANGUAGE = "lang_model.base_model.model.";

    /** Where the published code keeps everything else. */
    public static final String VISUAL = "embedding_layer.";

    /** The word embedding, and the second name it has in published files. */
    public static final String WORDS = LANGUAGE + "model.embed_tokens.weight";

    public static final String WORDS_ALIAS = VISUAL + "weight";

    /** What answers which findings a volume shows. */
    public static final String HEADS = "finding_heads";

    private final Map<String, Parameter> parameters = new LinkedHashMap<>();

    private ParameterTable(ModelConfig config) {
        addLanguage(config.language(), config.lora());
        int width = config.language().width();
        add(true, VISUAL + "image_token_weight", 2, width);
        add(true, VISUAL + "region_token_weight", 2, width);
        addVision(VISUAL + "vision_encoder.", config.vision(), false);
        addVision(VISUAL + "mask_encoder.", config.geometry(), true);
        addPerceiver(VISUAL + "perceiver.", config.perceiver(), config.vision().width());
        addLinear(VISUAL + ToWords.TEXTURE, width, config.vision().width());
        config.vision().stem().ifPresent(stem -> {
            add(true, VISUAL + ToWords.FINDINGS + ".weight", config.perceiver().latents() * width, stem.numbers());
            stem.findingHeads().ifPresent(heads -> addHeads(VISUAL + HEADS + ".", config, stem, heads));
        });
        addLinear(VISUAL + "mask_fc", width, config.geometry().width());
    }

    /** All weights of a model of this config. */
    public static ParameterTable of(ModelConfig config) {
        return new ParameterTable(config);
    }

    /** In the order of the published checkpoint. */
    public List<Parameter> all() {
        return List.copyOf(parameters.values());
    }

    /** By name, in order. */
    public Map<String, Parameter> byName() {
        return Collections.unmodifiableMap(parameters);
    }

    /** How many numbers the model has. */
    public long count() {
        return all().stream().mapToLong(Parameter::count).sum();
    }

    /** How many of them training changes. */
    public long trainedCount() {
        return all().stream()
                .filter(Parameter::trained)
                .mapToLong(Parameter::count)
                .sum();
    }

    private void addLanguage(LanguageConfig language, LoraConfig lora) {
        int d = language.width();
        int f = language.feedForward();
        add(false, WORDS, language.vocabulary(), d);
        for (int i = 0; i < language.layers(); i++) {
            String layer = LANGUAGE + "model.layers." + i + ".";
            addAdapted(layer + "self_attn.q_proj.", d, lora.rank());
            add(false, layer + "self_attn.k_proj.weight", d, d);
            addAdapted(layer + "self_attn.v_proj.", d, lora.rank());
            add(false, layer + "self_attn.o_proj.weight", d, d);
            add(false, layer + "mlp.gate_proj.weight", f, d);
            add(false, layer + "mlp.down_proj.weight", d, f);
            add(false, layer + "mlp.up_proj.weight", f, d);
            add(false, layer + "input_layernorm.weight", d);
            add(false, layer + "post_attention_layernorm.weight", d);
        }
        add(false, LANGUAGE + "model.norm.weight", d);
        add(false, LANGUAGE + "lm_head.weight", language.vocabulary(), d);
    }

    private void addAdapted(String projection, int width, int rank) {
        if (rank == 0) {
            add(false, projection + "weight", width, width);
            return;
        }
        add(false, projection + "base_layer.weight", width, width);
        add(true, projection + "lora_A.default.weight", rank, width);
        add(true, projection + "lora_B.default.weight", width, rank);
    }

    private void addVision(String prefix, VisionConfig vision, boolean trained) {
        int e = vision.width();
        int inner = vision.heads() * vision.headWidth();
        if (vision.stem().isPresent()) {
            addStem(trained, prefix + "stem.", vision.channels(), vision.stem().get(), e);
            addFindingMap(trained, prefix + "finding_map.", vision.stem().get(), e);
        } else {
            addNorm(trained, prefix + "to_patch_embedding.1", vision.patchNumbers());
            addLinear(trained, prefix + "to_patch_embedding.2", e, vision.patchNumbers());
            addNorm(trained, prefix + "to_patch_embedding.3", e);
        }
        List<String> tables = List.of("row", "col", "dep");
        for (int axis = 0; axis < tables.size(); axis++) {
            String table = prefix + "pos_embedding." + tables.get(axis) + "_embed.weight";
            add(trained, table, vision.positions().get(axis), e / tables.size());
        }
        for (int i = 0; i < vision.depth(); i++) {
            String block = prefix + "transformer.layers." + i + ".";
            addNorm(trained, block + "0.norm", e);
            add(trained, block + "0.fn.to_qkv.weight", 3 * inner, e);
            addLinear(trained, block + "0.fn.to_out.0", e, inner);
            addNorm(trained, block + "1.norm", e);
            addLinear(trained, block + "1.fn.net.0", vision.feedForward(), e);
            addLinear(trained, block + "1.fn.net.3", e, vision.feedForward());
        }
    }

    private void addStem(boolean trained, String prefix, int channels, StemConfig stem, int width) {
        int in = channels;
        for (int i = 0; i < stem.channels().size(); i++) {
            boolean last = i == stem.channels().size() - 1;
            addConvolution(
                    trained, prefix + (last ? "last" : i), stem.channels().get(i), in);
            in = stem.channels().get(i);
        }
        addConvolution(trained, prefix + "fine", stem.fineChannels(), stem.fineChannels());
        addConvolution(trained, prefix + "residual", stem.mapChannels(), stem.mapChannels());
        addLinear(trained, prefix + "token", width, in);
        addNorm(trained, prefix + "norm", width);
    }

    private void addFindingMap(boolean trained, String prefix, StemConfig stem, int width) {
        int c = stem.mapChannels();
        add(trained, prefix + "fine.weight", c, stem.fineChannels());
        addLinear(trained, prefix + "map", c, c);
        addLinear(trained, prefix + "patch", c, width);
        addLinear(trained, prefix + "dense", stem.findings(), c);
        addLinear(trained, prefix + "token", width, c + FindingMap.NUMBERS);
        add(trained, prefix + "latents", stem.findings(), width);
    }

    private void addHeads(String prefix, ModelConfig config, StemConfig stem, FindingHeadsConfig heads) {
        int findings = stem.findings();
        int latents = config.perceiver().latents() * config.vision().width();
        int seen = latents + config.language().width() + findings * heads.views();
        add(true, prefix + "views", findings, heads.views(), stem.mapChannels() + FindingMap.NUMBERS);
        addLinear(prefix + "trunk", heads.width(), seen);
        addLinear(prefix + "findings", findings, heads.width());
        addLinear(prefix + "pooled", findings, heads.width());
        addLinear(prefix + "size", heads.sizes(), heads.width());
        add(true, prefix + "pool_scale", findings, FindingMap.SUMMARY);
    }

    private void addConvolution(boolean trained, String name, int out, int in) {
        add(trained, name + ".weight", out, in, 3, 3, 3);
        add(trained, name + ".bias", out);
    }

    private void addPerceiver(String prefix, PerceiverConfig perceiver, int width) {
        int inner = perceiver.heads() * perceiver.headWidth();
        add(true, prefix + "latents", perceiver.latents(), width);
        for (int i = 0; i < perceiver.depth(); i++) {
            String layer = prefix + "layers." + i + ".";
            addNorm(true, layer + "0.norm_media", width);
            addNorm(true, layer + "0.norm_latents", width);
            add(true, layer + "0.to_q.weight", inner, width);
            add(true, layer + "0.to_kv.weight", 2 * inner, width);
            add(true, layer + "0.to_out.weight", width, inner);
            addNorm(true, layer + "1.0", width);
            add(true, layer + "1.1.weight", perceiver.feedForward(), width);
            add(true, layer + "1.3.weight", width, perceiver.feedForward());
        }
        addNorm(true, prefix + "norm", width);
    }

    private void addNorm(boolean trained, String name, int width) {
        add(trained, name + ".weight", width);
        add(trained, name + ".bias", width);
    }

    private void addLinear(String name, int out, int in) {
        addLinear(true, name, out, in);
    }

    private void addLinear(boolean trained, String name, int out, int in) {
        add(trained, name + ".weight", out, in);
        add(trained, name + ".bias", out);
    }

    private void add(boolean trained, String name, int... shape) {
        List<Long> lengths =
                new ArrayList<>(IntStream.of(shape).asLongStream().boxed().toList());
        if (parameters.put(name, new Parameter(name, lengths, trained)) != null) {
            throw new IllegalStateException(name + " " + Arrays.toString(shape) + " is listed twice");
        }
    }
}
