package org.reg2rg.report;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class FindingTest {
    @Test
    void namesAreThePublishedOnesInTheirOrder() {
        assertThat(Finding.labels()).hasSize(18).doesNotHaveDuplicates().startsWith("Medical material");
        assertThat(Finding.labels().get(17)).isEqualTo("Interlobular septal thickening");
        assertThat(Finding.LUNG_NODULE.ordinal()).isEqualTo(9);
    }

    @Test
    void findsByExactName() {
        assertThat(Finding.find("Lung opacity")).contains(Finding.LUNG_OPACITY);
        assertThat(Finding.find("lung opacity")).isEmpty();
    }
}
