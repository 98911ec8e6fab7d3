package org.reg2rg.model;

import java.util.Map;
import java.util.stream.IntStream;
import org.bytedeco.pytorch.Tensor;
import org.reg2rg.language.SentencePieceModel;
import org.reg2rg.language.SentencePieceTokenizer;
import org.reg2rg.language.Tokenizer;
import org.reg2rg.nn.Weights;
import org.reg2rg.prompt.ReferringPrompt;

/**
 * A model ready to work.
 *
 * @param model the network
 * @param tokenizer its words
 * @param vocabulary the same as data, to be saved again
 * @param weights its tensors by published name; closing the model frees them
 */
public record LoadedModel(Reg2Rg model, Tokenizer tokenizer, SentencePieceModel vocabulary, Map<String, Tensor> weights)
        implements AutoCloseable {

    /** Puts a model together; make it with no scope open. */
    public static LoadedModel of(
            ModelConfig config, Map<String, Tensor> weights, SentencePieceModel vocabulary, boolean merged) {
        Tokenizer tokenizer = new SentencePieceTokenizer(vocabulary);
        if (tokenizer.size() != config.language().vocabulary()) {
            throw new org.reg2rg.core.InputException(
                    ModelFolder.TOKENIZER,
                    "it has " + tokenizer.size() + " pieces (expected "
                            + config.language().vocabulary() + ", as " + ModelConfig.FILE + " says)",
                    "give the tokenizer that belongs to this model");
        }
        int[] tags = config.tagsSlots() ? slotTags(config, tokenizer) : new int[0];
        return new LoadedModel(
                new ModelBuilder(config, Weights.of(weights)).reg2rg(merged, tags), tokenizer, vocabulary, weights);
    }

    /** For each slot the last id of its number as text. */
    private static int[] slotTags(ModelConfig config, Tokenizer tokenizer) {
        return IntStream.range(0, config.maxRegions())
                .map(slot -> {
                    int[] ids = tokenizer.encode(Integer.toString(slot));
                    return ids[ids.length - 1];
                })
                .toArray();
    }

    public ModelConfig config() {
        return model.config();
    }

    /** The prompt for a study with this many regions. */
    public ReferringPrompt prompt(int regions) {
        return ReferringPrompt.of(config().promptVariant(), regions);
    }

    /** The ids of a prompt, the id that starts a text first. */
    public int[] ids(ReferringPrompt prompt) {
        return prompt.ids(config().language().beginning(), tokenizer::encode, config().tokens());
    }

    @Override
    public void close() {
        org.reg2rg.tensor.Scope.free(weights.values());
    }
}
