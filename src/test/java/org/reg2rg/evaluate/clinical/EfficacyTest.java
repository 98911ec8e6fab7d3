package org.reg2rg.evaluate.clinical;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Set;
import org.junit.jupiter.api.Test;
import org.reg2rg.report.Finding;

class EfficacyTest {
    private static final int NODULE = FindingBits.of(Set.of(Finding.LUNG_NODULE));
    private static final int BOTH = FindingBits.of(Set.of(Finding.LUNG_NODULE, Finding.EMPHYSEMA));
    private static final int ALL = FindingBits.of(Set.of(Finding.values()));

    @Test
    void averagesDifferAsTheyShould() {
        Efficacy efficacy = Efficacy.of(new int[] {BOTH, NODULE, 0}, new int[] {NODULE, 0, NODULE});
        assertThat(efficacy.of(Finding.LUNG_NODULE)).isEqualTo(new Efficacy.Scores(0.5, 0.5, 0.5));
        assertThat(efficacy.micro().precision()).isEqualTo(1.0 / 2);
        assertThat(efficacy.micro().recall()).isEqualTo(1.0 / 3);
        assertThat(efficacy.macro().f1()).isEqualTo(0.5 / 18);
        assertThat(efficacy.macroWithSupport().f1()).isEqualTo(0.25);
        assertThat(efficacy.weighted().recall()).isEqualTo(1.0 / 3);
        assertThat(efficacy.samples().precision()).isEqualTo(1.0 / 3);
        assertThat(efficacy.omissions(Finding.EMPHYSEMA)).isEqualTo(1);
        assertThat(efficacy.inventions(Finding.LUNG_NODULE)).isEqualTo(1);
    }

    @Test
    void crgIsAThirdForSilenceAndForEverythingAndOneForPerfection() {
        int[] references = {BOTH, NODULE, 0};
        assertThat(Efficacy.of(references, new int[3]).crg()).hasValue(1.0 / 3);
        assertThat(Efficacy.of(references, new int[] {ALL, ALL, ALL}).crg()).hasValue(1.0 / 3);
        assertThat(Efficacy.of(references, references).crg()).hasValue(1.0);
        assertThat(Efficacy.of(new int[2], new int[2]).crg()).isEmpty();
    }

    @Test
    void bitsAndSetsAreTheSame() {
        assertThat(FindingBits.toSet(BOTH)).containsExactly(Finding.EMPHYSEMA, Finding.LUNG_NODULE);
        assertThat(FindingBits.of(FindingBits.toSet(ALL))).isEqualTo(ALL);
    }
}
