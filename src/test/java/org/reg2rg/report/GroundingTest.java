package org.reg2rg.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.reg2rg.ct.Affine;
import org.reg2rg.ct.Bits;
import org.reg2rg.ct.Grid;
import org.reg2rg.ct.GridSize;
import org.reg2rg.ct.MaskStatistics;
import org.reg2rg.ct.Region;
import org.reg2rg.ct.RegionMask;
import org.reg2rg.report.GroundedReport.RegionReport;
import org.reg2rg.report.GroundedReport.Section;
import org.reg2rg.report.Grounding.Slot;

class GroundingTest {
    /** 2,000 ml inside the border: plausible for a lung. */
    private static MaskStatistics block() {
        var grid = new Grid(new GridSize(22, 12, 12), Affine.scaled(10, 10, 10));
        var bits = new Bits(grid.size().voxels());
        for (int k = 1; k < 11; k++) {
            for (int j = 1; j < 11; j++) {
                for (int i = 1; i < 21; i++) {
                    bits.set(grid.size().index(i, j, k));
                }
            }
        }
        return MaskStatistics.of(new RegionMask.Binary(grid, bits));
    }

    private static GroundedReport ground(String text, boolean cut, Region... regions) {
        var slots = new ArrayList<Slot>();
        for (Region region : regions) {
            slots.add(new Slot(region, block(), List.of()));
        }
        return Grounding.ground(new Answer(text, List.of(), cut), slots, List.of());
    }

    @Test
    void everySentenceKnowsItsPlaceInTheAnswer() {
        String text = "The region 0 is lung: 𝛼 first. Second one. The region 1 is heart: Normal.";
        GroundedReport report = ground(text, false, Region.LUNG, Region.HEART);
        int[] points = text.codePoints().toArray();
        for (RegionReport region : report.regions()) {
            for (var s : region.sentences()) {
                assertThat(new String(points, s.start(), s.end() - s.start())).isEqualTo(s.text());
            }
        }
        assertThat(report.regions().get(0).joined()).isEqualTo("𝛼 first. Second one.");
        assertThat(report.regions())
                .allMatch(RegionReport::agrees)
                .allMatch(r -> r.flags().isEmpty());
    }

    @Test
    void aMissingSlotIsAnEntryWithoutText() {
        RegionReport heart = ground("The region 0 is lung: Clear.", false, Region.LUNG, Region.LUNG)
                .regions()
                .get(1);
        assertThat(heart.agrees()).isFalse();
        assertThat(heart.recognised()).isEmpty();
        assertThat(heart.flags()).containsExactly(Flag.REGION_NOT_RECOGNISED, Flag.NO_TEXT);
    }

    @Test
    void theLastNameOfASlotCountsAndAllItsSentencesStay() {
        RegionReport lung = ground("The region 0 is heart: Big. The region 0 is lung: Clear.", false, Region.LUNG)
                .regions()
                .getFirst();
        assertThat(lung.recognised()).contains(Region.LUNG);
        assertThat(lung.joined()).isEqualTo("Big. Clear.");
        assertThat(lung.flags()).containsExactly(Flag.SLOT_ANSWERED_TWICE);
    }

    @Test
    void oneRegionInTwoSlotsIsFlaggedInBoth() {
        GroundedReport report =
                ground("The region 0 is lung: A. The region 1 is lung: B.", false, Region.LUNG, Region.PLEURA);
        assertThat(report.regions().get(0).flags()).containsExactly(Flag.REGION_NAMED_TWICE);
        assertThat(report.regions().get(1).flags()).containsExactly(Flag.REGION_DISAGREES, Flag.REGION_NAMED_TWICE);
        assertThat(report.regions().get(1).remarks()).containsExactly("name given to two regions");
    }

    @Test
    void theTokenLimitMarksTheSlotThatItCut() {
        GroundedReport report =
                ground("The region 0 is lung: A. The region 1 is pleura: Bef", true, Region.LUNG, Region.PLEURA);
        assertThat(report.regions().get(0).flags()).isEmpty();
        assertThat(report.regions().get(1).flags()).containsExactly(Flag.TEXT_CUT);
    }

    @Test
    void aSlotThatNobodyAskedForLosesNothing() {
        GroundedReport report = ground("The region 0 is lung: A. The region 7 is bone: B.", false, Region.LUNG);
        assertThat(report.sections())
                .extracting(Section::title)
                .containsExactly("region 7 (bone), which was not asked for");
        assertThat(report.sections().getFirst().sentences().getFirst().text()).isEqualTo("B.");
    }

    @Test
    void logProbabilitiesAreAveragedOverTheSlot() {
        String text = "The region 0 is lung: A. The region 1 is heart: B.";
        int second = text.indexOf("The region 1");
        var tokens =
                List.of(new Answer.Token(10, -1), new Answer.Token(second, -3), new Answer.Token(text.length(), -0.5));
        var slots = List.of(new Slot(Region.LUNG, block(), List.of()), new Slot(Region.HEART, block(), List.of()));
        GroundedReport report = Grounding.ground(new Answer(text, tokens, false), slots, List.of());
        assertThat(report.regions().get(0).meanLogProbability()).hasValue(-2);
        assertThat(report.regions().get(1).meanLogProbability()).hasValue(-0.5);
    }
}
