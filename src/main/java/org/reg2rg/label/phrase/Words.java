package org.reg2rg.label.phrase;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * A sentence as lower-case words and punctuation marks, each with its place in the sentence. Hyphens, slashes and
 * quotation marks only separate ("ground-glass" is two words); a decimal number is one word.
 */
public final class Words {
    private static final String MARKS = ",;:().?";

    private final String sentence;
    private final String[] words;
    private final int[] starts;
    private final int[] ends;

    private Words(String sentence, List<int[]> spans) {
        this.sentence = sentence;
        int count = spans.size();
        words = new String[count];
        starts = new int[count];
        ends = new int[count];
        for (int i = 0; i < count; i++) {
            starts[i] = spans.get(i)[0];
            ends[i] = spans.get(i)[1];
            words[i] = sentence.substring(starts[i], ends[i]).toLowerCase(Locale.ROOT);
        }
    }

    public static Words of(String sentence) {
        var spans = new ArrayList<int[]>();
        int length = sentence.length();
        for (int i = 0; i < length; ) {
            char c = sentence.charAt(i);
            if (Character.isLetterOrDigit(c)) {
                int end = endOfWord(sentence, i);
                spans.add(new int[] {i, end});
                i = end;
            } else {
                if (MARKS.indexOf(c) >= 0) {
                    spans.add(new int[] {i, i + 1});
                }
                i++;
            }
        }
        return new Words(sentence, spans);
    }

    private static int endOfWord(String sentence, int from) {
        int i = from;
        while (i < sentence.length()) {
            char c = sentence.charAt(i);
            boolean decimal = (c == '.' || c == ',')
                    && i > from
                    && Character.isDigit(sentence.charAt(i - 1))
                    && i + 1 < sentence.length()
                    && Character.isDigit(sentence.charAt(i + 1));
            if (!Character.isLetterOrDigit(c) && !decimal) {
                return i;
            }
            i++;
        }
        return i;
    }

    public int count() {
        return words.length;
    }

    public String get(int i) {
        return words[i];
    }

    public boolean isMark(int i) {
        return words[i].length() == 1 && MARKS.indexOf(words[i].charAt(0)) >= 0;
    }

    /** Whether the word is a mark that separates statements. */
    public boolean separates(int i) {
        return words[i].equals(";") || words[i].equals(":") || words[i].equals(".");
    }

    /** The words from {@code start} up to {@code end} as they stood in the sentence. */
    public String original(Span span) {
        return sentence.substring(starts[span.start()], ends[span.end() - 1]);
    }

    /** Some words in a row: from {@code start} up to but not including {@code end}. */
    public record Span(int start, int end) {
        public boolean overlaps(Span other) {
            return start < other.end && other.start < end;
        }

        /** Whether both are on the same words and this one is on more of them, so that it says what is meant. */
        public boolean isLongerPhraseThan(Span other) {
            return overlaps(other) && end - start > other.end - other.start;
        }

        public boolean covers(Span other) {
            return start <= other.start && other.end <= end;
        }

        /** How many words lie between the two; 0 where they touch or overlap. */
        public int distance(Span other) {
            return Math.max(0, Math.max(other.start - end, start - other.end));
        }
    }
}
