package org.reg2rg.label.split;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.reg2rg.core.Json;
import org.reg2rg.ct.Region;
import org.reg2rg.report.SentenceSplitter;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;

/**
 * A language model's answer, held against the report: every sentence must come back exactly once, and nothing else may.
 * Sentences are compared by their letters and digits only; what is kept is always the report's own wording.
 */
final class ModelAnswer {
    private final List<String> sentences;
    private final Map<String, Deque<Integer>> waiting = new HashMap<>();
    private final List<Optional<Region>> places = new ArrayList<>();
    private final boolean[] placed;
    private final List<String> problems = new ArrayList<>();

    /**
     * What came of it.
     *
     * @param sentences the placed sentences; only whole where there are no problems
     * @param problems what is wrong with the answer, to be told to the model
     */
    record Verdict(List<PlacedSentence> sentences, List<String> problems) {
        boolean good() {
            return problems.isEmpty();
        }
    }

    private ModelAnswer(List<String> sentences) {
        this.sentences = sentences;
        placed = new boolean[sentences.size()];
        for (int i = 0; i < sentences.size(); i++) {
            waiting.computeIfAbsent(letters(sentences.get(i)), _ -> new ArrayDeque<>())
                    .add(i);
            places.add(Optional.empty());
        }
    }

    /** Reads an answer: a JSON object from region names to lists of sentences, or of sentence numbers from 1. */
    static Verdict check(String answer, List<String> sentences) {
        var reader = new ModelAnswer(sentences);
        reader.read(answer);
        return reader.verdict();
    }

    private void read(String answer) {
        int from = answer.indexOf('{');
        int to = answer.lastIndexOf('}');
        if (from < 0 || to < from) {
            problems.add("the answer holds no JSON object");
            return;
        }
        try {
            JsonNode root = Json.MAPPER.readTree(answer.substring(from, to + 1));
            JsonNode regions = root.path("regions").isObject() ? root.path("regions") : root;
            regions.properties().forEach(entry -> region(entry.getKey(), entry.getValue()));
        } catch (JacksonException e) {
            problems.add("the answer is not valid JSON");
        }
    }

    private void region(String name, JsonNode value) {
        String wanted = name.strip().toLowerCase(Locale.ROOT).replace('_', ' ');
        Optional<Region> region =
                wanted.startsWith("trachea") ? Optional.of(Region.TRACHEA_AND_BRONCHI) : Region.find(wanted);
        if (region.isEmpty() && !wanted.equals(PlacedSentence.OTHER)) {
            problems.add("unknown region \"" + name + "\"");
            return;
        }
        if (value.isArray()) {
            value.forEach(item -> item(item, region));
        } else {
            item(value, region);
        }
    }

    private void item(JsonNode item, Optional<Region> region) {
        if (item.isIntegralNumber()) {
            number(item.intValue(), region);
        } else if (item.isString()) {
            text(item.stringValue(), region);
        } else if (!item.isNull()) {
            problems.add("neither a sentence nor a number: " + item);
        }
    }

    private void number(int number, Optional<Region> region) {
        if (number < 1 || number > sentences.size()) {
            problems.add("there is no sentence " + number);
        } else if (placed[number - 1]) {
            problems.add("placed twice: sentence " + number);
        } else {
            place(number - 1, region);
            waiting.getOrDefault(letters(sentences.get(number - 1)), new ArrayDeque<>())
                    .remove(number - 1);
        }
    }

    private void text(String text, Optional<Region> region) {
        if (letters(text).isEmpty()) {
            return;
        }
        if (known(text)) {
            sentence(text, region);
        } else {
            SentenceSplitter.split(text).forEach(part -> sentence(part.text(), region));
        }
    }

    private boolean known(String text) {
        return waiting.containsKey(letters(text));
    }

    private void sentence(String text, Optional<Region> region) {
        Deque<Integer> open = waiting.get(letters(text));
        if (open == null) {
            problems.add("not in the report: " + text);
        } else if (open.isEmpty()) {
            problems.add("placed twice: " + text);
        } else {
            place(open.removeFirst(), region);
        }
    }

    private void place(int sentence, Optional<Region> region) {
        placed[sentence] = true;
        places.set(sentence, region);
    }

    private Verdict verdict() {
        var result = new ArrayList<PlacedSentence>();
        for (int i = 0; i < sentences.size(); i++) {
            if (!placed[i]) {
                problems.add("missing: " + sentences.get(i));
            }
            result.add(new PlacedSentence(sentences.get(i), places.get(i)));
        }
        return new Verdict(List.copyOf(result), List.copyOf(problems));
    }

    private static String letters(String text) {
        int[] kept = text.toLowerCase(Locale.ROOT)
                .codePoints()
                .filter(Character::isLetterOrDigit)
                .toArray();
        return Arrays.stream(kept)
                .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
                .toString();
    }
}
