package org.reg2rg.language;

import static org.reg2rg.language.SentencePieceModel.SPACE;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.reg2rg.language.SentencePieceModel.Kind;
import org.reg2rg.language.SentencePieceModel.Piece;

/**
 * Learns a small tokenizer of the LLaMA kind from texts: {@code <unk> <s> </s>}, the 256 bytes, merged pieces from the
 * most frequent down, then the single characters. Pieces never cross a word or mix letters with
 * signs. The same texts give the same model; ties go to the piece that sorts first.
 */
public final class BpeTrainer {
    private static final int BYTES = 256;
    private static final int SPECIALS = 3;
    private static final Pattern NUMBER = Pattern.compile(SPACE + "?\\p{Nd}{2,3}");

    /** Makes numbers more frequent than any word. */
    private static final long NUMBERS_FIRST = 1L << 32;

    /** What becomes of numbers. */
    public enum Numbers {
        /** Each digit is a piece, as in LLaMA. */
        APART("\\p{Nd}"),
        /** Every number below 1000 that comes twice is a piece: a small model need not learn to spell a measure. */
        WHOLE(SPACE + "?\\p{Nd}{1,3}");

        private final Pattern word;

        Numbers(String number) {
            word = Pattern.compile(SPACE + "?[\\p{L}\\p{M}]+|" + SPACE + "?[^\\p{L}\\p{M}\\p{Nd}" + SPACE + "]|"
                    + number + "|" + SPACE);
        }
    }

    private final Numbers numbers;
    private final List<Word> words = new ArrayList<>();
    private final Map<Pair, Long> counts = new HashMap<>();
    private final Map<Pair, Set<Integer>> places = new HashMap<>();
    private final List<String> merged = new ArrayList<>();

    private BpeTrainer(Numbers numbers) {
        this.numbers = numbers;
    }

    /** Learns from {@code texts}, digits apart. */
    public static SentencePieceModel train(Iterable<String> texts, int vocabulary) {
        return train(texts, vocabulary, Numbers.APART);
    }

    /**
     * Learns from {@code texts}.
     *
     * @param vocabulary most pieces to make; fewer where no pair of neighbours comes twice
     * @throws IllegalArgumentException when the bytes and characters alone are more than that
     */
    public static SentencePieceModel train(Iterable<String> texts, int vocabulary, Numbers numbers) {
        var trainer = new BpeTrainer(numbers);
        List<String> characters = trainer.count(texts);
        int room = vocabulary - SPECIALS - BYTES - characters.size();
        if (room < 0) {
            throw new IllegalArgumentException("a vocabulary of " + vocabulary + " has no room for 3 special pieces, "
                    + BYTES + " bytes and " + characters.size() + " characters");
        }
        trainer.mergeUpTo(room);
        return trainer.model(characters);
    }

    /** Counts words and pairs; returns the characters, most frequent first. */
    private List<String> count(Iterable<String> texts) {
        var frequencies = new TreeMap<String, Long>();
        for (String text : texts) {
            Matcher word = numbers.word.matcher((SPACE + text).replace(' ', SPACE));
            while (word.find()) {
                frequencies.merge(word.group(), 1L, Long::sum);
            }
        }
        var characters = new TreeMap<String, Long>();
        frequencies.forEach((text, count) -> {
            long frequency = numbers == Numbers.WHOLE && NUMBER.matcher(text).matches() && count > 1
                    ? count * NUMBERS_FIRST
                    : count;
            List<String> symbols =
                    text.codePoints().mapToObj(Character::toString).toList();
            symbols.forEach(symbol -> characters.merge(symbol, frequency, Long::sum));
            words.add(new Word(new ArrayList<>(symbols), frequency));
            enter(words.size() - 1);
        });
        return characters.entrySet().stream()
                .sorted(Map.Entry.<String, Long>comparingByValue(Comparator.reverseOrder()))
                .map(Map.Entry::getKey)
                .toList();
    }

    private void mergeUpTo(int limit) {
        var known = new TreeSet<String>();
        while (known.size() < limit) {
            Pair best = null;
            for (Map.Entry<Pair, Long> candidate : counts.entrySet()) {
                if (candidate.getValue() > 1 && (best == null || better(candidate, best))) {
                    best = candidate.getKey();
                }
            }
            if (best == null) {
                return;
            }
            if (known.add(best.text())) {
                merged.add(best.text());
            }
            for (int word : List.copyOf(places.getOrDefault(best, Set.of()))) {
                leave(word);
                join(words.get(word).symbols, best);
                enter(word);
            }
        }
    }

    private boolean better(Map.Entry<Pair, Long> candidate, Pair best) {
        int byCount = Long.compare(candidate.getValue(), counts.getOrDefault(best, 0L));
        return byCount > 0 || byCount == 0 && candidate.getKey().compareTo(best) < 0;
    }

    private static void join(List<String> symbols, Pair pair) {
        for (int i = 0; i + 1 < symbols.size(); i++) {
            if (symbols.get(i).equals(pair.left) && symbols.get(i + 1).equals(pair.right)) {
                symbols.set(i, pair.text());
                symbols.remove(i + 1);
            }
        }
    }

    private void enter(int index) {
        Word word = words.get(index);
        for (int i = 0; i + 1 < word.symbols.size(); i++) {
            var pair = new Pair(word.symbols.get(i), word.symbols.get(i + 1));
            counts.merge(pair, word.frequency, Long::sum);
            places.computeIfAbsent(pair, _ -> new TreeSet<>()).add(index);
        }
    }

    private void leave(int index) {
        Word word = words.get(index);
        for (int i = 0; i + 1 < word.symbols.size(); i++) {
            var pair = new Pair(word.symbols.get(i), word.symbols.get(i + 1));
            if (counts.merge(pair, -word.frequency, Long::sum) == 0) {
                counts.remove(pair);
            }
            places.getOrDefault(pair, new TreeSet<>()).remove(index);
        }
    }

    private SentencePieceModel model(List<String> characters) {
        var pieces = new ArrayList<Piece>();
        pieces.add(new Piece("<unk>", 0, Kind.UNKNOWN));
        pieces.add(new Piece("<s>", 0, Kind.CONTROL));
        pieces.add(new Piece("</s>", 0, Kind.CONTROL));
        for (int value = 0; value < BYTES; value++) {
            pieces.add(new Piece(String.format(Locale.ROOT, "<0x%02X>", value), 0, Kind.BYTE));
        }
        int rank = 0;
        for (String piece : merged) {
            pieces.add(new Piece(piece, -rank++, Kind.NORMAL));
        }
        for (String character : characters) {
            pieces.add(new Piece(character, -rank++, Kind.NORMAL));
        }
        return new SentencePieceModel(pieces, true);
    }

    private static final class Word {
        private final List<String> symbols;
        private final long frequency;

        Word(List<String> symbols, long frequency) {
            this.symbols = symbols;
            this.frequency = frequency;
        }
    }

    /** Two neighbours. */
    private record Pair(String left, String right) implements Comparable<Pair> {
        String text() {
            return left + right;
        }

        @Override
        public int compareTo(Pair other) {
            int byText = text().compareTo(other.text());
            return byText == 0 ? left.compareTo(other.left) : byText;
        }
    }
}
