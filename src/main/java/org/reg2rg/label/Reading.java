package org.reg2rg.label;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.reg2rg.label.Meaning.Kind;
import org.reg2rg.label.phrase.Words;
import org.reg2rg.label.phrase.Words.Span;

/** Everything that a {@link RuleBook} knows about one sentence, and what follows for each thing found in it. */
final class Reading {
    private static final int LIST_REACH = 4;

    private final Words words;
    private final List<Hit<Meaning.Find>> finds = new ArrayList<>();
    private final List<Hit<Meaning>> guards = new ArrayList<>();
    private final List<Hit<Meaning.Organ>> organs = new ArrayList<>();
    private final List<Hit<Meaning.Cue>> cues = new ArrayList<>();

    /** A phrase that was found, and where. */
    record Hit<M>(M meaning, Span span) {}

    private Reading(Words words) {
        this.words = words;
    }

    static Reading of(String sentence, RuleBook book) {
        var reading = new Reading(Words.of(sentence));
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
        List<Span> cueSpans = cues.stream().map(Hit::span).toList();
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
                .min(Comparator.comparingInt(organ -> distance(organ.span(), span)))
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
        return 2 * organ.distance(span) + (organ.start() >= span.end() ? 0 : 1) + (broken ? 100 : 0);
    }

    /** The names of an organ and of those listed with it: "the aortic arch, descending aorta and coronary arteries". */
    private Set<String> withNeighbours(Hit<Meaning.Organ> nearest) {
        var names = new TreeSet<String>();
        int at = organs.indexOf(nearest);
        names.add(nearest.meaning().name());
        for (int i = at;
                i + 1 < organs.size()
                        && listed(organs.get(i).span(), organs.get(i + 1).span());
                i++) {
            names.add(organs.get(i + 1).meaning().name());
        }
        for (int i = at; i > 0 && listed(organs.get(i - 1).span(), organs.get(i).span()); i--) {
            names.add(organs.get(i - 1).meaning().name());
        }
        return names;
    }

    private boolean listed(Span a, Span b) {
        if (a.distance(b) > LIST_REACH) {
            return false;
        }
        return cues.stream()
                .noneMatch(cue -> cue.meaning().kind() == Kind.BREAK
                        && cue.span().start() >= a.end()
                        && cue.span().end() <= b.start());
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
            if (cue.meaning().kind() == Kind.BREAK || cue.meaning().kind() == Kind.VOID) {
                return Optional.empty();
            }
            if (cue.meaning().kind() == kind) {
                boolean cut = kind == Kind.PAST_BEFORE && holds(",", cue.span().end(), span.start());
                return cut ? Optional.empty() : Optional.of(cue.span());
            }
        }
        return Optional.empty();
    }

    private Optional<Span> cueAfter(Span span, Kind kind) {
        for (Hit<Meaning.Cue> cue : cues) {
            if (cue.span().start() < span.end()) {
                continue;
            }
            if (cue.meaning().kind() == Kind.BREAK || cue.meaning().kind() == Kind.VOID) {
                return Optional.empty();
            }
            if (cue.meaning().kind() == kind) {
                return Optional.of(cue.span());
            }
        }
        return Optional.empty();
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
