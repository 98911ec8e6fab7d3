package org.reg2rg.label;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.reg2rg.report.Finding;

class RuleLabellerTest {
    private static final RuleLabeller LABELLER = new RuleLabeller();

    private static Set<Finding> positives(String report) {
        Labels labels = LABELLER.read(report);
        var found = EnumSet.noneOf(Finding.class);
        Arrays.stream(Finding.values()).filter(labels::has).forEach(found::add);
        return found;
    }

    @Test
    void everyFindingHasARule() {
        assertThat(RuleBook.builtIn().covered()).containsExactlyInAnyOrder(Finding.values());
    }

    @Test
    void aTextWithoutFindingsHasNoLabel() {
        assertThat(positives("")).isEmpty();
        assertThat(positives("nan")).isEmpty();
        assertThat(positives("Normal chest.")).isEmpty();
    }

    @Test
    void aDecisionNamesWordsRuleAndSentence() {
        Labels labels =
                LABELLER.read("Heart size is normal. No pleural effusion. A small nodule lies in the left lung.");

        assertThat(labels.decision(Finding.LUNG_NODULE).explain())
                .isEqualTo(
                        "present: \"nodule\" (rule \"nodule in the lung\") in \"A small nodule lies in the left lung.\"");
        assertThat(labels.decision(Finding.PLEURAL_EFFUSION).explain())
                .startsWith("absent: ")
                .contains("because of \"No\"")
                .endsWith("in \"No pleural effusion.\"");
        assertThat(labels.decision(Finding.EMPHYSEMA).explain()).isEqualTo("not mentioned");
    }

    @Test
    void aHistorySectionIsNotAFinding() {
        assertThat(positives("HISTORY: emphysema.\nFINDINGS: Clear lungs.")).isEmpty();
        assertThat(positives("History: cough. Treated for pneumonia with consolidation. Findings: Clear lungs."))
                .isEmpty();
        assertThat(positives("History: cough. Emphysema in both lungs.")).containsExactly(Finding.EMPHYSEMA);
        assertThat(positives("Clinical information:\nKnown emphysema\nFINDINGS:\nHiatal hernia."))
                .containsExactly(Finding.HIATAL_HERNIA);
    }

    @Test
    void sentencesInAnyOrderGiveTheSameLabelsWhereEachNamesItsPlace() {
        List<String> sentences = List.of(
                "Nodule in the right lung.",
                "No pericardial effusion.",
                "Cyst in the liver.",
                "Hiatal hernia is seen.");
        var seen = new TreeSet<Set<Finding>>((a, b) -> a.toString().compareTo(b.toString()));
        for (int turn = 0; turn < sentences.size(); turn++) {
            var turned = new java.util.ArrayList<>(sentences);
            java.util.Collections.rotate(turned, turn);
            seen.add(positives(String.join(" ", turned)));
        }
        assertThat(seen).containsExactly(EnumSet.of(Finding.LUNG_NODULE, Finding.HIATAL_HERNIA));
    }

    /** Processor time, since other work on the machine must not fail it; the timeout is for a hang. */
    @Test
    @Timeout(300)
    void hostileTextTakesNoLongerThanPlainText() {
        long before = ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime();
        String text = "no nodule which was not seen in the lung but ".repeat(20_000);
        assertThat(positives(text)).doesNotContain(Finding.CONSOLIDATION);
        assertThat(positives("emphysema".repeat(200_000))).contains(Finding.EMPHYSEMA);
        long spent = ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime() - before;
        assertThat(Duration.ofNanos(spent)).isLessThan(Duration.ofSeconds(20));
    }

    @Test
    void aBrokenRuleFileNamesItsLine() {
        assertThatThrownBy(() -> RuleBook.parse(List.of("finding: Emphysem", "rule: a", "find: emphysem*", "rule: b")))
                .hasMessageContaining("no finding is named \"Emphysem\"");
        assertThatThrownBy(() -> RuleBook.parse(List.of("cue no-before: not <sen>")))
                .hasMessageContaining("cue no-before: not <sen>")
                .hasMessageContaining("no list is named <sen>");
        assertThatThrownBy(() -> RuleBook.parse(List.of("colour: red"))).hasMessageContaining("unknown key \"colour\"");
    }
}
