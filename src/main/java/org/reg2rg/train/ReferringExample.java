package org.reg2rg.train;

import java.util.List;
import org.reg2rg.ct.Region;

/**
 * One study as the decoder learns it: the referring prompt, then the answer.
 *
 * @param ids of prompt and answer, with visual tokens at the places of {@link org.reg2rg.prompt.SpecialTokens}
 * @param labels the id that is to be said at each position, {@value #NO_LABEL} where nothing is learned; a label is predicted
 *     from the position before it
 * @param weights of the labels in the loss
 * @param slots the region in each slot: the order in which visual tokens must come
 * @param cut whether the answer was longer than allowed and lost its end
 */
@SuppressWarnings("ArrayRecordComponent") // examples are never compared with equals
public record ReferringExample(int[] ids, int[] labels, float[] weights, List<Region> slots, boolean cut) {
    /** Marks a position that has no label, as in the published code. */
    public static final int NO_LABEL = -100;

    public ReferringExample {
        slots = List.copyOf(slots);
        if (ids.length != labels.length || ids.length != weights.length) {
            throw new IllegalArgumentException("ids, labels and weights differ in length: " + ids.length + ", "
                    + labels.length + ", " + weights.length);
        }
    }
}
