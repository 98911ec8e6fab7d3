package org.reg2rg.segment;

import java.util.function.ToDoubleFunction;

/** Looks for the numbers with the highest score: one at a time up and down by its step, then with smaller steps. */
final class Climb {
    private static final int ROUNDS = 7;
    private static final double SHRINK = 0.6;

    private Climb() {}

    /**
     * The best numbers near zero.
     *
     * @param steps first step of each number
     */
    static double[] best(double[] steps, ToDoubleFunction<double[]> score) {
        double[] at = new double[steps.length];
        double best = score.applyAsDouble(at);
        double shrink = 1;
        for (int round = 0; round < ROUNDS; round++) {
            boolean better = true;
            while (better) {
                better = false;
                for (int n = 0; n < 2 * steps.length; n++) {
                    double[] next = at.clone();
                    next[n / 2] += (n % 2 == 0 ? shrink : -shrink) * steps[n / 2];
                    double found = score.applyAsDouble(next);
                    if (found > best + 1e-9) {
                        best = found;
                        at = next;
                        better = true;
                    }
                }
            }
            shrink *= SHRINK;
        }
        return at;
    }
}
