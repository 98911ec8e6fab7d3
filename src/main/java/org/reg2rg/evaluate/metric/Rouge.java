package org.reg2rg.evaluate.metric;

import java.util.List;

/** F1 of ROUGE-1, ROUGE-2 and ROUGE-L (longest common subsequence of the whole text) as {@code rouge_score} 0.1.2. */
public final class Rouge {
    private static final int ORDERS = 2;

    private Rouge() {}

    /** The three scores of one pair. */
    public record Scores(double rouge1, double rouge2, double rougeL) {}

    /** Scores of a prediction against a reference, of ROUGE tokens. */
    public static Scores score(List<String> reference, List<String> prediction) {
        var table = new NgramTable(ORDERS * (reference.size() + prediction.size()));
        int[][] wanted = table.add(reference, ORDERS);
        int[][] given = table.add(prediction, ORDERS);
        return new Scores(
                f1(Bleu.overlap(wanted[0], given[0], table.size()), wanted[0].length, given[0].length),
                f1(Bleu.overlap(wanted[1], given[1], table.size()), wanted[1].length, given[1].length),
                f1(commonSubsequence(wanted[0], given[0]), wanted[0].length, given[0].length));
    }

    private static double f1(int shared, int wanted, int given) {
        double precision = (double) shared / Math.max(given, 1);
        double recall = (double) shared / Math.max(wanted, 1);
        return precision + recall > 0 ? 2 * precision * recall / (precision + recall) : 0;
    }

    /** Length of the longest common subsequence, with two rows of the table. */
    static int commonSubsequence(int[] first, int[] second) {
        int[] row = new int[second.length + 1];
        for (int wanted : first) {
            int diagonal = 0;
            for (int j = 1; j <= second.length; j++) {
                int above = row[j];
                row[j] = wanted == second[j - 1] ? diagonal + 1 : Math.max(above, row[j - 1]);
                diagonal = above;
            }
        }
        return row[second.length];
    }
}
