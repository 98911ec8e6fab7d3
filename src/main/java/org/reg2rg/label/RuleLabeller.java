package org.reg2rg.label;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.reg2rg.label.Meaning.Kind;
import org.reg2rg.label.phrase.Words.Span;
import org.reg2rg.report.Finding;
import org.reg2rg.report.SentenceSplitter;
import org.reg2rg.report.SentenceSplitter.Sentence;

/**
 * Labels a report by rules: the words of each finding, the part of the body they stand for, and whether the sentence
 * states, doubts, denies or remembers them. Follows the labels of CT-RATE in what counts as a finding. Safe to use from
 * several threads.
 */
public final class RuleLabeller implements Labeller {
    private static final int LONGEST_SENTENCE = 3000;

    private final RuleBook book;

    public RuleLabeller() {
        this(RuleBook.builtIn());
    }

    RuleLabeller(RuleBook book) {
        this.book = book;
    }

    @Override
    public String name() {
        return "rules";
    }

    @Override
    public List<Labels> readAll(List<String> reports) {
        return reports.parallelStream().map(this::read).toList();
    }

    /** The labels of one report. */
    public Labels read(String report) {
        Map<Finding, Decision> best = new EnumMap<>(Finding.class);
        for (Finding finding : Finding.values()) {
            best.put(finding, Decision.bare(finding, false));
        }
        Set<String> context = Set.of();
        List<Sentence> sentences = SentenceSplitter.split(report);
        List<Section> sections = Section.of(report, sentences);
        for (int i = 0; i < sentences.size(); i++) {
            for (String sentence : bounded(sentences.get(i).text())) {
                Reading reading = Reading.of(sentence, book);
                for (var find : reading.finds()) {
                    Decision decision = decide(find, reading, context, sentence, sections.get(i));
                    best.merge(decision.finding(), decision, RuleLabeller::stronger);
                }
                Set<String> organs = reading.lastOrgans();
                context = organs.isEmpty() ? context : organs;
            }
        }
        return new Labels(best);
    }

    /** Cuts what no writer would call a sentence, since the time for one grows with the square of its length. */
    private static List<String> bounded(String sentence) {
        if (sentence.length() <= LONGEST_SENTENCE) {
            return List.of(sentence);
        }
        List<String> pieces = new ArrayList<>();
        int start = 0;
        while (sentence.length() - start > LONGEST_SENTENCE) {
            int blank = sentence.lastIndexOf(' ', start + LONGEST_SENTENCE);
            int end = blank > start ? blank : start + LONGEST_SENTENCE;
            pieces.add(sentence.substring(start, end));
            start = end;
        }
        pieces.add(sentence.substring(start));
        return pieces;
    }

    /** The verdict that stands higher in {@link Verdict}; of equals the one read first. */
    private static Decision stronger(Decision a, Decision b) {
        return b.verdict().compareTo(a.verdict()) < 0 ? b : a;
    }

    private static Decision decide(
            Reading.Hit<Meaning.Find> find, Reading reading, Set<String> context, String sentence, Section section) {
        Rule rule = find.meaning().rule();
        Span span = find.span();
        Set<String> here = reading.organsOf(span);
        Optional<Span> forbidden = reading.forbiddenBy(find);
        Verdict verdict;
        String reason = "";
        if (forbidden.isPresent()) {
            verdict = Verdict.OTHER_PLACE;
            reason = reading.original(forbidden.get());
        } else if (!rule.holdsIn(here.isEmpty() ? context : here) || !reading.hasCompany(find)) {
            verdict = Verdict.OTHER_PLACE;
            reason = String.join(", ", here.isEmpty() ? context : here);
        } else if (section == Section.HISTORY) {
            verdict = Verdict.HISTORY;
            reason = "section";
        } else {
            Optional<Cued> cued = cued(reading, span);
            verdict = cued.map(Cued::verdict).orElse(Verdict.PRESENT);
            reason = cued.map(Cued::words).orElse("");
        }
        return new Decision(rule.finding(), verdict, sentence, reading.original(span), rule.name(), reason);
    }

    private record Cued(Verdict verdict, String words) {}

    private static Optional<Cued> cued(Reading reading, Span span) {
        return reading.cues()
                .negationInside(span)
                .map(cue -> new Cued(Verdict.ABSENT, reading.original(cue)))
                .or(() -> cued(reading, span, Verdict.ABSENT, Kind.NO_BEFORE))
                .or(() -> cued(reading, span, Verdict.ABSENT, Kind.NO_AFTER))
                .or(() -> cued(reading, span, Verdict.HISTORY, Kind.PAST_BEFORE))
                .or(() -> cued(reading, span, Verdict.HISTORY, Kind.PAST_AFTER))
                .or(() -> cued(reading, span, Verdict.UNCERTAIN, Kind.DOUBT_BEFORE))
                .or(() -> cued(reading, span, Verdict.UNCERTAIN, Kind.DOUBT_AFTER));
    }

    private static Optional<Cued> cued(Reading reading, Span span, Verdict verdict, Kind kind) {
        return reading.cues().on(span, kind).map(cue -> new Cued(verdict, reading.original(cue)));
    }
}
