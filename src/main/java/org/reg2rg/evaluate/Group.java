package org.reg2rg.evaluate;

import java.util.Arrays;
import java.util.Optional;
import org.reg2rg.evaluate.clinical.Efficacy;
import org.reg2rg.evaluate.clinical.LabelPair;
import org.reg2rg.evaluate.metric.Bleu;
import org.reg2rg.evaluate.metric.CiderCorpus;
import org.reg2rg.evaluate.metric.PairScorer;
import org.reg2rg.evaluate.metric.TextMetric;
import org.reg2rg.evaluate.stat.Doubles;
import org.reg2rg.evaluate.stat.Lengths;
import org.reg2rg.evaluate.stat.Repetition;
import org.reg2rg.evaluate.text.PythonText;

/**
 * Everything that is known of one body of pairs: the whole reports, or one region of them. First every pair is surveyed,
 * then scored; of each only numbers are kept.
 */
public final class Group {
    private static final int METRICS = TextMetric.values().length;

    private final CiderCorpus cider = new CiderCorpus();
    private final Lengths referenceLengths = new Lengths();
    private final Lengths predictionLengths = new Lengths();
    private final Repetition referenceRepetition = new Repetition();
    private final Repetition predictionRepetition = new Repetition();
    private final Doubles[] scores = new Doubles[METRICS];
    private final Baseline baseline = new Baseline();
    private final Bits referenceBits = new Bits();
    private final Bits predictionBits = new Bits();
    private Bleu.Counts corpus = Bleu.Counts.none();

    Group() {
        Arrays.setAll(scores, metric -> new Doubles());
    }

    /** Growing list of label sets. */
    private static final class Bits {
        private int[] values = new int[64];
        private int size;

        void add(int bits) {
            if (size == values.length) {
                values = Arrays.copyOf(values, size * 2);
            }
            values[size++] = bits;
        }

        int[] toArray() {
            return Arrays.copyOf(values, size);
        }
    }

    /** What a report of another study would score: the predictions against the references of other studies. */
    public static final class Baseline {
        private final double[] sums = new double[METRICS];
        private final Efficacy efficacy = new Efficacy();
        private int pairs;

        void add(PairScorer.Scores shuffled) {
            for (TextMetric metric : TextMetric.values()) {
                sums[metric.ordinal()] += shuffled.get(metric);
            }
            pairs++;
        }

        void add(LabelPair reference, LabelPair prediction) {
            efficacy.add(reference.referenceBits(), prediction.predictionBits());
        }

        /** Pairs of different studies that were scored. */
        public int pairs() {
            return pairs;
        }

        /** NaN where there was only one study. */
        public double mean(TextMetric metric) {
            return sums[metric.ordinal()] / pairs;
        }

        public Efficacy efficacy() {
            return efficacy;
        }
    }

    void survey(TextPair pair) {
        cider.add(PythonText.split(pair.reference()));
        referenceLengths.add(PythonText.countWords(pair.reference()));
        predictionLengths.add(PythonText.countWords(pair.prediction()));
        referenceRepetition.add(pair.reference());
        predictionRepetition.add(pair.prediction());
    }

    void add(PairScorer.Scores pair) {
        for (TextMetric metric : TextMetric.values()) {
            scores[metric.ordinal()].add(pair.get(metric));
        }
        corpus = corpus.plus(pair.bleu());
    }

    void add(LabelPair labels) {
        referenceBits.add(labels.referenceBits());
        predictionBits.add(labels.predictionBits());
    }

    CiderCorpus cider() {
        return cider;
    }

    /** How many pairs were scored. */
    public int pairs() {
        return scores[0].size();
    }

    /** Scores of all pairs, in the order of the file: one row a {@link TextMetric}. */
    public double[][] scores() {
        return Arrays.stream(scores).map(Doubles::toArray).toArray(double[][]::new);
    }

    /** Scores of one metric, in the order of the file. */
    public double[] scores(TextMetric metric) {
        return scores[metric.ordinal()].toArray();
    }

    /** BLEU over all pairs at once. */
    public double corpusBleu(int order) {
        return Bleu.score(corpus, order);
    }

    public Lengths referenceLengths() {
        return referenceLengths;
    }

    public Lengths predictionLengths() {
        return predictionLengths;
    }

    public Repetition referenceRepetition() {
        return referenceRepetition;
    }

    public Repetition predictionRepetition() {
        return predictionRepetition;
    }

    public Baseline baseline() {
        return baseline;
    }

    /** Labels of the references, of those pairs that have labels. */
    public int[] referenceLabels() {
        return referenceBits.toArray();
    }

    /** Labels of the predictions, of those pairs that have labels. */
    public int[] predictionLabels() {
        return predictionBits.toArray();
    }

    /** Clinical efficacy; empty where no pair has labels. */
    public Optional<Efficacy> efficacy() {
        return referenceBits.size == 0
                ? Optional.empty()
                : Optional.of(Efficacy.of(referenceLabels(), predictionLabels()));
    }
}
