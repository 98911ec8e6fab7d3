package org.reg2rg.nn;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.reg2rg.tensor.Tensors;

class ConvolutionStemTest {
    @Test
    void theThreeWindowsStretchLungAndSoftTissue() {
        // -1000, -850, -700, -150, 0, 150, 200 HU in the model's scale
        float[] hu = {-1000, -850, -700, -150, 0, 150, 200};
        float[] scaled = new float[hu.length];
        for (int i = 0; i < hu.length; i++) {
            scaled[i] = (hu[i] + 400) / 600;
        }
        float[] got = Tensors.toFloats(ConvolutionStem.windows(Tensors.floats(scaled, 1, 1, hu.length, 1, 1)));
        float[] lung = {-1, 0, 1, 1, 1, 1, 1};
        float[] soft = {-1, -1, -1, -1, 0, 1, 1};
        for (int i = 0; i < hu.length; i++) {
            assertThat(got[i]).isEqualTo(scaled[i]);
            assertThat((double) got[hu.length + i]).isCloseTo(lung[i], org.assertj.core.data.Offset.offset(1e-5));
            assertThat((double) got[2 * hu.length + i]).isCloseTo(soft[i], org.assertj.core.data.Offset.offset(1e-5));
        }
    }
}
