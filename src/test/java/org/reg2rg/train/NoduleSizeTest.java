package org.reg2rg.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class NoduleSizeTest {
    @ParameterizedTest
    @ValueSource(doubles = {6, 8, 13, 22, 30})
    void whoAnswersAsAskedSaysTheSize(double mm) {
        float[] target = new float[2 + NoduleSize.CLASSES];
        NoduleSize.spread(mm, target, 2);
        float[] logits = new float[NoduleSize.CLASSES];
        float sum = 0;
        for (int c = 0; c < logits.length; c++) {
            sum += target[2 + c];
            logits[c] = (float) Math.log(target[2 + c]);
        }
        assertThat(sum).isCloseTo(1, within(1e-5f));
        assertThat(target[0] + target[1]).isZero();
        assertThat(NoduleSize.mm(logits)).isCloseTo(mm, within(0.03 * mm));
    }
}
