package org.reg2rg.cohort;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.reg2rg.core.Json;
import org.reg2rg.ct.Region;
import tools.jackson.databind.ObjectWriter;
import tools.jackson.databind.SerializationFeature;

/** One line of {@code truth.jsonl}: all that is true of a study. */
final class TruthLine {
    private static final ObjectWriter ONE_LINE = Json.MAPPER.writer().without(SerializationFeature.INDENT_OUTPUT);

    private TruthLine() {}

    /** @param masks paths of the findings' own mask files below the cohort's folder; empty if none are written */
    static String of(PhantomStudy study, String split, List<String> masks) {
        var line = new LinkedHashMap<String, Object>();
        line.put("volume", study.name().accNum());
        line.put("patient", study.name().patient());
        line.put("accession", study.name().accession());
        line.put("split", split);
        line.put("labels", labels(study.labels()));
        line.put("regions", regions(study));
        line.put("findings", findings(study, masks));
        line.put("nodule_mm", study.noduleMm());
        line.put("anatomy", study.body());
        return ONE_LINE.writeValueAsString(line);
    }

    private static Map<String, Integer> labels(Set<FindingType> present) {
        var labels = new LinkedHashMap<String, Integer>();
        FindingType.labels().forEach(type -> labels.put(type.title(), present.contains(type) ? 1 : 0));
        return labels;
    }

    private static Map<String, Object> regions(PhantomStudy study) {
        var regions = new LinkedHashMap<String, Object>();
        for (Region region : Region.values()) {
            var entry = new LinkedHashMap<String, Object>();
            List<Statement> statements = study.report().getOrDefault(region, List.of());
            entry.put("reported", !statements.isEmpty());
            entry.put("labels", titles(study.labels(region)));
            entry.put("voxels", study.mask(region).count());
            entry.put("sentences", statements.stream().map(TruthLine::sentence).toList());
            regions.put(region.datasetName(), entry);
        }
        return regions;
    }

    private static Map<String, Object> sentence(Statement statement) {
        var entry = new LinkedHashMap<String, Object>();
        entry.put("text", statement.text());
        entry.put("states", titles(statement.states()));
        return entry;
    }

    private static List<String> titles(Set<FindingType> types) {
        return types.stream().sorted().map(FindingType::title).toList();
    }

    private static List<Map<String, Object>> findings(PhantomStudy study, List<String> masks) {
        var all = new ArrayList<Map<String, Object>>();
        for (int n = 0; n < study.findings().size(); n++) {
            TrueFinding f = study.findings().get(n);
            var entry = new LinkedHashMap<String, Object>();
            entry.put("type", f.type().title());
            f.type().label().ifPresent(label -> entry.put("label", label.title()));
            entry.put("kind", f.kind());
            entry.put("region", f.region().datasetName());
            entry.put("side", f.side().word());
            entry.put("place", f.place());
            entry.put("count", f.count());
            entry.put("size_mm", f.sizeMm());
            entry.put("centre_mm", tenths(f.centreMm()));
            entry.put("voxels", f.voxels().count());
            if (!masks.isEmpty()) {
                entry.put("mask", masks.get(n));
            }
            all.add(entry);
        }
        return all;
    }

    private static List<Double> tenths(double[] mm) {
        return java.util.Arrays.stream(mm)
                .map(v -> Math.rint(v * 10) / 10)
                .boxed()
                .toList();
    }
}
