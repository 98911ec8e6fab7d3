package org.reg2rg.report;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
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
    private static final String BULLETS = "\"\u201c\u201d\u2022\u25cf\u25aa\u00b7\u2023*-\u2013\u2014>";

    /** A bracket that is open for longer than this was forgotten by the writer. */
    private static final int BRACKET_REACH = 300;

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
    public static List<Sentence> split(String text) {
        int[] points = text.codePoints().toArray();
        var sentences = new ArrayList<Sentence>();
        int start = 0;
        for (int i = 0; i < points.length; i++) {
            int end = endAt(points, start, i);
            if (end > i) {
                add(points, start, end, sentences);
                start = end;
                i = end - 1;
            }
        }
        add(points, start, points.length, sentences);
        return List.copyOf(sentences);
    }

    /** Index behind the sentence that ends with the character at {@code i}, or {@code i} where none ends. */
    private static int endAt(int[] points, int start, int i) {
        return switch (points[i]) {
            case '\n', '\r', '\u2028', '\u2029' -> lineBreakEnds(points, start, i) ? i + 1 : i;
            case '.', '!', '?', '\u2026', '\u3002' -> stopEnds(points, start, i) ? behindClosers(points, i + 1) : i;
            case '\u2022', '\u25cf', '\u25aa', '\u2023' -> i + 1; // a bullet inside a line starts a new item
            case '"' -> standsAlone(points, i) ? i + 1 : i; // as a bullet; a quotation has a letter on one side
            default -> i;
        };
    }

    private static boolean standsAlone(int[] points, int i) {
        return i > 0
                && Character.isWhitespace(points[i - 1])
                && i + 1 < points.length
                && Character.isWhitespace(points[i + 1]);
    }

    private static boolean stopEnds(int[] points, int start, int i) {
        int next = i + 1;
        if (next < points.length && isStop(points[next])) {
            return false; // "..." or "?!": the last one decides
        }
        int behind = behindClosers(points, next);
        if (behind >= points.length) {
            return true;
        }
        if (!Character.isWhitespace(points[behind])) {
            return behind > next ? opensSentence(points[behind]) : gluedSentence(points, i);
        }
        int first = skipBlanks(points, behind);
        if (first >= points.length || points[i] == '?' || points[i] == '!') {
            return first >= points.length || !insideBracket(points, start, i);
        }
        if (insideBracket(points, start, i) && behind == next) {
            return false;
        }
        return periodEnds(points, start, i, first);
    }

    /** Whether the full stop at {@code i}, followed by blanks and then the character at {@code first}, ends a sentence. */
    private static boolean periodEnds(int[] points, int start, int i, int first) {
        String word = wordBefore(points, start, i);
        boolean lower = Character.isLowerCase(points[first]);
        boolean digit = Character.isDigit(points[first]);
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
        if (isListMark(points, start, i, word)) {
            return false;
        }
        return word.length() != 1
                || number
                || !Character.isUpperCase(points[i - 1])
                || lower; // initials: "Dr A. Smith"
    }

    /** "1. Nodule" at the start of an item: the number belongs to what follows. */
    private static boolean isListMark(int[] points, int start, int i, String word) {
        boolean short1 = word.length() <= 2 && (isNumber(word) || Character.isLetter(word.charAt(0)));
        return short1 && skipBullets(points, start, i) == i - word.length();
    }

    /** "observed.The": a missing blank; but not "T12.5", "e.g.", "1.5" or a web address. */
    private static boolean gluedSentence(int[] points, int i) {
        return i >= 2
                && i + 2 < points.length
                && Character.isLowerCase(points[i - 1])
                && Character.isLetter(points[i - 2])
                && Character.isUpperCase(points[i + 1])
                && (Character.isLowerCase(points[i + 2]) || Character.isWhitespace(points[i + 2]));
    }

    private static boolean lineBreakEnds(int[] points, int start, int i) {
        int first = i + 1;
        int breaks = isBreak(points, i) ? 1 : 0;
        while (first < points.length && Character.isWhitespace(points[first]) && breaks < 2) {
            breaks += isBreak(points, first) ? 1 : 0;
            first++;
        }
        if (first >= points.length || breaks > 1 || BULLETS.indexOf(points[first]) >= 0) {
            return true;
        }
        int last = i - 1;
        while (last >= start && Character.isWhitespace(points[last])) {
            last--;
        }
        if (last < start || points[last] == ':') {
            return true; // a heading on its own line
        }
        boolean opens = Character.isUpperCase(points[first]) || startsNumberedItem(points, first);
        return opens && ",;-/(".indexOf(points[last]) < 0 && !OPEN_END.contains(wordBefore(points, start, last + 1));
    }

    /** A line feed, or a carriage return that none follows. */
    private static boolean isBreak(int[] points, int i) {
        return points[i] == '\n' || (points[i] == '\r' && (i + 1 >= points.length || points[i + 1] != '\n'));
    }

    private static boolean startsNumberedItem(int[] points, int first) {
        int i = first;
        while (i < points.length && i - first < 2 && Character.isDigit(points[i])) {
            i++;
        }
        return i > first
                && i + 1 < points.length
                && (points[i] == '.' || points[i] == ')')
                && Character.isWhitespace(points[i + 1]);
    }

    private static boolean opensSentence(int point) {
        return Character.isUpperCase(point) || Character.isDigit(point) || BULLETS.indexOf(point) >= 0;
    }

    private static boolean isStop(int point) {
        return point == '.' || point == '!' || point == '?' || point == '\u2026';
    }

    private static boolean isNumber(String word) {
        return !word.isEmpty() && word.chars().allMatch(c -> Character.isDigit(c) || c == '.' || c == ',');
    }

    /** Whether an opening bracket of this sentence is still open at {@code i} and gets closed later in the same line. */
    private static boolean insideBracket(int[] points, int start, int i) {
        int open = 0;
        for (int k = Math.max(start, i - BRACKET_REACH); k <= i; k++) {
            open = points[k] == '(' ? open + 1 : points[k] == ')' ? Math.max(0, open - 1) : open;
        }
        if (open == 0) {
            return false;
        }
        for (int k = i + 1; k < points.length && k - i < BRACKET_REACH && points[k] != '\n'; k++) {
            if (points[k] == '(') {
                return false; // the first one was never closed
            }
            if (points[k] == ')') {
                return true;
            }
        }
        return false;
    }

    private static int behindClosers(int[] points, int from) {
        int i = from;
        while (i < points.length && (")]}\"\u201d\u2019'".indexOf(points[i]) >= 0)) {
            i++;
        }
        return i;
    }

    private static int skipBlanks(int[] points, int from) {
        int i = from;
        while (i < points.length && (Character.isWhitespace(points[i]) || points[i] == 0xA0)) {
            i++;
        }
        return i;
    }

    private static int skipBullets(int[] points, int from, int to) {
        int i = from;
        while (i < to && (Character.isWhitespace(points[i]) || points[i] == 0xA0 || BULLETS.indexOf(points[i]) >= 0)) {
            i++;
        }
        return i;
    }

    /** The word that ends before {@code i}, lower case, dots inside kept ("e.g"). */
    private static String wordBefore(int[] points, int start, int i) {
        int from = i;
        while (from > start && (Character.isLetterOrDigit(points[from - 1]) || points[from - 1] == '.')) {
            from--;
        }
        return new String(points, from, i - from).toLowerCase(Locale.ROOT);
    }

    private static void add(int[] points, int start, int end, List<Sentence> sentences) {
        int from = skipBullets(points, start, end);
        int to = end;
        while (to > from
                && (Character.isWhitespace(points[to - 1])
                        || points[to - 1] == 0xA0
                        || "\"\u201c\u201d\u2022\u25cf\u25aa\u2023".indexOf(points[to - 1]) >= 0)) {
            to--;
        }
        for (int i = from; i < to; i++) {
            if (Character.isLetterOrDigit(points[i])) {
                sentences.add(new Sentence(new String(points, from, to - from), from, to));
                return;
            }
        }
    }
}
