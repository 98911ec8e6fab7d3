package org.reg2rg.cohort;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.reg2rg.ct.Region;

/** The sentences of {@code report.grammar}: what is said when nothing is wrong, and how findings are stated. */
final class Grammar {
    static final Grammar SHIPPED = shipped();

    /**
     * Sentences about something normal.
     *
     * @param group of one group only one sentence is said
     * @param unless findings that contradict them
     */
    record NormalBlock(Region region, String group, Set<FindingType> unless, List<String> lines) {}

    /**
     * Ways to state a finding.
     *
     * @param kind only this kind; empty for every kind
     * @param side "both", "one" or empty
     * @param count "one", "many" or empty
     */
    record FindingBlock(FindingType type, String kind, String side, String count, List<String> lines) {
        boolean fits(TrueFinding f) {
            return f.type() == type
                    && (kind.isEmpty() || kind.equals(f.kind()))
                    && (side.isEmpty() || side.equals("both") == (f.side() == Side.BOTH))
                    && (count.isEmpty() || count.equals("many") == f.count() > 1);
        }
    }

    private final List<NormalBlock> normal = new ArrayList<>();
    private final List<FindingBlock> findings = new ArrayList<>();

    private Grammar(List<String> lines) {
        List<String> block = new ArrayList<>();
        for (String raw : lines) {
            String line = raw.strip();
            if (line.startsWith("normal ")) {
                block = new ArrayList<>();
                normal.add(normalBlock(line.substring(7), block));
            } else if (line.startsWith("finding ")) {
                block = new ArrayList<>();
                findings.add(findingBlock(line.substring(8), block));
            } else if (!line.isEmpty() && !line.startsWith("#")) {
                block.add(line);
            }
        }
    }

    private static Grammar shipped() {
        try (InputStream in = Objects.requireNonNull(Grammar.class.getResourceAsStream("report.grammar"))) {
            return new Grammar(new String(in.readAllBytes(), StandardCharsets.UTF_8)
                    .lines()
                    .toList());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static NormalBlock normalBlock(String head, List<String> lines) {
        String[] parts = head.split(" unless ", 2);
        int gap = parts[0].lastIndexOf(' ');
        Region region = Region.parse("report.grammar", parts[0].substring(0, gap));
        var unless = EnumSet.noneOf(FindingType.class);
        if (parts.length == 2) {
            for (String type : parts[1].split(" ", -1)) {
                unless.add(FindingType.valueOf(type));
            }
        }
        return new NormalBlock(region, parts[0].substring(gap + 1), unless, lines);
    }

    private static FindingBlock findingBlock(String head, List<String> lines) {
        String[] words = head.split(" ", -1);
        String kind = "";
        String side = "";
        String count = "";
        for (int n = 1; n < words.length; n++) {
            String[] pair = words[n].split("=", 2);
            switch (pair[0]) {
                case "kind" -> kind = pair[1].replace('-', ' ');
                case "side" -> side = pair[1];
                case "count" -> count = pair[1];
                default -> throw new IllegalStateException("report.grammar: " + head);
            }
        }
        return new FindingBlock(FindingType.valueOf(words[0]), kind, side, count, lines);
    }

    /** The blocks about a region's normal state, in the order of the file. */
    List<NormalBlock> normal(Region region) {
        return normal.stream().filter(b -> b.region() == region).toList();
    }

    /** Every way to state a finding. */
    List<String> ways(TrueFinding finding) {
        List<String> ways = findings.stream()
                .filter(b -> b.fits(finding))
                .flatMap(b -> b.lines().stream())
                .toList();
        if (ways.isEmpty()) {
            throw new IllegalStateException(
                    "report.grammar has no sentence for " + finding.type() + " " + finding.kind());
        }
        return ways;
    }

    /** All lines, for counting the vocabulary. */
    List<String> lines() {
        var lines = new ArrayList<String>();
        normal.forEach(b -> lines.addAll(b.lines()));
        findings.forEach(b -> lines.addAll(b.lines()));
        return lines;
    }
}
