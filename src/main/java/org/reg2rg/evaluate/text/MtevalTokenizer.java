package org.reg2rg.evaluate.text;

import java.util.List;

/**
 * The "13a" tokenisation of BLEU (mteval-v13a, as Hugging Face {@code evaluate} 0.4.2 has it): symbols stand alone,
 * points and commas stand alone except between digits, a dash behind a digit stands alone; case is kept. The four
 * rules are passes over the text, each of them never looking at a character twice, as a regular expression would.
 */
public final class MtevalTokenizer {
    private MtevalTokenizer() {}

    /** The tokens of a text, in order. */
    public static List<String> tokenize(String text) {
        String line = text.replace("<skipped>", "").replace("-\n", "").replace('\n', ' ');
        if (line.indexOf('&') >= 0) {
            line = line.replace("&quot;", "\"")
                    .replace("&amp;", "&")
                    .replace("&lt;", "<")
                    .replace("&gt;", ">");
        }
        var spaced = separateSymbols(" " + line + " ");
        return PythonText.split(separateDashes(separatePointsBefore(separatePointsAfter(spaced))));
    }

    private static StringBuilder separateSymbols(String line) {
        var out = new StringBuilder(line.length() * 2);
        for (int i = 0; i < line.length(); i++) {
            char c = line.charAt(i);
            if (isSymbol(c)) {
                out.append(' ').append(c).append(' ');
            } else {
                out.append(c);
            }
        }
        return out;
    }

    /** All of ASCII but letters, digits, control characters and {@code ' , - .} */
    private static boolean isSymbol(char c) {
        return (c >= ' ' && c <= '&')
                || (c >= '(' && c <= '+')
                || c == '/'
                || (c >= ':' && c <= '@')
                || (c >= '[' && c <= '`')
                || (c >= '{' && c <= '~');
    }

    private static StringBuilder separatePointsAfter(StringBuilder line) {
        var out = new StringBuilder(line.length() * 2);
        for (int i = 0; i < line.length(); i++) {
            char c = line.charAt(i);
            out.append(c);
            if (!isDigit(c) && i + 1 < line.length() && isPoint(line.charAt(i + 1))) {
                out.append(' ').append(line.charAt(i + 1)).append(' ');
                i++;
            }
        }
        return out;
    }

    private static StringBuilder separatePointsBefore(StringBuilder line) {
        var out = new StringBuilder(line.length() * 2);
        for (int i = 0; i < line.length(); i++) {
            char c = line.charAt(i);
            if (isPoint(c) && i + 1 < line.length() && !isDigit(line.charAt(i + 1))) {
                out.append(' ').append(c).append(' ').append(line.charAt(i + 1));
                i++;
            } else {
                out.append(c);
            }
        }
        return out;
    }

    private static StringBuilder separateDashes(StringBuilder line) {
        var out = new StringBuilder(line.length() * 2);
        for (int i = 0; i < line.length(); i++) {
            char c = line.charAt(i);
            out.append(c);
            if (isDigit(c) && i + 1 < line.length() && line.charAt(i + 1) == '-') {
                out.append(" - ");
                i++;
            }
        }
        return out;
    }

    private static boolean isPoint(char c) {
        return c == '.' || c == ',';
    }

    private static boolean isDigit(char c) {
        return c >= '0' && c <= '9';
    }
}
