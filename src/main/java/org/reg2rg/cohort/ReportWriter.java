package org.reg2rg.cohort;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.SequencedMap;
import java.util.Set;
import java.util.stream.Collectors;
import org.reg2rg.cohort.NormalWords.Remark;
import org.reg2rg.ct.Region;
import org.reg2rg.ct.RegionMask;
import org.reg2rg.ct.RegionMasks;

/** Writes the region reports of a study: what is there, and some of what is not. */
final class ReportWriter {
    private static final double UNREPORTED = 0.12;
    private static final double REMARK = 0.62;

    private final Draw draw;

    ReportWriter(Draw draw) {
        this.draw = draw;
    }

    SequencedMap<Region, List<Statement>> write(List<TrueFinding> findings, RegionMasks masks) {
        var report = new LinkedHashMap<Region, List<Statement>>();
        for (Region region : Region.values()) {
            RegionMask mask = masks.masks().get(region);
            boolean seen = mask != null && !mask.isEmpty();
            List<Statement> statements = region(region, findings);
            boolean silent = draw.chance(UNREPORTED);
            boolean positive = statements.stream().anyMatch(s -> !s.states().isEmpty());
            if (seen && (positive || !silent)) {
                report.put(region, statements);
            }
        }
        return report;
    }

    private List<Statement> region(Region region, List<TrueFinding> all) {
        var statements = new ArrayList<Statement>();
        Set<FindingType> present = all.stream()
                .filter(f -> f.region() == region)
                .map(TrueFinding::type)
                .collect(Collectors.toSet());
        List<List<Remark>> groups = NormalWords.groups(region);
        for (List<Remark> group : groups) {
            List<Remark> fitting = group.stream()
                    .filter(r -> r.unless().stream().noneMatch(present::contains))
                    .toList();
            boolean needed = statements.isEmpty() && group == groups.getLast();
            if (!fitting.isEmpty() && (needed || draw.chance(REMARK))) {
                statements.add(Statement.normal(draw.of(fitting).text()));
            }
        }
        return statements;
    }
}
