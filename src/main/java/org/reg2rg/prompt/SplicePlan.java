package org.reg2rg.prompt;

import java.util.Arrays;
import java.util.stream.IntStream;

/**
 * Where visual embeddings go among those of the words. The special ids run on from the vocabulary in the order of one
 * table: the four brackets, the tokens of the whole volume, the tokens of slot 0, of slot 1, …; so the row of that table
 * is the id less the vocabulary. This gives the same numbers as the published product with one-hot rows, without it.
 *
 * @param words ids of the words; 0 at the places of visual embeddings, whose word embedding is replaced
 * @param places positions of the visual embeddings
 * @param rows for each place the row of the table
 */
@SuppressWarnings("ArrayRecordComponent") // plans are never compared with equals
public record SplicePlan(int[] words, int[] places, int[] rows) {
    /**
     * @param regions how many slots the study fills
     * @throws IllegalArgumentException if an id belongs to a slot that is not filled, or is no id at all
     */
    public static SplicePlan of(int[] ids, SpecialTokens tokens, int regions) {
        int limit = tokens.vocabulary() + tokens.rows(regions);
        for (int id : ids) {
            if (id < 0 || id >= limit) {
                throw new IllegalArgumentException(
                        "id " + id + " is none of the " + limit + " ids of a study with " + regions + " regions");
            }
        }
        int[] places = IntStream.range(0, ids.length)
                .filter(i -> ids[i] >= tokens.vocabulary())
                .toArray();
        int[] rows =
                Arrays.stream(places).map(i -> ids[i] - tokens.vocabulary()).toArray();
        int[] words =
                Arrays.stream(ids).map(id -> id < tokens.vocabulary() ? id : 0).toArray();
        return new SplicePlan(words, places, rows);
    }
}
