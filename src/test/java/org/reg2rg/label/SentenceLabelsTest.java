package org.reg2rg.label;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.reg2rg.report.Finding;

/** The rules on {@code sentences.txt}: invented sentences in the words of British and American radiologists. */
class SentenceLabelsTest {
    private static final RuleLabeller LABELLER = new RuleLabeller();

    record Case(String sentence, Set<Finding> stated) {}

    static List<Case> cases() throws IOException {
        var cases = new ArrayList<Case>();
        InputStream in = Objects.requireNonNull(SentenceLabelsTest.class.getResourceAsStream("sentences.txt"));
        try (var reader = new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8))) {
            Finding heading = Finding.values()[0];
            for (String line : reader.lines().toList()) {
                if (line.startsWith("= ")) {
                    heading = finding(line.substring(2));
                } else if (line.matches("[-+*] .*")) {
                    cases.add(read(line, heading));
                }
            }
        }
        return cases;
    }

    private static Case read(String line, Finding heading) {
        String[] parts = line.substring(2).split("&");
        var stated = EnumSet.noneOf(Finding.class);
        if (line.startsWith("+")) {
            stated.add(heading);
        }
        Stream.of(parts).skip(1).map(SentenceLabelsTest::finding).forEach(stated::add);
        return new Case(parts[0].strip(), stated);
    }

    private static Finding finding(String name) {
        return Finding.find(name.strip()).orElseThrow();
    }

    @ParameterizedTest
    @MethodSource("cases")
    void aSentenceStatesItsFindingsAndNoOthers(Case example) {
        Labels labels = LABELLER.read(example.sentence());
        var found = EnumSet.noneOf(Finding.class);
        Arrays.stream(Finding.values()).filter(labels::has).forEach(found::add);
        assertThat(found).as(() -> example.sentence() + "\n" + explain(labels)).isEqualTo(example.stated());
    }

    private static String explain(Labels labels) {
        return String.join(
                "\n",
                labels.decisions().values().stream()
                        .map(decision -> decision.finding() + " " + decision.explain())
                        .filter(text -> !text.endsWith("not mentioned"))
                        .toList());
    }

    @Test
    void everyFindingIsStatedAndDeniedSomewhere() throws IOException {
        List<Case> cases = cases();
        assertThat(cases).hasSizeGreaterThan(370);
        for (Finding finding : Finding.values()) {
            assertThat(cases.stream().filter(example -> example.stated().contains(finding)))
                    .as("sentences that state %s", finding)
                    .hasSizeGreaterThanOrEqualTo(3);
        }
    }
}
