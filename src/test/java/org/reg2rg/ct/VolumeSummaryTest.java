package org.reg2rg.ct;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.List;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;
import org.reg2rg.SharedFolder;

class VolumeSummaryTest {
    private static final Affine LPS = Affine.scaled(-1, -1, 3);

    @Test
    void aProperChestHasNoWarning() {
        VolumeSummary summary = summary(body(1, 0), LPS);
        assertThat(summary.warnings()).isEmpty();
        assertThat(summary.text())
                .contains("size         40×40×60 voxels")
                .contains("spacing      1 × 1 × 3 mm (40 × 40 × 180 mm in all)")
                .contains("orientation  LPS")
                .contains("values       -1000 … 40");
    }

    @Test
    void percentilesAreOfTheVoxels() {
        float[] values = new float[1001];
        for (int n = 0; n < values.length; n++) {
            values[n] = 1000 - n;
        }
        ValueSummary summary = ValueSummary.of(values);
        assertThat(summary.percentile(50)).isCloseTo(500, Offset.offset(0.1));
        assertThat(summary.percentile(99)).isCloseTo(990, Offset.offset(0.1));
        assertThat(summary.mean()).isEqualTo(500);
        assertThat(ValueSummary.of(new float[] {7, 7}).percentile(50)).isEqualTo(7);
    }

    @Test
    void whatIsNotHounsfieldIsSaid() {
        assertThat(summary(body(1, 1024), LPS).warnings())
                .singleElement()
                .asString()
                .contains("no value is below 0");
        assertThat(summary(body(0.001f, 0), LPS).warnings().getFirst()).contains("normalised, not HU?");
        assertThat(summary(body(1, -1024), LPS).warnings())
                .singleElement()
                .asString()
                .contains("rescaled twice?");
        assertThat(summary(body(0.1f, 0), LPS).warnings().getFirst()).contains("no value is near air");
    }

    @Test
    void paddingIsSaid() {
        CtVolume padded = body(1, 0);
        for (int n = 0; n < 2000; n++) {
            padded.hu()[n] = -3024;
        }
        assertThat(summary(padded, LPS).warnings())
                .singleElement()
                .asString()
                .isEqualTo("2.1 % of the voxels lie below -1500 HU (lowest -3024): padding, which counts as air");
    }

    @Test
    void oddGridsAndCutBodiesAreSaid() {
        assertThat(summary(body(1, 0), Affine.scaled(-1, -1, 8)).warnings())
                .singleElement()
                .asString()
                .contains("anisotropic");
        assertThat(summary(body(1, 0), Affine.scaled(-1, -1, 1)).warnings())
                .singleElement()
                .asString()
                .contains("only 60 mm from foot to head");
        double c = 3 * Math.cos(0.2);
        double s = Math.sin(0.2);
        var tilted = new Affine(new double[] {-1, 0, 0, 0, 0, -Math.cos(0.2), 3 * s, 0, 0, s, c, 0});
        assertThat(summary(body(1, 0), tilted).warnings())
                .singleElement()
                .asString()
                .contains("turned by 11 degrees");
        CtVolume cut = body(1, 0);
        for (int k = 0; k < 60; k++) {
            for (int j = 10; j < 30; j++) {
                cut.hu()[cut.size().index(0, j, k)] = 40;
            }
        }
        assertThat(summary(cut, LPS).warnings())
                .containsExactly("the body reaches the right border (50 % of it): cut off?");
    }

    @Test
    void realVolumesAreJudgedRight() throws IOException {
        var lung1 = SharedFolder.require("data/ct/LUNG1-001/derived/ct_quarter_inplane.nii.gz");
        assertThat(VolumeSummary.of(CtLoader.load(lung1)).orientation()).isEqualTo("LPS");
    }

    private static VolumeSummary summary(CtVolume ct, Affine affine) {
        return VolumeSummary.of(new LoadedCt(new CtVolume(new Grid(ct.size(), affine), ct.hu()), "", List.of()));
    }

    /** A block of tissue with air around it, its values scaled and shifted. */
    private static CtVolume body(float slope, float inter) {
        var size = new GridSize(40, 40, 60);
        float[] hu = new float[size.voxels()];
        for (int k = 0; k < 60; k++) {
            for (int j = 0; j < 40; j++) {
                for (int i = 0; i < 40; i++) {
                    boolean inside = i > 4 && i < 35 && j > 4 && j < 35;
                    hu[size.index(i, j, k)] = (inside ? 40 : -1000) * slope + inter;
                }
            }
        }
        return new CtVolume(new Grid(size, LPS), hu);
    }
}
