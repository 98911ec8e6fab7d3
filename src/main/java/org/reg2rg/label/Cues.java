package org.reg2rg.label;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.reg2rg.label.Meaning.Kind;
import org.reg2rg.label.phrase.Words;
import org.reg2rg.label.phrase.Words.Span;

/** The phrases of one sentence that deny, doubt or date what stands beside them, and how far each reaches. */
final class Cues {
    private static final Set<String> NEGATIONS = Set.of("no", "not", "without", "never", "nor");

    private final Words words;
    private final List<Cue> cues = new ArrayList<>();

    private record Cue(Kind kind, Span span) {}

    Cues(Words words) {
        this.words = words;
    }

    void add(Kind kind, Span span) {
        cues.add(new Cue(kind, span));
    }

    /** On the same words the longer phrase is meant: "cannot be excluded", not "excluded". */
    void keepLongest() {
        List<Span> spans = cues.stream()
                .filter(cue -> cue.kind() != Kind.VOID)
                .map(Cue::span)
                .toList();
        cues.removeIf(cue -> spans.stream().anyMatch(other -> other.isLongerPhraseThan(cue.span())));
    }

    /** Whether another statement begins between these words. */
    boolean breaksBetween(int from, int to) {
        return cues.stream()
                .anyMatch(cue -> cue.kind() == Kind.BREAK
                        && cue.span().start() >= from
                        && cue.span().end() <= to);
    }

    /** A negation among the words themselves: "ventricle is not enlarged". */
    Optional<Span> negationInside(Span span) {
        return cues.stream()
                .filter(cue -> span.covers(cue.span())
                        || (cue.kind() == Kind.VOID && cue.span().overlaps(span)))
                .filter(cue -> NEGATIONS.contains(words.get(cue.span().start()))
                        && cue.span().start() >= span.start())
                .map(Cue::span)
                .findFirst();
    }

    /** The nearest cue of this kind whose reach holds the words. */
    Optional<Span> on(Span span, Kind kind) {
        return switch (kind) {
            case NO_BEFORE, DOUBT_BEFORE, PAST_BEFORE -> before(span, kind);
            case NO_AFTER, DOUBT_AFTER, PAST_AFTER -> after(span, kind);
            case VOID, BREAK -> Optional.empty();
        };
    }

    private Optional<Span> before(Span span, Kind kind) {
        for (Cue cue : cues.reversed()) {
            if (cue.span().end() > span.start()) {
                continue;
            }
            if (cue.kind() == Kind.BREAK) {
                return Optional.empty();
            }
            if (cue.kind() == kind) {
                boolean cut = kind == Kind.PAST_BEFORE && holds(",", cue.span().end(), span.start());
                return cut || voided(cue.span(), span) ? Optional.empty() : Optional.of(cue.span());
            }
        }
        return Optional.empty();
    }

    private Optional<Span> after(Span span, Kind kind) {
        int from = span.end();
        for (Cue cue : cues) {
            if (cue.span().start() < from) {
                continue;
            }
            if (words.get(cue.span().start()).equals("which")) {
                from = behindComma(cue.span().end()); // ", which was seen before, " is only put in
                continue;
            }
            if (cue.kind() == Kind.BREAK) {
                return Optional.empty();
            }
            if (cue.kind() == kind) {
                return voided(cue.span(), span) ? Optional.empty() : Optional.of(cue.span());
            }
        }
        return Optional.empty();
    }

    /** "no change in the effusion": the negation belongs to another word than the finding's. */
    private boolean voided(Span cue, Span find) {
        return cues.stream()
                .anyMatch(other -> other.kind() == Kind.VOID
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
