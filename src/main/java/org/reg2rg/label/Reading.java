package org.reg2rg.label;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.reg2rg.label.Meaning.Kind;
import org.reg2rg.label.phrase.Words;
import org.reg2rg.label.phrase.Words.Span;

/** Everything that a {@link RuleBook} knows about one sentence, and what follows for each thing found in it. */
final class Reading {
    private static final Set<String> NEGATIONS = Set.of("no", "not", "without", "never", "nor");

    /** Costs in half words: another statement in between, and a part that several organs have. */
    private static final int BROKEN = 100;

    private static final int VAGUE = 10;

    private final Words words;
    private final List<Hit<Meaning.Find>> finds = new ArrayList<>();
    private final List<Hit<Meaning>> guards = new ArrayList<>();
    private final List<Hit<Meaning.Organ>> organs = new ArrayList<>();
    private final List<Hit<Meaning.Cue>> cues = new ArrayList<>();

    /** A phrase that was found, and where. */
    record Hit<M>(M meaning, Span span) {}

    private final Set<String> joining;

    private Reading(Words words, Set<String> joining) {
        this.words = words;
        this.joining = joining;
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
            case Meaning.Cue cue -> cues.add(new Hit<>(cue, span));
            case Meaning.Except _, Meaning.Unless _, Meaning.With _ -> guards.add(new Hit<>(meaning, span));
        }
    }

    /** On the same words the longer phrase is meant: "cannot be excluded", not "excluded"; "coronary artery", not "artery". */
    private void keepLongest() {
        List<Span> cueSpans = cues.stream()
                .filter(cue -> cue.meaning().kind() != Kind.VOID)
                .map(Hit::span)
                .toList();
        cues.removeIf(cue -> cueSpans.stream().anyMatch(other -> longer(other, cue.span())));
        List<Span> organSpans = organs.stream().map(Hit::span).toList();
        organs.removeIf(organ -> organSpans.stream().anyMatch(other -> longer(other, organ.span())));
    }

    private static boolean longer(Span a, Span b) {
        return a.overlaps(b) && a.end() - a.start() > b.end() - b.start();
    }

    List<Hit<Meaning.Find>> finds() {
        return finds;
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
        boolean broken = cues.stream()
                .anyMatch(cue -> cue.meaning().kind() == Kind.BREAK
                        && cue.span().start() >= from
                        && cue.span().end() <= to);
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

    /** A negation among the words themselves: "ventricle is not enlarged". */
    Optional<Span> negatedInside(Span span) {
        return cues.stream()
                .filter(cue -> span.covers(cue.span())
                        || (cue.meaning().kind() == Kind.VOID && cue.span().overlaps(span)))
                .filter(cue -> NEGATIONS.contains(words.get(cue.span().start()))
                        && cue.span().start() >= span.start())
                .map(Hit::span)
                .findFirst();
    }

    /** The nearest cue of this kind whose reach holds the words. */
    Optional<Span> cueOn(Span span, Kind kind) {
        return switch (kind) {
            case NO_BEFORE, DOUBT_BEFORE, PAST_BEFORE -> cueBefore(span, kind);
            case NO_AFTER, DOUBT_AFTER, PAST_AFTER -> cueAfter(span, kind);
            case VOID, BREAK -> Optional.empty();
        };
    }

    private Optional<Span> cueBefore(Span span, Kind kind) {
        for (Hit<Meaning.Cue> cue : cues.reversed()) {
            if (cue.span().end() > span.start()) {
                continue;
            }
            if (cue.meaning().kind() == Kind.BREAK) {
                return Optional.empty();
            }
            if (cue.meaning().kind() == kind) {
                boolean cut = kind == Kind.PAST_BEFORE && holds(",", cue.span().end(), span.start());
                return cut || voided(cue.span(), span) ? Optional.empty() : Optional.of(cue.span());
            }
        }
        return Optional.empty();
    }

    private Optional<Span> cueAfter(Span span, Kind kind) {
        int from = span.end();
        for (Hit<Meaning.Cue> cue : cues) {
            if (cue.span().start() < from) {
                continue;
            }
            if (words.get(cue.span().start()).equals("which")) {
                from = behindComma(cue.span().end()); // ", which was seen before, " is only put in
                continue;
            }
            if (cue.meaning().kind() == Kind.BREAK) {
                return Optional.empty();
            }
            if (cue.meaning().kind() == kind) {
                return voided(cue.span(), span) ? Optional.empty() : Optional.of(cue.span());
            }
        }
        return Optional.empty();
    }

    /** "no change in the effusion": the negation belongs to another word than the finding's. */
    private boolean voided(Span cue, Span find) {
        return cues.stream()
                .anyMatch(other -> other.meaning().kind() == Kind.VOID
                        && other.span().overlaps(cue)
                        && !other.span().overlaps(find));
    }

    private int behindComma(int from) {
        for (int i = from; i < words.count(); i++) {
            if (words.get(i).equals(",")) {
                return i + 1;
            }
        }
        return words.count();
    }

    private boolean holds(String mark, int from, int to) {
        for (int i = from; i < to; i++) {
            if (words.get(i).equals(mark)) {
                return true;
            }
        }
        return false;
    }
}
