package org.reg2rg.evaluate.region;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.reg2rg.ct.Region;

/**
 * How often the generated text names the region that was shown to it in each slot (Table III of the paper). Two rules:
 * the published one, and a strict one that forgives nothing; both are shown where they are used.
 */
public final class Recognition {
    private static final Pattern FIRST_WORD = Pattern.compile("The region (\\d{1,9}) is (\\w+)");
    private static final Pattern WHOLE_NAME = Pattern.compile("The region (\\d{1,9}) is ([^:]{1,60}):");
    private static final String CONTRADICTED = "";

    private final Rule rule;
    private final Map<Region, Counts> counts = new EnumMap<>(Region.class);
    private final List<Double> accuracies = new ArrayList<>();
    private int withoutRegions;

    /** How names are read and counted. */
    public enum Rule {
        /**
         * {@code region_pred_acc.py}: only the first word of a name counts, the last of several statements about a slot
         * wins, slots that only the prediction has are ignored, and 1e-5 is added to every denominator.
         */
        PUBLISHED(1e-5),
        /**
         * The whole name must be one of the ten, a slot stated with two different names is wrong, a slot that only the
         * prediction has is a false positive, nothing is added to a denominator.
         */
        STRICT(0);

        private final double epsilon;

        Rule(double epsilon) {
            this.epsilon = epsilon;
        }
    }

    public Recognition(Rule rule) {
        this.rule = rule;
        for (Region region : Region.values()) {
            counts.put(region, new Counts());
        }
    }

    private static final class Counts {
        private int hits;
        private int falsePositives;
        private int misses;
    }

    /** Scores of one region. */
    public record Scores(double precision, double recall, double f1, int support) {}

    /** One study: how many of its slots were named right. */
    public record Study(int slots, int right) {
        /** Right slots of all, or NaN where the reference names none. */
        public double accuracy() {
            return slots == 0 ? Double.NaN : (double) right / slots;
        }
    }

    /** Judges one study and adds it to the counts. */
    public Study add(String reference, String prediction) {
        Map<Integer, String> wanted = slots(reference);
        Map<Integer, String> given = slots(prediction);
        int right = 0;
        for (var slot : wanted.entrySet()) {
            right += judge(slot.getValue(), Optional.ofNullable(given.get(slot.getKey()))) ? 1 : 0;
        }
        if (rule == Rule.STRICT) {
            given.forEach((slot, name) -> {
                if (!wanted.containsKey(slot)) {
                    region(name).ifPresent(region -> counts(region).falsePositives++);
                }
            });
        }
        var study = new Study(wanted.size(), right);
        if (wanted.isEmpty()) {
            withoutRegions++;
        } else {
            accuracies.add(study.accuracy());
        }
        return study;
    }

    private boolean judge(String wantedName, Optional<String> givenName) {
        Optional<Region> wanted = region(wantedName);
        Optional<Region> given = givenName.flatMap(this::region);
        if (wanted.isEmpty()) {
            return givenName.isPresent() && givenName.get().equals(wantedName);
        }
        if (given.equals(wanted)) {
            counts(wanted.get()).hits++;
            return true;
        }
        given.ifPresent(region -> counts(region).falsePositives++);
        counts(wanted.get()).misses++;
        return false;
    }

    private Counts counts(Region region) {
        return counts.getOrDefault(region, new Counts());
    }

    private Optional<Region> region(String name) {
        return switch (rule) {
            case STRICT -> Region.find(name);
            case PUBLISHED -> {
                for (Region region : Region.values()) {
                    if (firstWord(region).equals(name)) {
                        yield Optional.of(region);
                    }
                }
                yield Optional.empty();
            }
        };
    }

    private static String firstWord(Region region) {
        String name = region.datasetName();
        int blank = name.indexOf(' ');
        return blank < 0 ? name : name.substring(0, blank);
    }

    private Map<Integer, String> slots(String text) {
        var slots = new HashMap<Integer, String>();
        Matcher statement = (rule == Rule.STRICT ? WHOLE_NAME : FIRST_WORD).matcher(text);
        while (statement.find()) {
            int slot = Integer.parseInt(statement.group(1));
            String name = statement.group(2);
            switch (rule) {
                case PUBLISHED -> slots.put(slot, name);
                case STRICT ->
                    slots.merge(
                            slot,
                            name.strip().toLowerCase(Locale.ROOT),
                            (before, now) -> before.equals(now) ? now : CONTRADICTED);
            }
        }
        return slots;
    }

    /** Studies whose reference names at least one region. */
    public int studies() {
        return accuracies.size();
    }

    /** Studies whose reference names no region; the published script divides by zero there, here they are left out. */
    public int withoutRegions() {
        return withoutRegions;
    }

    /** The accuracy of each study that has regions, in the order of the file. */
    public double[] accuracies() {
        return accuracies.stream().mapToDouble(Double::doubleValue).toArray();
    }

    /** Pooled scores of a region over all studies. */
    public Scores scores(Region region) {
        Counts c = counts(region);
        double precision = ratio(c.hits, c.hits + c.falsePositives);
        double recall = ratio(c.hits, c.hits + c.misses);
        double sum = precision + recall + rule.epsilon;
        return new Scores(precision, recall, sum > 0 ? 2 * precision * recall / sum : 0, c.hits + c.misses);
    }

    private double ratio(int part, int whole) {
        double denominator = whole + rule.epsilon;
        return denominator > 0 ? part / denominator : 0;
    }
}
