package org.reg2rg.label;

import static org.assertj.core.api.Assertions.assertThat;

import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.reader.NamedCsvRecord;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.reg2rg.SharedFolder;
import org.reg2rg.core.Hashes;
import org.reg2rg.report.Finding;

/**
 * The figures of docs/label.md on the 800 labelled reports. By the hash of their ids 200 were put aside and not looked at
 * while the rules were written; the other 600 were, and are shown in five parts.
 */
class RuleFiguresTest {
    private static final int HELD_OUT = 200;
    private static final int PARTS = 5;

    /** Counts of one set of reports. */
    private static final class Counts {
        private final int[] right = new int[Finding.values().length];
        private final int[] wrong = new int[Finding.values().length];
        private final int[] missed = new int[Finding.values().length];
        private int reports;

        void add(Labels labels, NamedCsvRecord row) {
            reports++;
            for (Finding finding : Finding.values()) {
                boolean stated = row.getField(finding.label()).equals("1");
                int[] counter = stated ? (labels.has(finding) ? right : missed) : wrong;
                counter[finding.ordinal()] += stated || labels.has(finding) ? 1 : 0;
            }
        }

        double f1(Finding finding) {
            int i = finding.ordinal();
            return f1(right[i], wrong[i], missed[i]);
        }

        double micro() {
            return f1(sum(right), sum(wrong), sum(missed));
        }

        double macro() {
            return List.of(Finding.values()).stream()
                    .mapToDouble(this::f1)
                    .average()
                    .orElseThrow();
        }

        private static double f1(int right, int wrong, int missed) {
            return 2.0 * right / Math.max(1, 2 * right + wrong + missed);
        }

        private static int sum(int[] counts) {
            return Arrays.stream(counts).sum();
        }

        String line(String name) {
            double precision = sum(right) / (double) (sum(right) + sum(wrong));
            double recall = sum(right) / (double) (sum(right) + sum(missed));
            return String.format(
                    Locale.ROOT,
                    "%-12s %3d reports: micro P %.3f R %.3f F1 %.3f, macro F1 %.3f",
                    name,
                    reports,
                    precision,
                    recall,
                    micro(),
                    macro());
        }
    }

    @Test
    void reportsThatWereNeverLookedAt() throws IOException {
        var rows = new ArrayList<NamedCsvRecord>();
        try (var reader =
                CsvReader.builder().ofNamedCsvRecord(SharedFolder.require("data/reports/ct-rate-labels/train.csv"))) {
            reader.forEach(rows::add);
        }
        rows.sort(Comparator.comparing(row -> Hashes.sha256("holdout:" + row.getField("AccessionNo"))));
        Counts heldOut = count(rows.subList(0, HELD_OUT));
        List<NamedCsvRecord> seen = rows.subList(HELD_OUT, rows.size());
        for (int part = 0; part < PARTS; part++) {
            int from = part * seen.size() / PARTS;
            System.out.println(
                    count(seen.subList(from, (part + 1) * seen.size() / PARTS)).line("part " + (part + 1)));
        }
        System.out.println(count(seen).line("all seen"));
        System.out.println(heldOut.line("held out"));
        for (Finding finding : Finding.values()) {
            System.out.printf(
                    Locale.ROOT,
                    "  %-36s %3d F1 %.3f%n",
                    finding.label(),
                    heldOut.right[finding.ordinal()] + heldOut.missed[finding.ordinal()],
                    heldOut.f1(finding));
        }
        assertThat(heldOut.micro()).isGreaterThanOrEqualTo(0.93);
        assertThat(heldOut.macro()).isGreaterThanOrEqualTo(0.88);
    }

    private static Counts count(List<NamedCsvRecord> rows) {
        var labeller = new RuleLabeller();
        List<Labels> labels = labeller.readAll(
                rows.stream().map(row -> row.getField("report_text")).toList());
        var counts = new Counts();
        for (int i = 0; i < rows.size(); i++) {
            counts.add(labels.get(i), rows.get(i));
        }
        return counts;
    }
}
