package org.reg2rg.report;

import java.util.List;
import java.util.OptionalDouble;

/**
 * What a model generated.
 *
 * @param text the decoded answer
 * @param tokens the tokens that made it, in order; may be empty where they are not known
 * @param cut whether it ended at the token limit rather than by its own end token
 */
public record Answer(String text, List<Token> tokens, boolean cut) {
    public Answer {
        tokens = List.copyOf(tokens);
    }

    /**
     * One generated token.
     *
     * @param end code points of the answer after this token
     * @param logProbability natural logarithm of its probability under the model
     */
    public record Token(int end, double logProbability) {}

    /** Mean over the tokens that end in (start, end], in code points. */
    OptionalDouble meanLogProbability(int start, int end) {
        return tokens.stream()
                .filter(t -> t.end() > start && t.end() <= end)
                .mapToDouble(Token::logProbability)
                .average();
    }
}
