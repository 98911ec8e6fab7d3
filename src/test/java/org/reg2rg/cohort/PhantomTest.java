package org.reg2rg.cohort;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.reg2rg.core.InputException;
import org.reg2rg.ct.Region;
import org.reg2rg.ct.RegionMask;

class PhantomTest {
    private static final PhantomSize SMALL = PhantomSize.parse("size", "80x80x48@4x4x6");

    @Test
    void equalSeedAndNumberGiveEqualStudies() {
        PhantomStudy a = Phantom.generate(5, 3, SMALL);
        PhantomStudy b = Phantom.generate(5, 3, SMALL);
        PhantomStudy other = Phantom.generate(5, 4, SMALL);
        assertThat(a.volume().hu()).isEqualTo(b.volume().hu());
        assertThat(a.report()).isEqualTo(b.report());
        assertThat(a.volume().hu()).isNotEqualTo(other.volume().hu());
    }

    @Test
    void tissuesHaveTheHounsfieldValuesOfTheLiterature() {
        PhantomStudy study = Phantom.generate(5, 0, SMALL);
        assertThat(mean(study, Region.LUNG)).isBetween(-900.0, -650.0);
        assertThat(mean(study, Region.BONE)).isBetween(120.0, 500.0);
        assertThat(mean(study, Region.HEART)).isBetween(10.0, 220.0);
        assertThat(mean(study, Region.TRACHEA_AND_BRONCHI)).isBetween(-950.0, -300.0);
    }

    @Test
    void pleuraHoldsTheLungAndLittleMore() {
        PhantomStudy study = Phantom.generate(5, 1, SMALL);
        RegionMask lung = study.mask(Region.LUNG);
        RegionMask pleura = study.mask(Region.PLEURA);
        for (int n = 0; n < study.volume().hu().length; n++) {
            assertThat(!lung.contains(n) || pleura.contains(n)).isTrue();
        }
        assertThat(pleura.count()).isLessThan((int) (1.6 * lung.count()));
    }

    @Test
    void arraysRunLeftBackUpAsTheAffineSays() {
        var affine = Phantom.generate(5, 2, SMALL).volume().grid().toWorld();
        assertThat(affine.at(0, 0)).isBetween(-4.24, -3.76);
        assertThat(affine.at(1, 1)).isEqualTo(affine.at(0, 0));
        assertThat(affine.at(2, 2)).isBetween(5.64, 6.48);
    }

    @Test
    void sizesAreReadAndBadOnesExplained() {
        assertThat(PhantomSize.parse("--size", "160x160x96@2x2x3")).isEqualTo(PhantomSize.USUAL);
        assertThat(PhantomSize.parse("--size", "512x512x134@0.8x0.8x2.5")).hasToString("512x512x134@0.8x0.8x2.5");
        assertThatThrownBy(() -> PhantomSize.parse("--size", "160x160@2"))
                .isInstanceOf(InputException.class)
                .hasMessage("--size: expected voxels@millimetres, got '160x160@2'; write it as in 160x160x96@2x2x3");
        assertThatThrownBy(() -> PhantomSize.parse("--size", "8x160x96@2x2x3"))
                .isInstanceOf(InputException.class)
                .hasMessageContaining("at least 16 voxels of 0.2 to 20.0 mm on every axis");
    }

    private static double mean(PhantomStudy study, Region region) {
        RegionMask mask = study.mask(region);
        double sum = 0;
        for (int n = 0; n < study.volume().hu().length; n++) {
            if (mask.contains(n)) {
                sum += study.volume().hu()[n];
            }
        }
        return sum / mask.count();
    }
}
