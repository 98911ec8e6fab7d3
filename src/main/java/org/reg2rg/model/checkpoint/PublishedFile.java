package org.reg2rg.model.checkpoint;

import java.util.Optional;
import java.util.regex.Pattern;
import org.reg2rg.model.ParameterTable;

/**
 * The published files and how each names our parameters. Our names are those of the newest {@code pytorch_model.bin}, so
 * that the table is short: other files leave a prefix out, older ones spell LoRA differently, and a few keys have no
 * counterpart here.
 */
enum PublishedFile {
    /** {@code pytorch_model.bin} of Reg2RG: everything, the word embedding twice. */
    CHECKPOINT("", ""),
    /** A Hugging Face folder of LLaMA. */
    LLAMA("", ParameterTable.LANGUAGE),
    /** {@code RadFM_vit3d.pth}. */
    VISION("", ParameterTable.VISUAL + "vision_encoder."),
    /** {@code RadFM_perceiver_fc.pth}, whose {@code fc} is for another language model and is not used. */
    PERCEIVER("perceiver.", ParameterTable.VISUAL + "perceiver.");

    private static final Pattern ROTARY = Pattern.compile("(.*\\.)?layers\\.\\d+\\.self_attn\\.rotary_emb\\.inv_freq");
    private static final Pattern BASE_LAYER = Pattern.compile("(\\.self_attn\\.[qv]_proj)\\.weight$");
    private static final Pattern UNNAMED_ADAPTER = Pattern.compile("\\.(lora_[AB])\\.weight$");
    private static final String DATA_PARALLEL = "module.";

    private final String prefix;
    private final String ours;

    PublishedFile(String prefix, String ours) {
        this.prefix = prefix;
        this.ours = ours;
    }

    /**
     * The newest spelling of a key, or nothing for one that is left out on purpose: rotary frequencies (low precision in
     * the published file, so they are computed) and the unused {@code fc}.
     *
     * @param adapted whether the file holds LoRA weights
     */
    Optional<String> newest(String key, boolean adapted) {
        String name = key.startsWith(DATA_PARALLEL) ? key.substring(DATA_PARALLEL.length()) : key;
        boolean leftOut = this == PERCEIVER && name.startsWith("fc.")
                || this != VISION && ROTARY.matcher(name).matches();
        if (leftOut) {
            return Optional.empty();
        }
        if (adapted) {
            name = BASE_LAYER.matcher(name).replaceFirst("$1.base_layer.weight");
            name = UNNAMED_ADAPTER.matcher(name).replaceFirst(".$1.default.weight");
        }
        return Optional.of(name);
    }

    /** The key under which this file holds a parameter of ours, if it does. */
    Optional<String> keyOf(String parameter) {
        if (!parameter.startsWith(ours) || this != CHECKPOINT && parameter.contains(".lora_")) {
            return Optional.empty();
        }
        String rest = prefix + parameter.substring(ours.length());
        return Optional.of(this == LLAMA ? rest.replace(".base_layer.", ".") : rest);
    }

    /** The parameter that a key in its newest spelling would be; the inverse of {@link #keyOf} but for LoRA's layers. */
    String parameterOf(String key) {
        return key.startsWith(prefix) ? ours + key.substring(prefix.length()) : key;
    }
}
