package org.reg2rg.train;

/** The learning rate of each optimiser step, counted from 0. */
public sealed interface LearningRate {
    double at(long step);

    /** Rises linearly from 0 over the warm-up, then stays; the first step of the published run thus has rate 0. */
    record ConstantWithWarmup(double peak, long warmup) implements LearningRate {
        @Override
        public double at(long step) {
            return step < warmup ? peak * step / warmup : peak;
        }
    }

    /** Rises linearly over the warm-up (the first step is 1/warm-up), then falls along a half cosine to the floor. */
    record Cosine(double peak, double floor, long warmup, long total) implements LearningRate {
        @Override
        public double at(long step) {
            if (step < warmup) {
                return peak * (step + 1) / warmup;
            }
            double way = Math.min(1, (double) (step - warmup) / Math.max(1, total - warmup));
            return floor + (peak - floor) * 0.5 * (1 + Math.cos(Math.PI * way));
        }
    }
}
