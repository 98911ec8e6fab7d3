package org.reg2rg.train;

/**
 * The diameter of a nodule as one of a few classes, evenly spaced on a logarithmic scale: a network that must choose keeps the
 * size apart from everything else it knows, where one that must name a number answers with the middle.
 */
final class NoduleSize {
    static final int CLASSES = 24;
    private static final double SMALLEST_MM = 4;
    private static final double LARGEST_MM = 36;
    private static final double STEP = Math.log(LARGEST_MM / SMALLEST_MM) / (CLASSES - 1);

    private NoduleSize() {}

    /** Writes how much each class is meant: a bell around the true one, of total 1. */
    static void spread(double mm, float[] target, int offset) {
        double place = Math.clamp(Math.log(mm / SMALLEST_MM) / STEP, 0, CLASSES - 1);
        double sum = 0;
        for (int c = 0; c < CLASSES; c++) {
            double weight = Math.exp(-0.5 * (c - place) * (c - place));
            target[offset + c] = (float) weight;
            sum += weight;
        }
        for (int c = 0; c < CLASSES; c++) {
            target[offset + c] /= (float) sum;
        }
    }

    /** The diameter in mm that the logits of the classes mean: the middle of their distribution. */
    static double mm(float[] logits) {
        double largest = Double.NEGATIVE_INFINITY;
        for (float logit : logits) {
            largest = Math.max(largest, logit);
        }
        double sum = 0;
        double mean = 0;
        for (int c = 0; c < CLASSES; c++) {
            double weight = Math.exp(logits[c] - largest);
            sum += weight;
            mean += weight * c;
        }
        return SMALLEST_MM * Math.exp(STEP * mean / sum);
    }
}
