package org.reg2rg.train;

import java.util.EnumMap;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import org.reg2rg.cohort.FindingType;
import org.reg2rg.cohort.PhantomStudy;
import org.reg2rg.cohort.TrueFinding;
import org.reg2rg.core.Json;
import org.reg2rg.ct.Region;
import tools.jackson.databind.JsonNode;

/**
 * What is true of one study, and what its report says.
 *
 * @param volume name of the CT
 * @param texts the report of each reported region
 * @param findings what is to be found in each region
 * @param noduleMm diameter of the largest lung nodule, 0 without one
 */
public record StudyFacts(
        String volume, Map<Region, String> texts, Map<Region, Set<FindingType>> findings, double noduleMm) {

    static StudyFacts of(PhantomStudy study) {
        var texts = new EnumMap<Region, String>(Region.class);
        study.report().keySet().forEach(region -> texts.put(region, study.text(region)));
        var findings = new EnumMap<Region, Set<FindingType>>(Region.class);
        for (TrueFinding finding : study.findings()) {
            findings.computeIfAbsent(finding.region(), _ -> EnumSet.noneOf(FindingType.class))
                    .add(finding.type());
        }
        return new StudyFacts(study.name().accNum(), texts, findings, study.noduleMm());
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
            if (texts.containsKey(region)) {
                entry.put("text", texts.get(region));
            }
            if (findings.containsKey(region)) {
                entry.put(
                        "findings",
                        findings.get(region).stream().map(Enum::name).toList());
            }
            regions.put(region.datasetName(), entry);
        }
        var line = new LinkedHashMap<String, Object>();
        line.put("volume", volume);
        line.put("nodule_mm", noduleMm);
        line.put("regions", regions);
        return Json.MAPPER
                .writer()
                .without(tools.jackson.databind.SerializationFeature.INDENT_OUTPUT)
                .writeValueAsString(line);
    }

    static StudyFacts fromJson(String line) {
        JsonNode tree = Json.MAPPER.readTree(line);
        var texts = new EnumMap<Region, String>(Region.class);
        var findings = new EnumMap<Region, Set<FindingType>>(Region.class);
        for (Region region : Region.values()) {
            JsonNode entry = tree.get("regions").get(region.datasetName());
            if (entry.has("text")) {
                texts.put(region, entry.get("text").asString());
            }
            if (entry.has("findings")) {
                var types = EnumSet.noneOf(FindingType.class);
                entry.get("findings").forEach(name -> types.add(FindingType.valueOf(name.asString())));
                findings.put(region, types);
            }
        }
        return new StudyFacts(
                tree.get("volume").asString(),
                texts,
                findings,
                tree.get("nodule_mm").asDouble());
    }
}
