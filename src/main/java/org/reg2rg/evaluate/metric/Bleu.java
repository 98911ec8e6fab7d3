package org.reg2rg.evaluate.metric;

import java.util.List;

/**
 * BLEU as Hugging Face {@code evaluate} 0.4.2 computes it with {@code smooth=True}: one is added to matches and
 * candidates of every order, unigrams included (C.-Y. Lin, F. J. Och, ORANGE, COLING 2004); BLEU-n is the geometric
 * mean of the first n precisions times the brevity penalty. For a corpus the counts are added first.
 */
public final class Bleu {
    static final int ORDERS = 4;

    private Bleu() {}

    /**
     * The counts of one or many pairs.
     *
     * @param matches n-grams of the prediction that the reference has too, each at most as often as there, by order
     * @param candidates n-grams of the prediction, by order
     */
    public record Counts(long[] matches, long[] candidates, long referenceLength, long predictionLength) {
        public static Counts none() {
            return new Counts(new long[ORDERS], new long[ORDERS], 0, 0);
        }

        public Counts plus(Counts other) {
            var sum = new Counts(
                    matches.clone(),
                    candidates.clone(),
                    referenceLength + other.referenceLength,
                    predictionLength + other.predictionLength);
            for (int n = 0; n < ORDERS; n++) {
                sum.matches[n] += other.matches[n];
                sum.candidates[n] += other.candidates[n];
            }
            return sum;
        }
    }

    /** Counts of one prediction against one reference, of 13a tokens. */
    public static Counts count(List<String> reference, List<String> prediction) {
        var table = new NgramTable(ORDERS * (reference.size() + prediction.size()));
        int[][] wanted = table.add(reference, ORDERS);
        int[][] given = table.add(prediction, ORDERS);
        var counts = new Counts(new long[ORDERS], new long[ORDERS], reference.size(), prediction.size());
        for (int n = 0; n < ORDERS; n++) {
            counts.matches[n] = overlap(wanted[n], given[n], table.size());
            counts.candidates[n] = given[n].length;
        }
        return counts;
    }

    /** How many entries two lists of numbers below {@code limit} share, counting repetitions. */
    static int overlap(int[] first, int[] second, int limit) {
        int[] left = new int[limit];
        for (int number : first) {
            left[number]++;
        }
        int shared = 0;
        for (int number : second) {
            if (left[number] > 0) {
                left[number]--;
                shared++;
            }
        }
        return shared;
    }

    /** BLEU of order {@code order} (1 to 4); 0 where either side has no token. */
    public static double score(Counts counts, int order) {
        if (counts.predictionLength == 0 || counts.referenceLength == 0) {
            return 0;
        }
        double logs = 0;
        for (int n = 0; n < order; n++) {
            logs += 1.0 / order * Math.log((counts.matches[n] + 1.0) / (counts.candidates[n] + 1.0));
        }
        double ratio = (double) counts.predictionLength / counts.referenceLength;
        return Math.exp(logs) * (ratio > 1 ? 1 : Math.exp(1 - 1 / ratio));
    }
}
