package org.reg2rg.evaluate.text;

import java.util.ArrayList;
import java.util.List;

/** Text rules in which Java and Python differ, as Python has them, because the published scores depend on them. */
public final class PythonText {
    private PythonText() {}

    /** Whether Python's {@code str.isspace} holds: Unicode white space with the no-break ones. */
    static boolean isSpace(char c) {
        return c == ' ' || (c >= '\t' && c <= '\r') || (c > ' ' ? isSpaceAboveAscii(c) : c >= 0x1c && c <= 0x1f);
    }

    private static boolean isSpaceAboveAscii(char c) {
        return c == 0x85 || (c >= 0xa0 && Character.isSpaceChar(c));
    }

    /** The words between white space: Python's {@code str.split()}. */
    public static List<String> split(CharSequence text) {
        var words = new ArrayList<String>();
        int start = -1;
        for (int i = 0; i < text.length(); i++) {
            if (isSpace(text.charAt(i))) {
                if (start >= 0) {
                    words.add(text.subSequence(start, i).toString());
                }
                start = -1;
            } else if (start < 0) {
                start = i;
            }
        }
        if (start >= 0) {
            words.add(text.subSequence(start, text.length()).toString());
        }
        return words;
    }

    /** How many words {@link #split} finds. */
    public static int countWords(CharSequence text) {
        int words = 0;
        boolean inside = false;
        for (int i = 0; i < text.length(); i++) {
            boolean word = !isSpace(text.charAt(i));
            words += word && !inside ? 1 : 0;
            inside = word;
        }
        return words;
    }

    /** Without white space at both ends: Python's {@code str.strip()}. */
    public static String strip(String text) {
        int start = 0;
        int end = text.length();
        while (start < end && isSpace(text.charAt(start))) {
            start++;
        }
        while (end > start && isSpace(text.charAt(end - 1))) {
            end--;
        }
        return text.substring(start, end);
    }

    /** Runs of white space as one blank each, none at the ends. */
    public static String collapseSpaces(String text) {
        return String.join(" ", split(text));
    }
}
