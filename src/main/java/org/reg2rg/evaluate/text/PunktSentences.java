package org.reg2rg.evaluate.text;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The sentence splitter before NLTK's word tokeniser: Punkt (T. Kiss, J. Strunk, Unsupervised multilingual sentence
 * boundary detection, Computational Linguistics 32(4), 2006) with NLTK's English parameters. The trained table of word
 * capitalisations is left out: a capital word behind an abbreviation starts a sentence only if it is a known starter, a
 * small word behind a number or an initial never does. METEOR needs this splitter and no better one, since it decides
 * whether a point belongs to its word.
 */
final class PunktSentences {
    private static final int UNICODE = Pattern.UNICODE_CHARACTER_CLASS;
    private static final String SPACES = " \t\n\r\u000b\f";
    private static final Pattern PERIOD_CONTEXT =
            Pattern.compile("[.?!](?=(?<after>[)\";}\\]*:@'({\\[?!]|\\s+(?<next>\\S+)))", UNICODE);
    private static final Pattern WORD = Pattern.compile(
            "-{2,}|\\.{2,}|(?:\\.\\s){2,}\\."
                    + "|(?=[^(\"`{\\[:;&#*@)}\\]\\-,])\\S+?"
                    + "(?=\\s|$|[)\";}\\]*:@'({\\[?!]|-{2,}|\\.{2,}|(?:\\.\\s){2,}\\."
                    + "|,(?=$|\\s|[)\";}\\]*:@'({\\[?!]|-{2,}|\\.{2,}|(?:\\.\\s){2,}\\.))"
                    + "|\\S",
            UNICODE);
    private static final Pattern CLOSING =
            Pattern.compile("[\"')\\]}]+?(?:\\s+|(?=--)|$)", Pattern.MULTILINE | UNICODE);
    private static final Pattern NUMBER = Pattern.compile("-?[.,]?\\d[\\d,.\\-]*\\.?");
    private static final Set<String> ABBREVIATIONS = parameters("abbreviation");
    private static final Set<String> STARTERS = parameters("starter");
    private static final String NEVER_FIRST = ";:,.!?";

    private PunktSentences() {}

    private record Span(int start, int end) {}

    /** The sentences of a text in order, with closing quotes and brackets kept at the sentence that they end. */
    static List<String> split(String text) {
        return realign(text, breaks(text));
    }

    private static List<Span> breaks(String text) {
        var spans = new ArrayList<Span>();
        int lastBreak = 0;
        Matcher match = PERIOD_CONTEXT.matcher(text);
        int wordStart = 0;
        int previousEnd = 0;
        boolean found = match.find();
        while (found) {
            int end = match.start();
            int after = match.end("after");
            int nextStart = match.start("next");
            int start = wordBefore(text, wordStart, previousEnd, end);
            wordStart = start;
            previousEnd = end;
            found = match.find();
            boolean overlapped = found && end > wordBefore(text, wordStart, previousEnd, match.start());
            if (!overlapped && hasBreak(text.substring(start, after))) {
                spans.add(new Span(lastBreak, end + 1));
                lastBreak = nextStart >= 0 ? nextStart : end + 1;
            }
        }
        spans.add(new Span(lastBreak, Math.max(lastBreak, text.stripTrailing().length())));
        return spans;
    }

    /** Start of the word that ends before {@code end}, looked for behind the previous candidate only. */
    private static int wordBefore(String text, int previousStart, int previousEnd, int end) {
        int i = end - 1;
        while (i >= previousEnd && SPACES.indexOf(text.charAt(i)) < 0) {
            i--;
        }
        return i <= previousEnd ? previousStart : i + 1;
    }

    private static List<String> realign(String text, List<Span> spans) {
        var sentences = new ArrayList<String>();
        int moved = 0;
        for (int i = 0; i < spans.size(); i++) {
            int start = spans.get(i).start + moved;
            int end = spans.get(i).end;
            moved = 0;
            if (i + 1 < spans.size()) {
                Span next = spans.get(i + 1);
                Matcher closing = CLOSING.matcher(text).region(next.start, next.end);
                if (closing.lookingAt()) {
                    moved = closing.end() - next.start;
                    end = next.start + closing.group().stripTrailing().length();
                }
            }
            if (end > start) {
                sentences.add(text.substring(start, end));
            }
        }
        return sentences;
    }

    /** Whether a sentence ends between two tokens of the context. */
    private static boolean hasBreak(String context) {
        var tokens = new ArrayList<String>();
        Matcher words = WORD.matcher(context);
        while (words.find()) {
            tokens.add(words.group());
        }
        for (int i = 0; i + 1 < tokens.size(); i++) {
            if (endsSentence(tokens.get(i), tokens.get(i + 1))) {
                return true;
            }
        }
        return false;
    }

    private static boolean endsSentence(String token, String next) {
        if (token.length() == 1 && ".?!".contains(token)) {
            return true;
        }
        if (!token.endsWith(".")) {
            return false;
        }
        boolean ellipsis = token.startsWith("..");
        if (!ellipsis && token.endsWith("..")) {
            return false;
        }
        String type = token.substring(0, token.length() - 1).toLowerCase(Locale.ROOT);
        boolean initial = token.length() == 2 && Character.isLetter(token.charAt(0));
        boolean abbreviation = ellipsis || isAbbreviation(type);
        if (abbreviation && !initial) {
            return startsUpper(next) && STARTERS.contains(type(next));
        }
        if (initial || NUMBER.matcher(token).matches()) {
            return !abbreviation && !neverStarts(next);
        }
        return !abbreviation;
    }

    private static boolean isAbbreviation(String type) {
        return ABBREVIATIONS.contains(type) || ABBREVIATIONS.contains(type.substring(type.lastIndexOf('-') + 1));
    }

    private static boolean neverStarts(String next) {
        return NEVER_FIRST.contains(next) || Character.isLowerCase(next.codePointAt(0));
    }

    private static boolean startsUpper(String word) {
        return Character.isUpperCase(word.codePointAt(0));
    }

    private static String type(String word) {
        String lower = word.toLowerCase(Locale.ROOT);
        return lower.endsWith(".") ? lower.substring(0, lower.length() - 1) : lower;
    }

    private static Set<String> parameters(String kind) {
        InputStream resource =
                Objects.requireNonNull(PunktSentences.class.getResourceAsStream("punkt-english.txt"), "resource");
        try (var lines = new BufferedReader(new InputStreamReader(resource, StandardCharsets.UTF_8))) {
            var values = new HashSet<String>();
            String prefix = kind + " ";
            lines.lines()
                    .filter(line -> line.startsWith(prefix))
                    .map(line -> line.substring(prefix.length()))
                    .forEach(values::add);
            return Set.copyOf(values);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
