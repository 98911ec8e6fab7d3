package org.reg2rg.evaluate.clinical;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.reg2rg.report.Finding;
import org.reg2rg.report.LabelledText;

/**
 * What the averages hide: which findings are left out or invented, with the sentences, how often a finding is denied
 * that the reference states, on which side it is put, and whether its size agrees. All of it rests on the sentence that
 * decided a label, so a label source without sentences gives only counts of omissions and inventions.
 */
public final class Audit {
    /** Examples kept of each kind and finding. */
    public static final int EXAMPLES = 20;

    private final Map<Finding, Tally> omissions = new EnumMap<>(Finding.class);
    private final Map<Finding, Tally> inventions = new EnumMap<>(Finding.class);
    private final Counts counts = new Counts();

    /** A sentence of a study. */
    public record Example(String id, String sentence) {}

    /** Studies of one kind, with the first {@value Audit#EXAMPLES}. */
    public static final class Tally {
        private final List<Example> examples = new ArrayList<>();
        private int count;

        private void add(String id, String sentence) {
            count++;
            if (examples.size() < EXAMPLES) {
                examples.add(new Example(id, sentence));
            }
        }

        public int count() {
            return count;
        }

        public List<Example> examples() {
            return List.copyOf(examples);
        }
    }

    /** The counts of contradictions. */
    public static final class Counts {
        private int deniedAgainstReference;
        private int assertedAgainstReference;
        private int sidesCompared;
        private int sidesContradicting;
        private int sizesCompared;
        private int sizesAgreeing;

        /** Findings that the reference states and the prediction denies in words. */
        public int deniedAgainstReference() {
            return deniedAgainstReference;
        }

        /** Findings that the reference denies in words and the prediction states. */
        public int assertedAgainstReference() {
            return assertedAgainstReference;
        }

        /** Findings that both state with a side. */
        public int sidesCompared() {
            return sidesCompared;
        }

        /** Of these, those put on a side where the reference has nothing, or the other way round. */
        public int sidesContradicting() {
            return sidesContradicting;
        }

        /** Findings that both state with a size. */
        public int sizesCompared() {
            return sizesCompared;
        }

        /** Of these, those whose largest size agrees, see {@link Sizes#agree}. */
        public int sizesAgreeing() {
            return sizesAgreeing;
        }
    }

    public Audit() {
        for (Finding finding : Finding.values()) {
            omissions.put(finding, new Tally());
            inventions.put(finding, new Tally());
        }
    }

    /** Adds one study. */
    public void add(String id, LabelPair pair) {
        for (Finding finding : Finding.values()) {
            boolean wanted = pair.reference().has(finding);
            boolean given = pair.prediction().has(finding);
            String wantedSentence = sentence(pair.reference(), finding);
            String givenSentence = sentence(pair.prediction(), finding);
            if (wanted && !given) {
                omissions(finding).add(id, wantedSentence);
                counts.deniedAgainstReference += givenSentence.isEmpty() ? 0 : 1;
            } else if (given && !wanted) {
                inventions(finding).add(id, givenSentence);
                counts.assertedAgainstReference += wantedSentence.isEmpty() ? 0 : 1;
            } else if (wanted) {
                compareSides(wantedSentence, givenSentence);
                compareSizes(wantedSentence, givenSentence);
            }
        }
    }

    private static String sentence(LabelledText text, Finding finding) {
        return text.sentences().getOrDefault(finding, "");
    }

    private void compareSides(String wanted, String given) {
        Set<Side> wantedSides = Side.of(wanted);
        Set<Side> givenSides = Side.of(given);
        if (!wantedSides.isEmpty() && !givenSides.isEmpty()) {
            counts.sidesCompared++;
            counts.sidesContradicting += wantedSides.equals(givenSides) ? 0 : 1;
        }
    }

    private void compareSizes(String wanted, String given) {
        List<Double> wantedSizes = Sizes.inMillimetres(wanted);
        List<Double> givenSizes = Sizes.inMillimetres(given);
        if (!wantedSizes.isEmpty() && !givenSizes.isEmpty()) {
            counts.sizesCompared++;
            counts.sizesAgreeing += Sizes.agree(largest(wantedSizes), largest(givenSizes)) ? 1 : 0;
        }
    }

    private static double largest(List<Double> sizes) {
        return sizes.stream().mapToDouble(Double::doubleValue).max().orElseThrow();
    }

    public Tally omissions(Finding finding) {
        return omissions.computeIfAbsent(finding, unseen -> new Tally());
    }

    public Tally inventions(Finding finding) {
        return inventions.computeIfAbsent(finding, unseen -> new Tally());
    }

    public Counts counts() {
        return counts;
    }
}
