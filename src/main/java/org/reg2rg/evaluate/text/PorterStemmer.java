package org.reg2rg.evaluate.text;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Predicate;

/**
 * Porter's stemmer with the extensions of NLTK (its default mode): a table of irregular forms, "ies" and "ied" of
 * four-letter words, y → i only behind a consonant, "alli" before "bli", "fulli" and "logi". Words of one or two
 * letters stay. M. F. Porter, An algorithm for suffix stripping, Program 14(3), 1980.
 */
public final class PorterStemmer {
    private static final Map<String, String> IRREGULAR = Map.ofEntries(
            Map.entry("sky", "sky"),
            Map.entry("skies", "sky"),
            Map.entry("dying", "die"),
            Map.entry("lying", "lie"),
            Map.entry("tying", "tie"),
            Map.entry("news", "news"),
            Map.entry("innings", "inning"),
            Map.entry("inning", "inning"),
            Map.entry("outings", "outing"),
            Map.entry("outing", "outing"),
            Map.entry("cannings", "canning"),
            Map.entry("canning", "canning"),
            Map.entry("howe", "howe"),
            Map.entry("proceed", "proceed"),
            Map.entry("exceed", "exceed"),
            Map.entry("succeed", "succeed"));

    /** The first rule whose suffix fits decides, whether its condition on the rest of the word holds or not. */
    private record Rule(String suffix, String replacement, Predicate<String> condition) {}

    private static final Predicate<String> ALWAYS = stem -> true;
    private static final Predicate<String> ONE = stem -> measure(stem) > 0;
    private static final Predicate<String> TWO = stem -> measure(stem) > 1;

    private static final List<Rule> STEP_1A = List.of(
            new Rule("sses", "ss", ALWAYS),
            new Rule("ies", "i", ALWAYS),
            new Rule("ss", "ss", ALWAYS),
            new Rule("s", "", ALWAYS));
    private static final List<Rule> STEP_2 = List.of(
            new Rule("ational", "ate", ONE),
            new Rule("tional", "tion", ONE),
            new Rule("enci", "ence", ONE),
            new Rule("anci", "ance", ONE),
            new Rule("izer", "ize", ONE),
            new Rule("bli", "ble", ONE),
            new Rule("alli", "al", ONE),
            new Rule("entli", "ent", ONE),
            new Rule("eli", "e", ONE),
            new Rule("ousli", "ous", ONE),
            new Rule("ization", "ize", ONE),
            new Rule("ation", "ate", ONE),
            new Rule("ator", "ate", ONE),
            new Rule("alism", "al", ONE),
            new Rule("iveness", "ive", ONE),
            new Rule("fulness", "ful", ONE),
            new Rule("ousness", "ous", ONE),
            new Rule("aliti", "al", ONE),
            new Rule("iviti", "ive", ONE),
            new Rule("biliti", "ble", ONE),
            new Rule("fulli", "ful", ONE),
            new Rule("logi", "log", stem -> measure(stem + "l") > 0));
    private static final List<Rule> STEP_3 = List.of(
            new Rule("icate", "ic", ONE),
            new Rule("ative", "", ONE),
            new Rule("alize", "al", ONE),
            new Rule("iciti", "ic", ONE),
            new Rule("ical", "ic", ONE),
            new Rule("ful", "", ONE),
            new Rule("ness", "", ONE));
    private static final List<Rule> STEP_4 = List.of(
            new Rule("al", "", TWO),
            new Rule("ance", "", TWO),
            new Rule("ence", "", TWO),
            new Rule("er", "", TWO),
            new Rule("ic", "", TWO),
            new Rule("able", "", TWO),
            new Rule("ible", "", TWO),
            new Rule("ant", "", TWO),
            new Rule("ement", "", TWO),
            new Rule("ment", "", TWO),
            new Rule("ent", "", TWO),
            new Rule("ion", "", stem -> measure(stem) > 1 && (stem.endsWith("s") || stem.endsWith("t"))),
            new Rule("ou", "", TWO),
            new Rule("ism", "", TWO),
            new Rule("ate", "", TWO),
            new Rule("iti", "", TWO),
            new Rule("ous", "", TWO),
            new Rule("ive", "", TWO),
            new Rule("ize", "", TWO));

    private PorterStemmer() {}

    /** The stem of a word, in lower case. */
    public static String stem(String word) {
        String lower = word.toLowerCase(Locale.ROOT);
        String irregular = IRREGULAR.get(word);
        if (irregular != null) {
            return irregular;
        }
        if (word.length() <= 2) {
            return lower;
        }
        String stem = step2(step1c(step1b(step1a(lower))));
        return step5b(step5a(apply(STEP_4, apply(STEP_3, stem))));
    }

