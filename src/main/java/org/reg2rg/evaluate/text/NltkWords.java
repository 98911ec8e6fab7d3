package org.reg2rg.evaluate.text;

import java.util.ArrayList;
import java.util.List;

/** NLTK's {@code word_tokenize}: sentences first, then the words of each. */
public final class NltkWords {
    private NltkWords() {}

    /** The words of a text, in order. */
    public static List<String> tokenize(String text) {
        var words = new ArrayList<String>();
        for (String sentence : PunktSentences.split(text)) {
            words.addAll(TreebankTokenizer.tokenize(sentence));
        }
        return words;
    }
}
