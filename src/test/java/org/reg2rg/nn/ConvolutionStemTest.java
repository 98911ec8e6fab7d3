package org.reg2rg.nn;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.reg2rg.tensor.Tensors;

class ConvolutionStemTest {
    @Test
    void theWindowsStretchLungHazeAndSoftTissue() {
        // -1000, -850, -700, -550, -150, 0, 150, 200 HU in the model's scale
        float[] hu = {-1000, -850, -700, -550, -150, 0, 150, 200};
        float[] scaled = new float[hu.length];
        for (int i = 0; i < hu.length; i++) {
            scaled[i] = (hu[i] + 400) / 600;
        }
        float[] got = Tensors.toFloats(ConvolutionStem.windows(Tensors.floats(scaled, 1, 1, hu.length, 1, 1)));
        float[] lung = {-1, 0, 1, 1, 1, 1, 1, 1};
        float[] haze = {-1, -1, -1, 0, 1, 1, 1, 1};
        float[] soft = {-1, -1, -1, -1, -1, 0, 1, 1};
        for (int i = 0; i < hu.length; i++) {
            assertThat(got[i]).isEqualTo(scaled[i]);
            assertThat((double) got[hu.length + i]).isCloseTo(lung[i], org.assertj.core.data.Offset.offset(1e-5));
            assertThat(got[4 * hu.length + i]).isZero();
            assertThat((double) got[2 * hu.length + i]).isCloseTo(haze[i], org.assertj.core.data.Offset.offset(1e-5));
            assertThat((double) got[3 * hu.length + i]).isCloseTo(soft[i], org.assertj.core.data.Offset.offset(1e-5));
        }
    }

    /** Destroyed lung is as dark as what preprocessing puts outside of the mask, but never so evenly. */
    @Test
    void outsideIsWhatIsDarkestInWholeBlocks() {
        int n = 8;
        float[] volume = new float[n * n * n];
        java.util.Arrays.fill(volume, -0.7f);
        for (int x = 0; x < 4; x++) {
            java.util.Arrays.fill(volume, x * n * n, (x + 1) * n * n, -1); // outside: half of the volume
        }
        int hole = at(6, 4, 4, n);
        volume[hole] = -1; // a dark voxel in the lung, and one beside it
        volume[at(6, 4, 5, n)] = -1;
        float[] got = Tensors.toFloats(ConvolutionStem.windows(Tensors.floats(volume, 1, 1, n, n, n)));
        int voxels = n * n * n;
        for (int x = 0; x < n; x++) {
            int voxel = at(x, 2, 2, n);
            assertThat(got[4 * voxels + voxel]).as("outside at x = " + x).isEqualTo(x < 4 ? 1 : 0);
            assertThat((double) got[voxels + voxel])
                    .isCloseTo(x < 4 ? 0 : 0.2, org.assertj.core.data.Offset.offset(1e-5));
        }
        assertThat(got[4 * voxels + hole]).isZero();
        assertThat(got[voxels + hole]).isEqualTo(-1);
    }

    private static int at(int x, int y, int z, int n) {
        return (x * n + y) * n + z;
    }
}
