package org.reg2rg.train;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.random.RandomGenerator;
import org.reg2rg.core.InputException;
import org.reg2rg.ct.Region;
import org.reg2rg.model.LoadedModel;
import org.reg2rg.model.ModelConfig;
import org.reg2rg.prompt.ReferringPrompt;
import org.reg2rg.prompt.WordEncoder;

/**
 * Region-report alignment (RRA): the regions come in slots without their names, in another order each time a study is
 * drawn, and the answer must first name the anatomy of each and then report it; only the answer is learned
 * (arXiv 2411.15539; upstream radgenome_dataset_train.py, whose ids and labels these are).
 */
public final class RegionReportAlignment {
    private final ModelConfig config;
    private final WordEncoder words;
    private final int longest;

    /** @param longest number of tokens beyond which a text is cut; 2048 as published */
    public RegionReportAlignment(ModelConfig config, WordEncoder words, int longest) {
        if (longest < 1 || longest > config.language().maxPositions()) {
            throw new IllegalArgumentException(
                    "a text must have 1 to " + config.language().maxPositions() + " tokens at most, got " + longest);
        }
        this.config = config;
        this.words = words;
        this.longest = longest;
    }

    /** For the words of a model. */
    public static RegionReportAlignment of(LoadedModel model, int longest) {
        return new RegionReportAlignment(model.config(), model.tokenizer()::encode, longest);
    }

    /** A study with its regions in slots of random order. */
    public ReferringExample draw(List<RegionText> texts, RandomGenerator random) {
        return inOrder(Arrays.stream(Draws.permutation(texts.size(), random))
                .mapToObj(texts::get)
                .toList());
    }

    /**
     * A study with its regions in slots of this order.
     *
     * @throws InputException if the prompt alone leaves no room for an answer
     */
    public ReferringExample inOrder(List<RegionText> texts) {
        var prompt = ReferringPrompt.of(config.promptVariant(), texts.size());
        var sentences = new ArrayList<String>();
        for (int slot = 0; slot < texts.size(); slot++) {
            sentences.add(
                    sentence(slot, texts.get(slot).region(), texts.get(slot).text()));
        }
        int learnedFrom = ids(prompt).length;
        if (learnedFrom >= longest) {
            throw new InputException(
                    "longest text",
                    "a prompt with " + texts.size() + " regions takes " + learnedFrom
                            + " tokens (expected fewer than the " + longest + " that a text may have)",
                    "allow longer texts, or train with fewer regions");
        }
        int[] text = ids(prompt.withAnswer(String.join("", sentences)));
        boolean cut = text.length >= longest;
        // A text that is cut has no end to learn. The published code fails here.
        int[] ids = cut ? Arrays.copyOf(text, longest) : withEnd(text);
        float[] weights = weights(texts, learnedFrom, ids.length);
        return new ReferringExample(
                ids,
                labels(ids, learnedFrom),
                weights,
                texts.stream().map(RegionText::region).toList(),
                cut);
    }

    /** What is to be said of one slot. */
    static String sentence(int slot, Region region, String text) {
        return "The region " + slot + " is " + region.datasetName() + ": " + text + " ";
    }

    private int[] ids(ReferringPrompt prompt) {
        return prompt.ids(config.language().beginning(), words, config.tokens());
    }

    private int[] withEnd(int[] ids) {
        int[] ended = Arrays.copyOf(ids, ids.length + 1);
        ended[ids.length] = config.language().end();
        return ended;
    }

    /** The ids of the answer; not those that fill up batches, which also stand for what cannot be spelled, nor special ones. */
    private int[] labels(int[] ids, int learnedFrom) {
        int[] labels = new int[ids.length];
        Arrays.fill(labels, ReferringExample.NO_LABEL);
        for (int i = learnedFrom; i < ids.length; i++) {
            boolean learned = ids[i] != config.language().padding()
                    && ids[i] < config.language().vocabulary();
            labels[i] = learned ? ids[i] : ReferringExample.NO_LABEL;
        }
        return labels;
    }

    /** The words of each sentence weigh what it does; all else, above all which region is in a slot, weighs 1. */
    private float[] weights(List<RegionText> texts, int learnedFrom, int length) {
        float[] weights = new float[length];
        Arrays.fill(weights, 1);
        int at = learnedFrom;
        for (int slot = 0; slot < texts.size(); slot++) {
            RegionText text = texts.get(slot);
            at += tokens(sentence(slot, text.region(), ""));
            for (RegionText.Sentence sentence : text.sentences()) {
                int end = at + tokens(sentence.text());
                Arrays.fill(weights, Math.min(at, length), Math.min(end, length), sentence.weight());
                at = end;
            }
        }
        return weights;
    }

    /** Of a text without its trailing blanks, which the next one begins with. */
    private int tokens(String text) {
        return words.encode(text.stripTrailing()).length;
    }
}
