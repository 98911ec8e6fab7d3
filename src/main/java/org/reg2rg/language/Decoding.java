package org.reg2rg.language;

import java.util.random.RandomGenerator;

/** How the next word is chosen. */
public sealed interface Decoding {
    /** Always the most likely word; of equals the first. */
    record Greedy() implements Decoding {}

    /**
     * A word by chance, after three steps in this order: logits divided by the temperature, only the {@code topK} most
     * likely kept (with all ties of the last), of these only the most likely that together reach {@code topP}.
     *
     * @param topK 0 keeps all
     * @param topP 1 keeps all
     * @param random where chance comes from
     */
    record Sample(double temperature, int topK, double topP, RandomGenerator random) implements Decoding {
        public Sample {
            if (!(temperature > 0) || topK < 0 || !(topP > 0 && topP <= 1)) {
                throw new IllegalArgumentException("temperature must be above 0, top-k at least 0, top-p above 0 and at"
                        + " most 1, got " + temperature + ", " + topK + ", " + topP);
            }
        }
    }

    /** The id of the next word. */
    default int choose(float[] logits) {
        return switch (this) {
            case Greedy() -> Logits.argmax(logits);
            case Sample sample ->
                Logits.draw(
                        Logits.warp(logits, sample.temperature(), sample.topK(), sample.topP()),
                        sample.random().nextDouble());
        };
    }
}
