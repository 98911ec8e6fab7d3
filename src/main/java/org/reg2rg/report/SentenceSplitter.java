package org.reg2rg.report;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * Cuts radiology text into sentences and says where each one stood. Decimal numbers ("1.5 cm"), dates ("12.03.2020"),
 * ordinals and levels before a lower-case word ("the 5. rib", "T5. vertebra"), abbreviations ("approx.", "e.g.") and
 * list numbers ("1. Nodule") stay whole. A line break ends a sentence where the next line starts a new one; quotation
 * marks and bullets between sentences belong to none. Plain and without state: the same text gives the same cuts.
 */
public final class SentenceSplitter {
    private static final Set<String> ABBREVIATIONS = Set.of(
            "approx", "ca", "cf", "dr", "prof", "mr", "mrs", "ms", "st", "e.g", "i.e", "eg", "ie", "vs", "fig", "figs",
            "no", "nr", "resp", "incl", "excl", "esp", "max", "min", "diam", "dist", "prox", "lat", "ant", "post",
            "bilat", "susp", "viz", "al", "seg", "segm", "se", "im", "img", "ser", "sl", "tbl", "v", "a", "vv", "aa",
            "lig", "art", "inf", "sup", "med", "dept", "ref", "temp", "hx", "dx");
    private static final Set<String> NEVER_LAST = Set.of(
            "approx", "cf", "dr", "prof", "mr", "mrs", "ms", "e.g", "i.e", "eg", "ie", "vs", "fig", "figs", "viz");
    private static final Set<String> OPEN_END = Set.of(
            "a", "an", "the", "of", "in", "on", "at", "to", "by", "with", "and", "or", "for", "from", "as", "is", "are",
            "was", "were", "be", "no", "not", "both", "left", "right", "upper", "lower", "middle", "without", "which",
            "that", "than", "into", "per");

    private SentenceSplitter() {}

    /**
     * One sentence.
     *
     * @param text the sentence as it stood, without surrounding blanks, bullets and quotation marks
     * @param start index of its first character in the whole text, in Unicode code points
     * @param end index behind its last character, in Unicode code points
     */
    public record Sentence(String text, int start, int end) {}

    /** The sentences of a text in order; none for a text of blanks. Every letter and digit is in exactly one of them. */
    public static List<Sentence> split(String report) {
        var text = new TextPoints(report);
        var sentences = new ArrayList<Sentence>();
        int start = 0;
        for (int i = 0; i < text.length(); i++) {
            int end = endAt(text, start, i);
            if (end > i) {
                add(text, start, end, sentences);
                start = end;
                i = end - 1;
            }
        }
        add(text, start, text.length(), sentences);
        return List.copyOf(sentences);
    }

    /** Index behind the sentence that ends with the character at {@code i}, or {@code i} where none ends. */
    private static int endAt(TextPoints text, int start, int i) {
        return switch (text.at(i)) {
            case '\n', '\r', '\u2028', '\u2029' -> lineBreakEnds(text, start, i) ? i + 1 : i;
            case '.', '!', '?', '\u2026', '\u3002' -> stopEnds(text, start, i) ? text.behindClosers(i + 1) : i;
            case '\u2022', '\u25cf', '\u25aa', '\u2023' -> i + 1; // a bullet inside a line starts a new item
            case '"' -> text.standsAlone(i) ? i + 1 : i; // as a bullet; a quotation has a letter on one side
            default -> i;
        };
    }

    private static boolean stopEnds(TextPoints text, int start, int i) {
        int next = i + 1;
        if (next < text.length() && isStop(text.at(next))) {
            return false; // "..." or "?!": the last one decides
        }
        int behind = text.behindClosers(next);
        if (behind >= text.length()) {
            return true;
        }
        if (!Character.isWhitespace(text.at(behind))) {
            return behind > next ? opensSentence(text, behind) : gluedSentence(text, i);
        }
        int first = text.skipBlanks(behind);
        if (first >= text.length() || text.at(i) == '?' || text.at(i) == '!') {
            return first >= text.length() || !text.insideBracket(start, i);
        }
        if (text.insideBracket(start, i) && behind == next) {
            return false;
        }
        return periodEnds(text, start, i, first);
    }

