package org.reg2rg.label;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.reg2rg.label.phrase.Words;
import org.reg2rg.label.phrase.Words.Span;

/** Everything that a {@link RuleBook} knows about one sentence, and what follows for each thing found in it. */
final class Reading {
    /** Costs in half words: another statement in between, and a part that several organs have. */
    private static final int BROKEN = 100;

    private static final int VAGUE = 10;

    private final Words words;
    private final List<Hit<Meaning.Find>> finds = new ArrayList<>();
    private final List<Hit<Meaning>> guards = new ArrayList<>();
    private final List<Hit<Meaning.Organ>> organs = new ArrayList<>();
    private final Cues cues;

    /** A phrase that was found, and where. */
    record Hit<M>(M meaning, Span span) {}

    private final Set<String> joining;

    private Reading(Words words, Set<String> joining) {
        this.words = words;
        this.joining = joining;
        cues = new Cues(words);
    }

    static Reading of(String sentence, RuleBook book) {
        var reading = new Reading(Words.of(sentence), book.joining());
        book.index().search(reading.words, reading::take);
        reading.keepLongest();
        return reading;
    }

    private void take(Meaning meaning, Span span) {
        switch (meaning) {
            case Meaning.Find find -> finds.add(new Hit<>(find, span));
            case Meaning.Organ organ -> organs.add(new Hit<>(organ, span));
            case Meaning.Cue cue -> cues.add(cue.kind(), span);
            case Meaning.Except _, Meaning.Unless _, Meaning.With _ -> guards.add(new Hit<>(meaning, span));
        }
    }

    /** On the same words the longer phrase is meant: "cannot be excluded", not "excluded"; "coronary artery", not "artery". */
    private void keepLongest() {
        cues.keepLongest();
        List<Span> organSpans = organs.stream().map(Hit::span).toList();
        organs.removeIf(organ -> organSpans.stream().anyMatch(other -> other.isLongerPhraseThan(organ.span())));
    }

    List<Hit<Meaning.Find>> finds() {
        return finds;
    }

    /** The words around the findings that deny, doubt or date them. */
    Cues cues() {
        return cues;
    }

    String original(Span span) {
        return words.original(span);
    }

    /** The organs that this sentence names last, for sentences after it that name none. */
    Set<String> lastOrgans() {
        return organs.isEmpty() ? Set.of() : withNeighbours(organs.getLast());
    }

    /** A phrase that takes the rule's force here: an exception around the words, or a forbidden phrase beside them. */
    Optional<Span> forbiddenBy(Hit<Meaning.Find> find) {
        Rule rule = find.meaning().rule();
        for (Hit<Meaning> guard : guards) {
            boolean excepted = guard.meaning() instanceof Meaning.Except(Rule r)
                    && r.equals(rule)
                    && guard.span().overlaps(find.span());
            boolean forbidden = guard.meaning() instanceof Meaning.Unless(Rule r)
                    && r.equals(rule)
                    && sameStatement(guard.span(), find.span());
            if (excepted || forbidden) {
                return Optional.of(guard.span());
            }
        }
        return Optional.empty();
    }

    boolean hasCompany(Hit<Meaning.Find> find) {
        Rule rule = find.meaning().rule();
        return !rule.needsCompany()
                || guards.stream()
                        .anyMatch(guard -> guard.meaning() instanceof Meaning.With(Rule r)
                                && r.equals(rule)
                                && sameStatement(guard.span(), find.span()));
    }

    private boolean sameStatement(Span a, Span b) {
        for (int i = Math.min(a.end(), b.end()); i < Math.max(a.start(), b.start()); i++) {
            if (words.separates(i)) {
                return false;
            }
        }
        return true;
    }

    /** The organs nearest to the words, with those listed beside them; empty where the sentence names none. */
    Set<String> organsOf(Span span) {
        return organs.stream()
                .min(Comparator.comparingInt(
                        organ -> distance(organ.span(), span) + (organ.meaning().vague() ? VAGUE : 0)))
                .map(this::withNeighbours)
                .orElse(Set.of());
    }

    /** Words between, and far more where another statement lies between. */
    private int distance(Span organ, Span span) {
        int from = Math.min(organ.end(), span.end());
        int to = Math.max(organ.start(), span.start());
        boolean broken = cues.breaksBetween(from, to);
        return 2 * organ.distance(span) + (organ.start() >= span.end() ? 0 : 1) + (broken ? BROKEN : 0);
    }

    /**
     * The names of an organ and of those listed with it: "the aortic arch, descending aorta and coronary arteries". A
     * vague part ("segment") counts only where the list names no organ outright.
     */
    private Set<String> withNeighbours(Hit<Meaning.Organ> nearest) {
        int first = organs.indexOf(nearest);
        int last = first;
        while (last + 1 < organs.size()
                && listed(organs.get(last).span(), organs.get(last + 1).span())) {
            last++;
        }
        while (first > 0
                && listed(organs.get(first - 1).span(), organs.get(first).span())) {
            first--;
        }
        List<Meaning.Organ> list =
                organs.subList(first, last + 1).stream().map(Hit::meaning).toList();
        boolean allVague = list.stream().allMatch(Meaning.Organ::vague);
        return list.stream()
                .filter(organ -> allVague || !organ.vague())
                .map(Meaning.Organ::name)
                .collect(Collectors.toCollection(TreeSet::new));
    }

    private boolean listed(Span a, Span b) {
        int from = Math.min(a.end(), b.end());
        int to = Math.max(a.start(), b.start());
        for (int i = from; i < to; i++) {
            if (!joining.contains(words.get(i))) {
                return false;
            }
        }
        return true;
    }
}
