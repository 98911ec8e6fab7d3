package org.reg2rg.label;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import org.reg2rg.label.phrase.Phrase;
import org.reg2rg.label.phrase.PhraseIndex;
import org.reg2rg.report.Finding;

/**
 * The rules of {@link RuleLabeller}, read from a text that a radiologist can read too: {@code findings.rules} beside
 * this class, whose head explains the notation. Every line is {@code key: phrase | phrase …}.
 */
final class RuleBook {
    private final PhraseIndex<Meaning> index = new PhraseIndex<>();
    private final Map<String, List<String>> lists = new HashMap<>();
    private final Set<String> organs = new TreeSet<>();
    private final Set<Finding> covered = EnumSet.noneOf(Finding.class);
    private final List<String> block = new ArrayList<>();
    private String finding = "";
    private Set<String> joining = Set.of();

    private RuleBook() {}

    /** The rules that come with the program. */
    static RuleBook builtIn() {
        InputStream in = Objects.requireNonNull(RuleBook.class.getResourceAsStream("findings.rules"));
        try (var reader = new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8))) {
            return parse(reader.lines().toList());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** @throws IllegalArgumentException with the line that cannot be read */
    static RuleBook parse(List<String> lines) {
        var book = new RuleBook();
        for (String line : lines) {
            String text = line.contains("#") ? line.substring(0, line.indexOf('#')) : line;
            if (text.isBlank()) {
                continue;
            }
            try {
                book.read(text.strip());
            } catch (IllegalArgumentException e) {
                throw new IllegalArgumentException("rule line \"" + line + "\": " + e.getMessage(), e);
            }
        }
        book.endBlock();
        book.joining = Set.copyOf(book.lists.getOrDefault("joining", List.of()));
        return book;
    }

    PhraseIndex<Meaning> index() {
        return index;
    }

    /** The words and marks that may stand between the organs of a list. */
    Set<String> joining() {
        return joining;
    }

    /** The findings that have at least one rule. */
    Set<Finding> covered() {
        return covered;
    }

    private void read(String line) {
        int colon = line.indexOf(':');
        if (colon < 0) {
            throw new IllegalArgumentException("no colon");
        }
        String[] key = line.substring(0, colon).strip().split("\\s+", 2);
        String value = line.substring(colon + 1).strip();
        switch (key[0]) {
            case "list" -> lists.computeIfAbsent(key[1], _ -> new ArrayList<>()).addAll(expand(value));
            case "organ", "vague" -> {
                organs.add(key[1]);
                addAll(value, new Meaning.Organ(key[1], key[0].equals("vague")));
            }
            case "cue" -> addAll(value, new Meaning.Cue(kind(key[1])));
            case "finding" -> {
                endBlock();
                finding = value;
            }
            case "rule" -> {
                endBlock();
                block.add(line);
            }
            case "find", "except", "unless", "with", "in", "must" -> block.add(line);
            default -> throw new IllegalArgumentException("unknown key \"" + key[0] + "\"");
        }
    }

    private List<String> expand(String value) {
        var words = new ArrayList<String>();
        for (String word : value.split("\\s+")) {
            if (word.startsWith("<")) {
                words.addAll(lists.getOrDefault(word.substring(1, word.length() - 1), List.of()));
            } else {
                words.add(word);
            }
        }
        return words;
    }

    private static Meaning.Kind kind(String name) {
        return Meaning.Kind.valueOf(name.toUpperCase(Locale.ROOT).replace('-', '_'));
    }

    /** Adds the rule whose lines have been gathered. */
    private void endBlock() {
        if (block.isEmpty()) {
            return;
        }
        Rule rule = rule();
        for (String line : block) {
            String value = line.substring(line.indexOf(':') + 1);
            switch (line.substring(0, line.indexOf(':')).strip()) {
                case "find" -> addAll(value, new Meaning.Find(rule));
                case "except" -> addAll(value, new Meaning.Except(rule));
                case "unless" -> addAll(value, new Meaning.Unless(rule));
                case "with" -> addAll(value, new Meaning.With(rule));
                default -> {} // "rule", "in" and "must" are part of the rule itself
            }
        }
        covered.add(rule.finding());
        block.clear();
    }

    private Rule rule() {
        Finding found = Finding.find(finding)
                .orElseThrow(() -> new IllegalArgumentException("no finding is named \"" + finding + "\""));
        String places = value("in") + " " + value("must");
        var wanted = new TreeSet<String>();
        Arrays.stream(places.strip().split("\\s+")).filter(s -> !s.isEmpty()).forEach(wanted::add);
        for (String place : wanted) {
            if (!organs.contains(place)) {
                throw new IllegalArgumentException("no organ is named \"" + place + "\"");
            }
        }
        return new Rule(
                found,
                value("rule"),
                Set.copyOf(wanted),
                !value("must").isEmpty(),
                !value("with").isEmpty());
    }

    private String value(String key) {
        return block.stream()
                .filter(line -> line.startsWith(key + ":"))
                .map(line -> line.substring(line.indexOf(':') + 1).strip())
                .findFirst()
                .orElse("");
    }

    private void addAll(String phrases, Meaning meaning) {
        for (String phrase : phrases.split("\\|")) {
            if (!phrase.isBlank()) {
                index.add(Phrase.parse(phrase, lists), meaning);
            }
        }
    }
}
