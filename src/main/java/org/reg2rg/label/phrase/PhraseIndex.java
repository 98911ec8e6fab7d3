package org.reg2rg.label.phrase;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BiConsumer;
import org.reg2rg.label.phrase.Words.Span;

/**
 * Many phrases, each with a meaning, found in one walk over a sentence: a word leads straight to the few phrases that
 * can start with it.
 */
public final class PhraseIndex<M> {
    private static final int STEM_KEY = 3;

    private final Map<String, List<Entry<M>>> byWord = new HashMap<>();
    private final Map<String, List<Entry<M>>> byStem = new HashMap<>();
    private int size;

    private record Entry<M>(int number, String stem, Phrase phrase, M meaning) {}

    /** @throws IllegalArgumentException where a stem is shorter than three letters, since it would be tried on every word */
    public void add(Phrase phrase, M meaning) {
        for (String word : phrase.firstWords()) {
            byWord.computeIfAbsent(word, _ -> new ArrayList<>()).add(new Entry<>(size, "", phrase, meaning));
        }
        for (String stem : phrase.firstStems()) {
            if (stem.length() < STEM_KEY) {
                throw new IllegalArgumentException("the first stem is too short: " + phrase);
            }
            byStem.computeIfAbsent(stem.substring(0, STEM_KEY), _ -> new ArrayList<>())
                    .add(new Entry<>(size, stem, phrase, meaning));
        }
        size++;
    }

    /** Hands every match to {@code found}, from left to right. */
    public void search(Words words, BiConsumer<M, Span> found) {
        for (int i = 0; i < words.count(); i++) {
            String word = words.get(i);
            tryAll(byWord.getOrDefault(word, List.of()), words, i, found);
            if (word.length() >= STEM_KEY) {
                tryAll(byStem.getOrDefault(word.substring(0, STEM_KEY), List.of()), words, i, found);
            }
        }
    }

    private void tryAll(List<Entry<M>> entries, Words words, int at, BiConsumer<M, Span> found) {
        int last = -1;
        for (Entry<M> entry : entries) {
            if (entry.number() != last && words.get(at).startsWith(entry.stem())) {
                int end = entry.phrase().match(words, at);
                if (end >= 0) {
                    last = entry.number();
                    found.accept(entry.meaning(), new Span(at, end));
                }
            }
        }
    }
}
