package org.reg2rg.prompt;

import java.util.stream.IntStream;

/**
 * The tokens that stand for visual embeddings. Their ids follow the vocabulary of the language model:
 * {@code <image> </image> <region> </region>}, then one per token of the whole volume, then one per slot and token of a
 * region. With 32,000 words, 32 tokens a volume and 33 a region (32 of texture, then one of geometry), token j of slot i
 * is {@code <region33i+j>} with id {@code 32036 + 33 i + j}, the numbering of the published data sets.
 *
 * @param vocabulary number of ids of the language model
 * @param globalTokens visual tokens of the whole volume
 * @param regionTokens visual tokens of a region
 * @param maxRegions how many slots there are at most
 */
public record SpecialTokens(int vocabulary, int globalTokens, int regionTokens, int maxRegions) {
    /** Number of tokens that open or close a place; they come first. */
    public static final int BRACKETS = 4;

    public SpecialTokens {
        if (vocabulary < 1 || globalTokens < 1 || regionTokens < 1 || maxRegions < 1) {
            throw new IllegalArgumentException("all counts must be positive: " + vocabulary + ", " + globalTokens + ", "
                    + regionTokens + ", " + maxRegions);
        }
    }

    /** Number of rows in the table of visual embeddings of a study with this many regions; see {@link SplicePlan}. */
    public int rows(int regions) {
        return BRACKETS + globalTokens + regionTokens * regions;
    }

    /** Number of all ids, words and special tokens together. */
    public int size() {
        return vocabulary + rows(maxRegions);
    }

    /** The ids of the whole volume: opening bracket, visual tokens, closing bracket. */
    public int[] globalIds() {
        return bracketed(vocabulary, vocabulary + BRACKETS, globalTokens);
    }

    /** The ids of a slot: opening bracket, visual tokens, closing bracket. */
    public int[] regionIds(int slot) {
        checkSlot(slot);
        return bracketed(vocabulary + 2, vocabulary + rows(slot), regionTokens);
    }

    /** {@code <image><image0>…</image>} */
    public String globalText() {
        return text("image", 0, globalTokens);
    }

    /** {@code <region><region33>…</region>} */
    public String regionText(int slot) {
        checkSlot(slot);
        return text("region", slot * regionTokens, regionTokens);
    }

    private void checkSlot(int slot) {
        if (slot < 0 || slot >= maxRegions) {
            throw new IllegalArgumentException("slot " + slot + " of " + maxRegions);
        }
    }

    private static int[] bracketed(int open, int first, int count) {
        return IntStream.concat(
                        IntStream.concat(IntStream.of(open), IntStream.range(first, first + count)),
                        IntStream.of(open + 1))
                .toArray();
    }

    private static String text(String name, int first, int count) {
        var text = new StringBuilder("<" + name + ">");
        for (int i = first; i < first + count; i++) {
            text.append('<').append(name).append(i).append('>');
        }
        return text.append("</").append(name).append('>').toString();
    }
}
