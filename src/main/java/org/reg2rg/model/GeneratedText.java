package org.reg2rg.model;

import java.util.List;
import org.reg2rg.language.GeneratedIds;

/**
 * An answer of the model.
 *
 * @param text raw, as written
 * @param tokens what it was written of, in order, without the end token
 * @param ids the same as ids, the end token included if it was written
 * @param prompt what was asked, with special tokens written out
 */
public record GeneratedText(String text, List<Token> tokens, GeneratedIds ids, String prompt) {
    public GeneratedText {
        tokens = List.copyOf(tokens);
    }

    /**
     * One word piece.
     *
     * @param end number of Unicode code points of {@code text} up to its end
     * @param logProbability natural logarithm of its probability under the model
     */
    public record Token(int end, double logProbability) {}

    /** Whether the answer was cut off at the limit. */
    public boolean cut() {
        return !ids.ended();
    }
}
