package org.reg2rg.evaluate.clinical;

import java.util.Arrays;
import java.util.OptionalDouble;
import org.reg2rg.report.Finding;

/**
 * Clinical efficacy: how well the findings of the predictions meet those of the references, with the averages of
 * {@code sklearn.metrics.classification_report} (undefined ratios are 0) and the CRG score (VLM3D challenge). The
 * paper's numbers are the micro averages.
 */
public final class Efficacy {
    private static final int FINDINGS = Finding.values().length;

    private final long[] hits = new long[FINDINGS];
    private final long[] inventions = new long[FINDINGS];
    private final long[] omissions = new long[FINDINGS];
    private double samplePrecision;
    private double sampleRecall;
    private double sampleF1;
    private int reports;

    /** Precision, recall and their harmonic mean. */
    public record Scores(double precision, double recall, double f1) {}

    /** Scores of all pairs of label sets, as {@link FindingBits}. */
    public static Efficacy of(int[] references, int[] predictions) {
        var efficacy = new Efficacy();
        for (int i = 0; i < references.length; i++) {
            efficacy.add(references[i], predictions[i]);
        }
        return efficacy;
    }

    /** Scores of some of the pairs, each as often as its index is given. */
    public static Efficacy of(int[] references, int[] predictions, int[] indices) {
        var efficacy = new Efficacy();
        for (int index : indices) {
            efficacy.add(references[index], predictions[index]);
        }
        return efficacy;
    }

    /** Adds one report. */
    public void add(int reference, int prediction) {
        tally(reference & prediction, hits);
        tally(prediction & ~reference, inventions);
        tally(reference & ~prediction, omissions);
        int shared = Integer.bitCount(reference & prediction);
        int wanted = Integer.bitCount(reference);
        int given = Integer.bitCount(prediction);
        samplePrecision += ratio(shared, given);
        sampleRecall += ratio(shared, wanted);
        sampleF1 += ratio(2L * shared, (long) wanted + given);
        reports++;
    }

    private static void tally(int bits, long[] counts) {
        for (int rest = bits; rest != 0; rest &= rest - 1) {
            counts[Integer.numberOfTrailingZeros(rest)]++;
        }
    }

    public int reports() {
        return reports;
    }

    /** Positive reference labels of one finding. */
    public long support(Finding finding) {
        return hits[finding.ordinal()] + omissions[finding.ordinal()];
    }

    /** Positive reference labels in all. */
    public long support() {
        return sum(hits) + sum(omissions);
    }

    /** References that have it and predictions that do not. */
    public long omissions(Finding finding) {
        return omissions[finding.ordinal()];
    }

    /** Predictions that have it and references that do not. */
    public long inventions(Finding finding) {
        return inventions[finding.ordinal()];
    }

    public Scores of(Finding finding) {
        int f = finding.ordinal();
        return scores(hits[f], inventions[f], omissions[f]);
    }

    /** Of all labels together. */
    public Scores micro() {
        return scores(sum(hits), sum(inventions), sum(omissions));
    }

    /** Mean over the 18 findings, those without support included, as published. */
    public Scores macro() {
        double[] equal = new double[FINDINGS];
        Arrays.fill(equal, 1.0 / FINDINGS);
        return average(equal);
    }

    /** Mean over the findings that some reference has. */
    public Scores macroWithSupport() {
        double[] weights = new double[FINDINGS];
        long present =
                Arrays.stream(Finding.values()).filter(f -> support(f) > 0).count();
        for (Finding finding : Finding.values()) {
            weights[finding.ordinal()] = support(finding) > 0 ? 1.0 / present : 0;
        }
        return average(weights);
    }

    /** Mean over the findings, weighted by support. */
    public Scores weighted() {
        double[] weights = new double[FINDINGS];
        for (Finding finding : Finding.values()) {
            weights[finding.ordinal()] = ratio(support(finding), support());
        }
        return average(weights);
    }

    /** Mean over the reports. */
    public Scores samples() {
        return new Scores(samplePrecision / reports, sampleRecall / reports, sampleF1 / reports);
    }

    /**
     * CRG = U / (2U − s) with U = (X − A)/2, s = r·TP − r·FN − FP, r = (X − A)/(2A), X = 18 × reports and A the positive
     * reference labels: 1/3 for saying nothing and for saying everything, 1 for perfection. Empty where A is 0 or X.
     */
    public OptionalDouble crg() {
        double all = (double) FINDINGS * reports;
        double positives = support();
        if (positives == 0 || positives == all) {
            return OptionalDouble.empty();
        }
        double weight = (all - positives) / (2 * positives);
        double best = (all - positives) / 2;
        double score = weight * sum(hits) - weight * sum(omissions) - sum(inventions);
        return OptionalDouble.of(best / (2 * best - score));
    }

    private Scores average(double[] weights) {
        double precision = 0;
        double recall = 0;
        double f1 = 0;
        for (Finding finding : Finding.values()) {
            Scores scores = of(finding);
            double weight = weights[finding.ordinal()];
            precision += weight * scores.precision;
            recall += weight * scores.recall;
            f1 += weight * scores.f1;
        }
        return new Scores(precision, recall, f1);
    }

    private static Scores scores(long hits, long inventions, long omissions) {
        return new Scores(
                ratio(hits, hits + inventions),
                ratio(hits, hits + omissions),
                ratio(2 * hits, 2 * hits + inventions + omissions));
    }

    private static double ratio(long part, long whole) {
        return whole == 0 ? 0 : (double) part / whole;
    }

    private static long sum(long[] counts) {
        return Arrays.stream(counts).sum();
    }
}
