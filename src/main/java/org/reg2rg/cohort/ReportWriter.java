package org.reg2rg.cohort;

import java.util.ArrayList;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.SequencedMap;
import java.util.Set;
import java.util.stream.Collectors;
import org.reg2rg.cohort.Grammar.NormalBlock;
import org.reg2rg.ct.Region;
import org.reg2rg.ct.RegionMask;
import org.reg2rg.ct.RegionMasks;

/**
 * Writes the region reports of a study: every finding, and some of what is normal. A region with findings is always
 * reported; one without may stay silent, as in real reports.
 */
final class ReportWriter {
    private static final double UNREPORTED = 0.12;
    private static final double REMARK = 0.62;
    private static final double REMARK_BESIDE_FINDINGS = 0.35;

    private final Draw draw;
    private final Phrasing phrasing;

    ReportWriter(Draw draw) {
        this.draw = draw;
        phrasing = new Phrasing(draw);
    }

    SequencedMap<Region, List<Statement>> write(List<TrueFinding> findings, RegionMasks masks) {
        var report = new LinkedHashMap<Region, List<Statement>>();
        for (Region region : Region.values()) {
            List<TrueFinding> here =
                    findings.stream().filter(f -> f.region() == region).toList();
            List<Statement> statements = region(region, here);
            boolean silent = draw.chance(UNREPORTED);
            RegionMask mask = masks.masks().get(region);
            boolean seen = mask != null && !mask.isEmpty();
            if (!here.isEmpty() || seen && !silent) {
                report.put(region, statements);
            }
        }
        return report;
    }

    private List<Statement> region(Region region, List<TrueFinding> here) {
        List<Statement> remarks = remarks(region, here);
        List<Statement> positive = here.stream().flatMap(f -> state(f).stream()).toList();
        var all = new ArrayList<Statement>();
        boolean remarksFirst = draw.chance(0.5);
        all.addAll(remarksFirst ? remarks : positive);
        all.addAll(remarksFirst ? positive : remarks);
        return all;
    }

    private List<Statement> state(TrueFinding f) {
        var statements = new ArrayList<Statement>();
        for (String sentence : draw.of(Grammar.SHIPPED.ways(f)).split("\\|\\|", -1)) {
            statements.add(new Statement(phrasing.fill(sentence.strip(), f), states(f)));
        }
        return statements;
    }

    /** A prosthesis is medical material too. */
    private static Set<FindingType> states(TrueFinding f) {
        var states = EnumSet.of(f.type());
        f.type().label().ifPresent(states::add);
        return states;
    }

    private List<Statement> remarks(Region region, List<TrueFinding> here) {
        Set<FindingType> present = here.stream().map(TrueFinding::type).collect(Collectors.toSet());
        List<NormalBlock> fitting = Grammar.SHIPPED.normal(region).stream()
                .filter(b -> b.unless().stream().noneMatch(present::contains))
                .toList();
        double chance = here.isEmpty() ? REMARK : REMARK_BESIDE_FINDINGS;
        var said = new ArrayList<Statement>();
        for (NormalBlock block : fitting) {
            boolean last = block == fitting.getLast() && said.isEmpty() && here.isEmpty();
            if (draw.chance(chance) || last) {
                said.add(Statement.normal(draw.of(block.lines())));
            }
        }
        return said;
    }
}
