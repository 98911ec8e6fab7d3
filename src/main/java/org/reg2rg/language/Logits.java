package org.reg2rg.language;

import java.util.Arrays;
import java.util.Comparator;
import java.util.stream.IntStream;

/** Arithmetic on the logits of one position. */
final class Logits {
    private Logits() {}

    static int argmax(float[] logits) {
        int best = 0;
        for (int i = 1; i < logits.length; i++) {
            if (logits[i] > logits[best]) {
                best = i;
            }
        }
        return best;
    }

    /** Natural logarithm of the probability of one word. */
    static double logProbability(float[] logits, int id) {
        double max = logits[argmax(logits)];
        double sum = 0;
        for (float logit : logits) {
            sum += Math.exp(logit - max);
        }
        return logits[id] - max - Math.log(sum);
    }

    /** Probabilities after temperature, top-k and top-p; 0 for words that were dropped. */
    static double[] warp(float[] logits, double temperature, int topK, double topP) {
        double[] scores = new double[logits.length];
        Arrays.setAll(scores, i -> (float) (logits[i] / temperature));
        keepTopK(scores, topK);
        double[] probabilities = softmax(scores);
        keepTopP(probabilities, topP);
        return probabilities;
    }

    private static void keepTopK(double[] scores, int topK) {
        if (topK == 0 || topK >= scores.length) {
            return;
        }
        double[] sorted = scores.clone();
        Arrays.sort(sorted);
        double last = sorted[sorted.length - topK];
        Arrays.setAll(scores, i -> scores[i] < last ? Double.NEGATIVE_INFINITY : scores[i]);
    }

    private static double[] softmax(double[] scores) {
        double max = Arrays.stream(scores).max().orElseThrow();
        double[] probabilities =
                Arrays.stream(scores).map(score -> Math.exp(score - max)).toArray();
        return scaledToOne(probabilities);
    }

    /** Drops the least likely words for as long as all the dropped together stay at or below 1 − topP. */
    private static void keepTopP(double[] probabilities, double topP) {
        if (topP == 1) {
            return;
        }
        int[] rising = IntStream.range(0, probabilities.length)
                .filter(i -> probabilities[i] > 0)
                .boxed()
                .sorted(Comparator.comparingDouble(i -> probabilities[i]))
                .mapToInt(Integer::intValue)
                .toArray();
        double dropped = 0;
        for (int i = 0; i < rising.length - 1; i++) {
            dropped += probabilities[rising[i]];
            if (dropped > 1 - topP) {
                break;
            }
            probabilities[rising[i]] = 0;
        }
        scaledToOne(probabilities);
    }

    private static double[] scaledToOne(double[] weights) {
        double sum = Arrays.stream(weights).sum();
        Arrays.setAll(weights, i -> weights[i] / sum);
        return weights;
    }

    /** The word into whose share of [0, 1) the number falls. */
    static int draw(double[] probabilities, double uniform) {
        double reached = 0;
        int last = 0;
        for (int i = 0; i < probabilities.length; i++) {
            if (probabilities[i] > 0) {
                last = i;
                reached += probabilities[i];
                if (uniform < reached) {
                    return i;
                }
            }
        }
        return last;
    }
}
