package org.reg2rg.evaluate.text;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** The tokens of {@code rouge_score} 0.1.2 without stemmer: runs of a–z and 0–9 of the lower-cased text. */
public final class RougeTokenizer {
    private RougeTokenizer() {}

    /** The tokens of a text, in order. */
    public static List<String> tokenize(String text) {
        String lower = text.toLowerCase(Locale.ROOT);
        var tokens = new ArrayList<String>();
        int start = -1;
        for (int i = 0; i <= lower.length(); i++) {
            boolean word = i < lower.length() && isWord(lower.charAt(i));
            if (word && start < 0) {
                start = i;
            } else if (!word && start >= 0) {
                tokens.add(lower.substring(start, i));
                start = -1;
            }
        }
        return tokens;
    }

    private static boolean isWord(char c) {
        return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9');
    }
}
