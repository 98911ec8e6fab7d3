package org.reg2rg.evaluate.text;

import java.util.List;
import java.util.regex.Pattern;

/**
 * The word tokeniser of NLTK 3.8.1 ({@code NLTKWordTokenizer}, Penn Treebank rules with its additions) for one
 * sentence: quotes, punctuation, brackets, dashes and contractions are set apart by rules applied one after the other.
 */
final class TreebankTokenizer {
    /** A rule: what is found, what it becomes, and a character without which it cannot apply (0: may always). */
    private record Rule(Pattern pattern, String replacement, char needs) {
        static Rule of(String pattern, String replacement) {
            return new Rule(Pattern.compile(pattern, Pattern.UNICODE_CHARACTER_CLASS), replacement, (char) 0);
        }

        static Rule of(char needs, String pattern, String replacement) {
            return new Rule(Pattern.compile(pattern, Pattern.UNICODE_CHARACTER_CLASS), replacement, needs);
        }

        String apply(String text) {
            return needs != 0 && text.indexOf(needs) < 0
                    ? text
                    : pattern.matcher(text).replaceAll(replacement);
        }
    }

    private static final List<Rule> BEFORE_PADDING = List.of(
            Rule.of("([«“‘„]|[`]+)", " $1 "),
            Rule.of('"', "^\"", "``"),
            Rule.of('`', "(``)", " $1 "),
            Rule.of("([ \\(\\[{<])(\"|'{2})", "$1 `` "),
            Rule.of('\'', "(?i)(')(?!re|ve|ll|m|t|s|d|n)(\\w)\\b", "$1 $2"),
            Rule.of('.', "([^\\.])(\\.)([\\]\\)}>\"'»”’ ]*)\\s*$", "$1 $2 $3 "),
            Rule.of("([:,])([^\\d])", " $1 $2"),
            Rule.of("([:,])$", " $1 "),
            Rule.of('.', "\\.{2,}", " $0 "),
            Rule.of("[;@#$%&]", " $0 "),
            Rule.of('.', "([^\\.])(\\.)([\\]\\)}>\"']*)\\s*$", "$1 $2$3 "),
            Rule.of("[?!]", " $0 "),
            Rule.of('\'', "([^'])' ", "$1 ' "),
            Rule.of('*', "[*]", " $0 "),
            Rule.of("[\\]\\[\\(\\)\\{\\}\\<\\>]", " $0 "),
            Rule.of('-', "--", " -- "));

    private static final List<Rule> AFTER_PADDING = List.of(
            Rule.of("([»”’])", " $1 "),
            Rule.of('\'', "''", " '' "),
            Rule.of('"', "\"", " '' "),
            Rule.of('\'', "([^' ])('[sS]|'[mM]|'[dD]|') ", "$1 $2 "),
            Rule.of('\'', "([^' ])('ll|'LL|'re|'RE|'ve|'VE|n't|N'T) ", "$1 $2 "),
            Rule.of("(?i)\\b(can)(not)\\b", " $1 $2 "),
            Rule.of('\'', "(?i)\\b(d)('ye)\\b", " $1 $2 "),
            Rule.of("(?i)\\b(gim)(me)\\b", " $1 $2 "),
            Rule.of("(?i)\\b(gon)(na)\\b", " $1 $2 "),
            Rule.of("(?i)\\b(got)(ta)\\b", " $1 $2 "),
            Rule.of("(?i)\\b(lem)(me)\\b", " $1 $2 "),
            Rule.of('\'', "(?i)\\b(more)('n)\\b", " $1 $2 "),
            Rule.of("(?i)\\b(wan)(na)(?=\\s)", " $1 $2 "),
            Rule.of('\'', "(?i) ('t)(is)\\b", " $1 $2 "),
            Rule.of('\'', "(?i) ('t)(was)\\b", " $1 $2 "));

    private TreebankTokenizer() {}

    /** The words of one sentence, in order. */
    static List<String> tokenize(String sentence) {
        String text = sentence;
        for (Rule rule : BEFORE_PADDING) {
            text = rule.apply(text);
        }
        text = " " + text + " ";
        for (Rule rule : AFTER_PADDING) {
            text = rule.apply(text);
        }
        return PythonText.split(text);
    }
}
