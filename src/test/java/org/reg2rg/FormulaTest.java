package org.reg2rg;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** The worked values that come with the golden numbers. */
class FormulaTest {
    @Test
    void givesTheWorkedValues() {
        float[] fc = Formula.values("embedding_layer.fc.weight", 1, 4096, 768);
        assertThat(fc[0]).isEqualTo(-0.036073573f);
        assertThat(fc[3145727]).isEqualTo(0.053867854f);
        assertThat(Formula.values("embedding_layer.fc.weight", 1, 32, 24)[0]).isEqualTo(-0.20406294f);
        assertThat(Formula.values("embedding_layer.perceiver.norm.weight", 1, 768)[5])
                .isEqualTo(1.08261f);
        assertThat(Formula.values("embedding_layer.fc.bias", 1, 4096)[0]).isEqualTo(0.045455478f);
        assertThat(Formula.values("input.a.image", 1, 256, 256, 64)[1000000]).isEqualTo(0.38854754f);
        assertThat(Formula.values("input.a.mask", 1, 256, 256, 64)[1000000]).isEqualTo(0.5233573f);
    }
}
