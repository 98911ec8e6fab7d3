package org.reg2rg.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.reg2rg.ct.Region;
import org.reg2rg.report.AnswerParser.Heading;

class AnswerParserTest {
    private static List<String> read(String answer) {
        return AnswerParser.parse(answer).stream()
                .map(part -> title(part.heading()) + "|"
                        + answer.substring(part.start(), part.end()).strip())
                .toList();
    }

    private static String title(Heading heading) {
        return switch (heading) {
            case Heading.Slot(int slot, String name, Optional<Region> region) ->
                slot + "|" + name + "|" + region.map(Enum::name).orElse("-");
            case Heading.Loose(String title) -> title;
        };
    }

    @Test
    void readsThePublishedForm() {
        assertThat(read("The region 0 is lung: Both lungs are clear. The region 1 is trachea and bronchie: Open. "))
                .containsExactly(
                        "0|lung|LUNG|Both lungs are clear.", "1|trachea and bronchie|TRACHEA_AND_BRONCHI|Open.");
    }

    @Test
    void keepsWhatStandsBeforeTheFirstHeader() {
        assertThat(read("Chest CT. The region 0 is heart: Normal size."))
                .containsExactly("before the first region|Chest CT.", "0|heart|HEART|Normal size.");
    }

    @Test
    void keepsRepeatedMissingAndUnknownSlots() {
        assertThat(read("The region 3 is spleen: Large. The region 3 is bone: Intact. The region 0 is bone: Intact."))
                .containsExactly("3|spleen|-|Large.", "3|bone|BONE|Intact.", "0|bone|BONE|Intact.");
    }

    @Test
    void dropsAHeaderThatTheTokenLimitCutOff() {
        assertThat(read("The region 0 is lung: Clear. The region 1 is tra")).containsExactly("0|lung|LUNG|Clear.");
        assertThat(read("The region 0 is lung: Clear. The region 1")).containsExactly("0|lung|LUNG|Clear.");
        assertThat(read("The region 0 is lung: Clear. The reg")).containsExactly("0|lung|LUNG|Clear.");
    }

    @Test
    void keepsAnEmptyAnswerOfASlot() {
        assertThat(read("The region 0 is breast:  The region 1 is lung: Clear."))
                .containsExactly("0|breast|BREAST|", "1|lung|LUNG|Clear.");
    }

    @Test
    void readsTheOtherReportOfCtrg() {
        assertThat(read("The region 0 is lung: Clear. The other report is: {mediastinum: No nodes.}{other: Port.}"))
                .containsExactly(
                        "0|lung|LUNG|Clear.", "other report: mediastinum|No nodes.", "other report: other|Port.");
    }

    @Test
    void readsAnOtherReportThatWasCutOrHasNoBraces() {
        assertThat(read("The region 0 is lung: Clear. The other report is: Port. {other: Some wi"))
                .containsExactly("0|lung|LUNG|Clear.", "other report|Port.", "other report: other|Some wi");
    }

    @Test
    void acceptsTextWithoutAnyHeader() {
        assertThat(read("Nothing fits.")).containsExactly("before the first region|Nothing fits.");
        assertThat(read("")).isEmpty();
    }

    @Test
    void doesNotTakeASentenceForAHeader() {
        assertThat(read("The region 0 is lung: The region 2 is. Not: a header."))
                .containsExactly("0|lung|LUNG|The region 2 is. Not: a header.");
    }
}
