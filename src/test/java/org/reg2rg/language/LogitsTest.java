package org.reg2rg.language;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Arrays;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.reg2rg.Golden;
import org.reg2rg.SharedFolder;
import org.reg2rg.Tolerance;
import org.reg2rg.core.Json;
import tools.jackson.databind.JsonNode;

class LogitsTest {
    @Test
    void warpsAsTheReferenceDoes() throws Exception {
        JsonNode cases = Json.read(SharedFolder.require("parity/tiny/expected.json"))
                .get("warpers")
                .get("cases");
        float[] logits = Golden.read(SharedFolder.require("parity/tiny/expected.safetensors"))
                .values("a_shuffled.logits_last");
        assertWarped(logits, cases.get("a_shuffled.logits_last"));
        float[] steep = new float[logits.length];
        for (int i = 0; i < steep.length; i++) {
            steep[i] = 4 * logits[i];
        }
        assertWarped(steep, cases.get("four times that"));
    }

    private static void assertWarped(float[] logits, JsonNode expected) {
        double[] probabilities = Logits.warp(logits, 0.6, 30, 0.9);
        int kept = 0;
        for (double p : probabilities) {
            kept += p > 0 ? 1 : 0;
        }
        assertThat(kept).isEqualTo(expected.get("ids").size());
        for (int i = 0; i < kept; i++) {
            assertThat(probabilities[expected.get("ids").get(i).asInt()])
                    .isCloseTo(expected.get("probabilities").get(i).asDouble(), Tolerance.PROBABILITY.offset());
        }
    }

    @Test
    void tiesOfTheLastAreKept() throws Exception {
        float[] logits = new float[100];
        Arrays.fill(logits, -1);
        Arrays.fill(logits, 10, 60, 2);
        logits[70] = 3;
        JsonNode cases = Json.read(SharedFolder.require("parity/tiny/expected.json"))
                .get("warpers")
                .get("cases");
        JsonNode ties = cases.get("ties: 100 logits of -1, [10,60) = 2, [70] = 3");
        double[] probabilities = Logits.warp(logits, 0.6, 30, 0.9);
        assertThat(Arrays.stream(probabilities).filter(p -> p > 0).count())
                .isEqualTo(ties.get("kept").asLong());
        assertThat(probabilities[70]).isCloseTo(ties.get("p70").asDouble(), Tolerance.PROBABILITY.offset());
    }

    @Test
    void greedyTakesTheFirstOfTheMostLikely() {
        assertThat(new Decoding.Greedy().choose(new float[] {1, 3, 3, 2})).isEqualTo(1);
    }

    @Test
    void samplesInProportion() {
        float[] logits = {0, (float) Math.log(3)};
        var sample = new Decoding.Sample(1, 0, 1, new SplittableRandom(1));
        int ones = 0;
        for (int i = 0; i < 4000; i++) {
            ones += sample.choose(logits);
        }
        assertThat(ones).isBetween(2900, 3100);
        assertThatThrownBy(() -> new Decoding.Sample(0, 0, 1, new SplittableRandom(1)))
                .hasMessageContaining("temperature must be above 0");
    }
}
