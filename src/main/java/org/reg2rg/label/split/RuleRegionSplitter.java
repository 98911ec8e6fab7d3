package org.reg2rg.label.split;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.reg2rg.ct.Region;
import org.reg2rg.label.phrase.Words;
import org.reg2rg.label.phrase.Words.Span;
import org.reg2rg.label.split.RegionRules.Sign;
import org.reg2rg.label.split.RegionRules.Strength;

/**
 * Places sentences by the anatomy they name. A sentence that names none belongs to the region of the one before it,
 * unless it is advice or technique; an opening clause ("When examined in the lung window;") counts only where the rest
 * names nothing. Safe to use from several threads.
 */
public final class RuleRegionSplitter implements RegionSplitter {
    private static final int LONGEST_OPENING = 14;

    private final RegionRules rules = RegionRules.builtIn();

    @Override
    public PlacedReport place(List<String> sentences) {
        var placed = new ArrayList<PlacedSentence>();
        Optional<Region> before = Optional.empty();
        for (String sentence : sentences) {
            Words words = Words.of(sentence);
            Optional<Sign> sign = read(words, openingEnd(words));
            Optional<Region> region = sign.isPresent() ? sign.get().region() : before;
            placed.add(new PlacedSentence(sentence, region));
            boolean advice = sign.isPresent() && sign.get().strength() == Strength.OTHER;
            before = advice ? before : region;
        }
        return new PlacedReport(placed, PlacedReport.RULES, "");
    }

    /** The sign that decides: of the main clause where it names a region, else of the whole sentence. */
    private Optional<Sign> read(Words words, int opening) {
        var clause = new Strongest();
        var whole = new Strongest();
        rules.index().search(words, (sign, span) -> {
            whole.take(sign, span);
            if (span.start() >= opening) {
                clause.take(sign, span);
            }
        });
        boolean named = clause.sign.isPresent() && clause.sign.get().strength() != Strength.OTHER;
        return named ? clause.sign : whole.sign;
    }

    /** Index behind the semicolon or colon of a short opening clause; 0 where there is none. */
    private static int openingEnd(Words words) {
        for (int i = 0; i < Math.min(words.count(), LONGEST_OPENING); i++) {
            if (words.get(i).equals(";") || words.get(i).equals(":")) {
                return i + 1;
            }
        }
        return 0;
    }

    /** The strongest sign so far; of equals the first, and at the same place the longest. */
    private static final class Strongest {
        private Optional<Sign> sign = Optional.empty();
        private Span span = new Span(0, 0);

        void take(Sign next, Span at) {
            if (sign.isEmpty() || better(next, at, sign.get())) {
                sign = Optional.of(next);
                span = at;
            }
        }

        private boolean better(Sign next, Span at, Sign now) {
            int order = next.strength().compareTo(now.strength());
            return order < 0 || (order == 0 && at.start() == span.start() && at.end() > span.end());
        }
    }
}
