package org.reg2rg.evaluate.metric;

import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * CIDEr as {@code pycocoevalcap} 1.2 computes it with one reference (R. Vedantam et al., CVPR 2015; n-grams 1 to 4,
 * σ 6, clipped, times 10). An n-gram weighs by the number of references of the corpus that hold it, so all references
 * must be added before the first score. Words are what stands between white space.
 */
public final class CiderCorpus {
    private static final int ORDERS = 4;
    private static final double SIGMA = 6;
    private static final double SCALE = 10;

    private final NgramTable table = new NgramTable(1 << 12);
    private int[] documents = new int[1 << 12];
    private int[] lastDocument = new int[1 << 12];
    private int references;

    /** Counts the n-grams of one reference. */
    public void add(List<String> reference) {
        int[][] grams = table.add(reference, ORDERS);
        if (table.size() > documents.length) {
            documents = Arrays.copyOf(documents, table.size() * 2);
            lastDocument = Arrays.copyOf(lastDocument, table.size() * 2);
        }
        references++;
        for (int[] row : grams) {
            for (int gram : row) {
                if (lastDocument[gram] != references) {
                    lastDocument[gram] = references;
                    documents[gram]++;
                }
            }
        }
    }

    /** How many references have been added. */
    public int references() {
        return references;
    }

    /** Score of one prediction against its reference; safe for several threads once all references are added. */
    public double score(List<String> reference, List<String> prediction) {
        if (references == 0) {
            return 0;
        }
        var local = new NgramTable(ORDERS * (reference.size() + prediction.size()));
        int[][] wanted = local.add(reference, ORDERS);
        int[][] given = local.add(prediction, ORDERS);
        double[] weights = new double[local.size()];
        weigh(wanted, table.look(reference, ORDERS), weights);
        weigh(given, table.look(prediction, ORDERS), weights);
        // The published code takes the number of bigrams for the length.
        double delta = given[1].length - wanted[1].length;
        double penalty = Math.pow(Math.E, -(delta * delta) / (2 * SIGMA * SIGMA));
        double sum = 0;
        for (int n = 0; n < ORDERS; n++) {
            sum += similarity(counts(wanted[n]), counts(given[n]), weights) * penalty;
        }
        return sum / ORDERS * SCALE;
    }

    /** Inverse document frequency of each n-gram; one that no reference holds counts as held by one. */
    private void weigh(int[][] local, int[][] global, double[] weights) {
        double logReferences = Math.log(references);
        for (int n = 0; n < ORDERS; n++) {
            for (int i = 0; i < local[n].length; i++) {
                int documentsWithIt = global[n][i] < 0 ? 1 : Math.max(1, documents[global[n][i]]);
                weights[local[n][i]] = logReferences - Math.log(documentsWithIt);
            }
        }
    }

    private static Map<Integer, Integer> counts(int[] grams) {
        var counts = new HashMap<Integer, Integer>(grams.length * 2);
        for (int gram : grams) {
            counts.merge(gram, 1, Integer::sum);
        }
        return counts;
    }

    private static double similarity(Map<Integer, Integer> wanted, Map<Integer, Integer> given, double[] weights) {
        double product = 0;
        double givenNorm = 0;
        for (var entry : given.entrySet()) {
            double weight = entry.getValue() * weights[entry.getKey()];
            double other = wanted.getOrDefault(entry.getKey(), 0) * weights[entry.getKey()];
            product += Math.min(weight, other) * other;
            givenNorm += weight * weight;
        }
        double wantedNorm = 0;
        for (var entry : wanted.entrySet()) {
            double weight = entry.getValue() * weights[entry.getKey()];
            wantedNorm += weight * weight;
        }
        double norms = Math.sqrt(givenNorm) * Math.sqrt(wantedNorm);
        return norms == 0 ? product : product / norms;
    }
}