    /** Whether the full stop at {@code i}, followed by blanks and then the character at {@code first}, ends a sentence. */
    private static boolean periodEnds(TextPoints text, int start, int i, int first) {
        String word = text.wordBefore(start, i);
        boolean lower = Character.isLowerCase(text.at(first));
        boolean digit = Character.isDigit(text.at(first));
        if (NEVER_LAST.contains(word) || ((lower || digit) && ABBREVIATIONS.contains(word))) {
            return false;
        }
        if (word.isEmpty()) {
            return true;
        }
        boolean number = Character.isDigit(word.codePointBefore(word.length()));
        if (number && (lower || (digit && isNumber(word)))) {
            return false; // "5. rib", "T5. vertebra", "12. 03. 2020"
        }
        if (isListMark(text, start, i, word)) {
            return false;
        }
        return word.length() != 1
                || number
                || !Character.isUpperCase(text.at(i - 1))
                || lower; // initials: "Dr A. Smith"
    }

    /** "1. Nodule" at the start of an item: the number belongs to what follows. */
    private static boolean isListMark(TextPoints text, int start, int i, String word) {
        boolean short1 = word.length() <= 2 && (isNumber(word) || Character.isLetter(word.charAt(0)));
        return short1 && text.skipBullets(start, i) == i - word.length();
    }

    /** "observed.The": a missing blank; but not "T12.5", "e.g.", "1.5" or a web address. */
    private static boolean gluedSentence(TextPoints text, int i) {
        return i >= 2
                && i + 2 < text.length()
                && Character.isLowerCase(text.at(i - 1))
                && Character.isLetter(text.at(i - 2))
                && Character.isUpperCase(text.at(i + 1))
                && (Character.isLowerCase(text.at(i + 2)) || Character.isWhitespace(text.at(i + 2)));
    }

    private static boolean lineBreakEnds(TextPoints text, int start, int i) {
        int first = i + 1;
        int breaks = text.isBreak(i) ? 1 : 0;
        while (first < text.length() && Character.isWhitespace(text.at(first)) && breaks < 2) {
            breaks += text.isBreak(first) ? 1 : 0;
            first++;
        }
        if (first >= text.length() || breaks > 1 || text.isBullet(first)) {
            return true;
        }
        int last = i - 1;
        while (last >= start && Character.isWhitespace(text.at(last))) {
            last--;
        }
        if (last < start || text.at(last) == ':') {
            return true; // a heading on its own line
        }
        boolean opens = Character.isUpperCase(text.at(first)) || text.startsNumberedItem(first);
        return opens && ",;-/(".indexOf(text.at(last)) < 0 && !OPEN_END.contains(text.wordBefore(start, last + 1));
    }

    private static boolean opensSentence(TextPoints text, int i) {
        return Character.isUpperCase(text.at(i)) || Character.isDigit(text.at(i)) || text.isBullet(i);
    }

    private static boolean isStop(int point) {
        return point == '.' || point == '!' || point == '?' || point == '\u2026';
    }

    private static boolean isNumber(String word) {
        return !word.isEmpty() && word.chars().allMatch(c -> Character.isDigit(c) || c == '.' || c == ',');
    }

    private static void add(TextPoints text, int start, int end, List<Sentence> sentences) {
        int from = text.skipBullets(start, end);
        int to = end;
        while (to > from
                && (text.isBlank(to - 1) || "\"\u201c\u201d\u2022\u25cf\u25aa\u2023".indexOf(text.at(to - 1)) >= 0)) {
            to--;
        }
        for (int i = from; i < to; i++) {
            if (Character.isLetterOrDigit(text.at(i))) {
                sentences.add(new Sentence(text.between(from, to), from, to));
                return;
            }
        }
    }
}
