package org.reg2rg.label.phrase;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * A pattern of words as the rule files write it: {@code ground glass opacit*} (a star ends a stem), {@code a/b}
 * (either), {@code [very]} (may be missing), {@code ..} (up to three other words, marks not counted; {@code ..6} up to
 * six), {@code <seen>} (any word of a named list).
 */
public final class Phrase {
    private static final int DEFAULT_GAP = 3;

    private final String source;
    private final List<Element> elements;

    private Phrase(String source, List<Element> elements) {
        this.source = source;
        this.elements = elements;
    }

    private sealed interface Element {}

    private record Gap(int most) implements Element {}

    private record Word(Set<String> whole, List<String> stems, boolean optional) implements Element {
        boolean matches(String word) {
            for (int i = 0; i < stems.size(); i++) {
                if (word.startsWith(stems.get(i))) {
                    return true;
                }
            }
            return whole.contains(word);
        }
    }

    /**
     * @param source the pattern as written
     * @param lists the named lists
     * @throws IllegalArgumentException where the pattern cannot be read
     */
    public static Phrase parse(String source, Map<String, List<String>> lists) {
        var elements = new ArrayList<Element>();
        for (String part : source.strip().split("\\s+")) {
            if (part.startsWith("..")) {
                elements.add(new Gap(part.length() == 2 ? DEFAULT_GAP : Integer.parseInt(part.substring(2))));
            } else if (part.startsWith("[") && part.endsWith("]")) {
                elements.add(word(part.substring(1, part.length() - 1), lists, true));
            } else {
                elements.add(word(part, lists, false));
            }
        }
        if (!(elements.getFirst() instanceof Word first) || first.optional()) {
            throw new IllegalArgumentException("a phrase must start with a word: " + source);
        }
        return new Phrase(source.strip(), List.copyOf(elements));
    }

    private static Word word(String part, Map<String, List<String>> lists, boolean optional) {
        List<String> alternatives = Arrays.asList(part.split("/"));
        if (part.startsWith("<") && part.endsWith(">")) {
            String name = part.substring(1, part.length() - 1);
            if (!lists.containsKey(name)) {
                throw new IllegalArgumentException("no list is named " + part);
            }
            alternatives = lists.get(name);
        }
        Set<String> whole = alternatives.stream()
                .filter(w -> !w.endsWith("*"))
                .collect(Collectors.toCollection(LinkedHashSet::new));
        List<String> stems = alternatives.stream()
                .filter(w -> w.endsWith("*"))
                .map(w -> w.substring(0, w.length() - 1))
                .toList();
        return new Word(whole, stems, optional);
    }

    /** Index behind the match that starts at word {@code from}, or -1; the shortest way through gaps is taken. */
    int match(Words words, int from) {
        return match(words, from, 0);
    }

    private int match(Words words, int at, int element) {
        if (element == elements.size()) {
            return at;
        }
        return switch (elements.get(element)) {
            case Word word -> matchWord(words, at, element, word);
            case Gap(int most) -> matchGap(words, at, element, most);
        };
    }

    private int matchWord(Words words, int at, int element, Word word) {
        if (at < words.count() && word.matches(words.get(at))) {
            int end = match(words, at + 1, element + 1);
            if (end >= 0) {
                return end;
            }
        }
        return word.optional() ? match(words, at, element + 1) : -1;
    }

    private int matchGap(Words words, int at, int element, int most) {
        int skipped = 0;
        for (int i = at; i <= words.count() && skipped <= most; i++) {
            int end = match(words, i, element + 1);
            if (end >= 0) {
                return end;
            }
            if (i == words.count() || words.separates(i)) {
                return -1;
            }
            skipped += words.isMark(i) ? 0 : 1;
        }
        return -1;
    }

    /** The whole words that a match can start with. */
    Set<String> firstWords() {
        return ((Word) elements.getFirst()).whole();
    }

    /** The stems that the first word of a match can start with. */
    List<String> firstStems() {
        return ((Word) elements.getFirst()).stems();
    }

    @Override
    public String toString() {
        return source;
    }
}
