package org.reg2rg.train;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.reg2rg.cohort.FindingType;
import org.reg2rg.cohort.PhantomStudy;
import org.reg2rg.cohort.Statement;
import org.reg2rg.cohort.TrueFinding;
import org.reg2rg.core.Json;
import org.reg2rg.ct.Region;
import tools.jackson.databind.JsonNode;

/**
 * What is true of one study, and what its report says.
 *
 * @param volume name of the CT
 * @param report the sentences of each reported region
 * @param findings what is to be found in each region
 * @param noduleMm diameter of the largest lung nodule, 0 without one
 * @param subsolidNodule whether it is subsolid
 */
public record StudyFacts(
        String volume,
        Map<Region, List<Statement>> report,
        Map<Region, Set<FindingType>> findings,
        double noduleMm,
        boolean subsolidNodule) {

    static StudyFacts of(PhantomStudy study) {
        var findings = new EnumMap<Region, Set<FindingType>>(Region.class);
        for (TrueFinding finding : study.findings()) {
            findings.computeIfAbsent(finding.region(), _ -> EnumSet.noneOf(FindingType.class))
                    .add(finding.type());
        }
        return new StudyFacts(
                study.name().accNum(), study.report(), findings, study.noduleMm(), study.hasSubsolidNodule());
    }

    /** What is said of a region; nothing if it goes unreported. */
    List<Statement> report(Region region) {
        return report.getOrDefault(region, List.of());
    }

    /** The text of a region; empty if it goes unreported. */
    String text(Region region) {
        return Statement.join(report(region));
    }

    /** The text of each reported region. */
    Map<Region, String> texts() {
        var texts = new EnumMap<Region, String>(Region.class);
        report.keySet().forEach(region -> texts.put(region, text(region)));
        return texts;
    }

    /** Whether the finding is in this region, or anywhere for the whole volume. */
    boolean has(int crop, FindingType type) {
        return CropLayout.region(crop)
                .map(region -> findings.getOrDefault(region, Set.of()).contains(type))
                .orElseGet(() -> findings.values().stream().anyMatch(types -> types.contains(type)));
    }

    String toJson() {
        var regions = new LinkedHashMap<String, Object>();
        for (Region region : Region.values()) {
            var entry = new LinkedHashMap<String, Object>();
            if (report.containsKey(region)) {
                entry.put(
                        "sentences",
                        report(region).stream().map(StudyFacts::toTree).toList());
            }
            if (findings.containsKey(region)) {
                entry.put("findings", names(findings.get(region)));
            }
            regions.put(region.datasetName(), entry);
        }
        var line = new LinkedHashMap<String, Object>();
        line.put("volume", volume);
        line.put("nodule_mm", noduleMm);
        line.put("subsolid_nodule", subsolidNodule);
        line.put("regions", regions);
        return Json.MAPPER
                .writer()
                .without(tools.jackson.databind.SerializationFeature.INDENT_OUTPUT)
                .writeValueAsString(line);
    }

    private static Map<String, Object> toTree(Statement sentence) {
        var tree = new LinkedHashMap<String, Object>();
        tree.put("text", sentence.text());
        tree.put("states", names(sentence.states()));
        return tree;
    }

    private static List<String> names(Set<FindingType> types) {
        return types.stream().sorted().map(Enum::name).toList();
    }

    static StudyFacts fromJson(String line) {
        JsonNode tree = Json.MAPPER.readTree(line);
        var report = new EnumMap<Region, List<Statement>>(Region.class);
        var findings = new EnumMap<Region, Set<FindingType>>(Region.class);
        for (Region region : Region.values()) {
            JsonNode entry = tree.get("regions").get(region.datasetName());
            if (entry.has("sentences")) {
                var sentences = new ArrayList<Statement>();
                entry.get("sentences")
                        .forEach(one ->
                                sentences.add(new Statement(one.get("text").asString(), types(one.get("states")))));
                report.put(region, sentences);
            }
            if (entry.has("findings")) {
                findings.put(region, types(entry.get("findings")));
            }
        }
        return new StudyFacts(
                tree.get("volume").asString(),
                report,
                findings,
                tree.get("nodule_mm").asDouble(),
                tree.get("subsolid_nodule").asBoolean());
    }

    private static Set<FindingType> types(JsonNode names) {
        var types = EnumSet.noneOf(FindingType.class);
        names.forEach(name -> types.add(FindingType.valueOf(name.asString())));
        return types;
    }
}