    private static String step1a(String word) {
        return word.endsWith("ies") && word.length() == 4 ? cut(word, 3) + "ie" : apply(STEP_1A, word);
    }

    private static String step1b(String word) {
        if (word.endsWith("ied")) {
            return cut(word, 3) + (word.length() == 4 ? "ie" : "i");
        }
        if (word.endsWith("eed")) {
            return measure(cut(word, 3)) > 0 ? cut(word, 1) : word;
        }
        if (word.endsWith("ed") && hasVowel(cut(word, 2))) {
            return repairEnd(cut(word, 2));
        }
        return word.endsWith("ing") && hasVowel(cut(word, 3)) ? repairEnd(cut(word, 3)) : word;
    }

    /** Gives a stem that lost "ed" or "ing" its e back, or takes the second of two equal consonants. */
    private static String repairEnd(String stem) {
        if (stem.endsWith("at") || stem.endsWith("bl") || stem.endsWith("iz")) {
            return stem + "e";
        }
        if (endsWithDoubleConsonant(stem)) {
            char last = stem.charAt(stem.length() - 1);
            return last == 'l' || last == 's' || last == 'z' ? stem : cut(stem, 1);
        }
        return measure(stem) == 1 && endsConsonantVowelConsonant(stem) ? stem + "e" : stem;
    }

    private static String step1c(String word) {
        return word.endsWith("y") && word.length() > 2 && isConsonant(word, word.length() - 2)
                ? cut(word, 1) + "i"
                : word;
    }

    private static String step2(String word) {
        return word.endsWith("alli") && measure(cut(word, 4)) > 0 ? step2(cut(word, 2)) : apply(STEP_2, word);
    }

    private static String step5a(String word) {
        if (!word.endsWith("e")) {
            return word;
        }
        String stem = cut(word, 1);
        int measure = measure(stem);
        return measure > 1 || (measure == 1 && !endsConsonantVowelConsonant(stem)) ? stem : word;
    }

    private static String step5b(String word) {
        return word.endsWith("ll") && measure(cut(word, 1)) > 1 ? cut(word, 1) : word;
    }

    private static String apply(List<Rule> rules, String word) {
        for (Rule rule : rules) {
            if (word.endsWith(rule.suffix)) {
                String stem = cut(word, rule.suffix.length());
                return rule.condition.test(stem) ? stem + rule.replacement : word;
            }
        }
        return word;
    }

    private static String cut(String word, int letters) {
        return word.substring(0, word.length() - letters);
    }

    /** How often a vowel is followed by a consonant: Porter's m. */
    private static int measure(String stem) {
        int count = 0;
        boolean vowelBefore = false;
        boolean consonantBefore = true;
        for (int i = 0; i < stem.length(); i++) {
            boolean consonant = isConsonant(stem.charAt(i), i == 0, consonantBefore);
            count += consonant && vowelBefore ? 1 : 0;
            vowelBefore = !consonant;
            consonantBefore = consonant;
        }
        return count;
    }

    private static boolean hasVowel(String stem) {
        for (int i = 0; i < stem.length(); i++) {
            if (!isConsonant(stem, i)) {
                return true;
            }
        }
        return false;
    }

    private static boolean endsWithDoubleConsonant(String word) {
        int n = word.length();
        return n >= 2 && word.charAt(n - 1) == word.charAt(n - 2) && isConsonant(word, n - 1);
    }

    private static boolean endsConsonantVowelConsonant(String word) {
        int n = word.length();
        if (n == 2) {
            return !isConsonant(word, 0) && isConsonant(word, 1);
        }
        return n >= 3
                && isConsonant(word, n - 3)
                && !isConsonant(word, n - 2)
                && isConsonant(word, n - 1)
                && "wxy".indexOf(word.charAt(n - 1)) < 0;
    }

    private static boolean isConsonant(String word, int index) {
        int start = index;
        while (start > 0 && word.charAt(start) == 'y') {
            start--;
        }
        boolean consonant = true;
        for (int i = start; i <= index; i++) {
            consonant = isConsonant(word.charAt(i), i == 0, consonant);
        }
        return consonant;
    }

    /** A y is a consonant at the start and behind a vowel. */
    private static boolean isConsonant(char c, boolean first, boolean consonantBefore) {
        return c == 'y' ? first || !consonantBefore : "aeiou".indexOf(c) < 0;
    }
}
