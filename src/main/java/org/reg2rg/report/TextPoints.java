package org.reg2rg.report;

import java.util.Locale;

/** The characters of a text as Unicode code points, and what stands around a place in it. */
final class TextPoints {
    private static final String BULLETS = "\"\u201c\u201d\u2022\u25cf\u25aa\u00b7\u2023*-\u2013\u2014>";

    /** A bracket that is open for longer than this was forgotten by the writer. */
    private static final int BRACKET_REACH = 300;

    private final int[] points;

    TextPoints(String text) {
        points = text.codePoints().toArray();
    }

    int length() {
        return points.length;
    }

    int at(int i) {
        return points[i];
    }

    String between(int from, int to) {
        return new String(points, from, to - from);
    }

    /** White space, or a blank that must not break. */
    boolean isBlank(int i) {
        return Character.isWhitespace(points[i]) || points[i] == 0xA0;
    }

    /** A mark that can stand before an item of a list. */
    boolean isBullet(int i) {
        return BULLETS.indexOf(points[i]) >= 0;
    }

    /** A line feed, or a carriage return that none follows. */
    boolean isBreak(int i) {
        return points[i] == '\n' || (points[i] == '\r' && (i + 1 >= points.length || points[i + 1] != '\n'));
    }

    /** Whether there are blanks on both sides. */
    boolean standsAlone(int i) {
        return i > 0
                && Character.isWhitespace(points[i - 1])
                && i + 1 < points.length
                && Character.isWhitespace(points[i + 1]);
    }

    /** Whether "1. " or "12) " stands here. */
    boolean startsNumberedItem(int first) {
        int i = first;
        while (i < points.length && i - first < 2 && Character.isDigit(points[i])) {
            i++;
        }
        return i > first
                && i + 1 < points.length
                && (points[i] == '.' || points[i] == ')')
                && Character.isWhitespace(points[i + 1]);
    }

    /** Whether an opening bracket of this sentence is still open at {@code i} and gets closed later in the same line. */
    boolean insideBracket(int start, int i) {
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

    /** Index behind the brackets and quotation marks that close at {@code from}. */
    int behindClosers(int from) {
        int i = from;
        while (i < points.length && ")]}\"\u201d\u2019'".indexOf(points[i]) >= 0) {
            i++;
        }
        return i;
    }

    /** Index of the first character from {@code from} on that is no blank. */
    int skipBlanks(int from) {
        int i = from;
        while (i < points.length && isBlank(i)) {
            i++;
        }
        return i;
    }

    /** Index of the first character from {@code from} on that is neither blank nor bullet, at most {@code to}. */
    int skipBullets(int from, int to) {
        int i = from;
        while (i < to && (isBlank(i) || isBullet(i))) {
            i++;
        }
        return i;
    }

    /** The word that ends before {@code i}, lower case, dots inside kept ("e.g"). */
    String wordBefore(int start, int i) {
        int from = i;
        while (from > start && (Character.isLetterOrDigit(points[from - 1]) || points[from - 1] == '.')) {
            from--;
        }
        return between(from, i).toLowerCase(Locale.ROOT);
    }
}
