package org.reg2rg.report;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import org.reg2rg.core.Json;
import org.reg2rg.ct.MaskStatistics;
import org.reg2rg.ct.Region;
import org.reg2rg.report.GroundedReport.RegionReport;
import org.reg2rg.report.SentenceSplitter.Sentence;

/** Writes report.json, schema {@value #SCHEMA}, described in docs/report-json.md. */
public final class ReportJson {
    public static final String SCHEMA = "reg2rg-report/1";

    private ReportJson() {}

    /** The document, indented, with a final line feed. */
    public static String write(GroundedReport report, ReportFacts facts) {
        return Json.MAPPER.writeValueAsString(tree(report, facts)) + "\n";
    }

    private static Map<String, Object> tree(GroundedReport report, ReportFacts facts) {
        var study = new LinkedHashMap<String, Object>();
        study.put("file", facts.study().file());
        study.put("sha256", facts.study().sha256());
        var size = facts.study().size();
        study.put("size", List.of(size.x(), size.y(), size.z()));
        study.put(
                "spacing_mm",
                facts.study().spacingMm().stream().map(ReportJson::rounded).toList());
        study.put("orientation", facts.study().orientation());
        var model = new LinkedHashMap<String, Object>();
        model.put("name", facts.model().name());
        model.put("sha256", facts.model().sha256());
        model.put("about", facts.model().about());
        var root = new LinkedHashMap<String, Object>();
        root.put("schema", SCHEMA);
        root.put("notice", String.join(" ", facts.notices()));
        root.put("study", study);
        root.put("model", model);
        root.put("settings", facts.settings());
        root.put("warnings", facts.warnings());
        root.put("mask_checks", facts.maskChecks());
        root.put("familiarity", facts.likeness().map(Likeness::json).orElse(null));
        root.put("text", report.text());
        root.put("regions", report.regions().stream().map(ReportJson::region).toList());
        root.put("sections", report.sections().stream().map(ReportJson::section).toList());
        root.put("skipped", report.skipped().stream().map(ReportJson::skipped).toList());
        root.put("provenance", facts.provenance());
        return root;
    }

    private static Map<String, Object> region(RegionReport region) {
        var entry = new LinkedHashMap<String, Object>();
        entry.put("slot", region.slot());
        entry.put("supplied", region.supplied().datasetName());
        entry.put("recognised", region.recognised().map(Region::datasetName).orElse(null));
        entry.put("named", region.named());
        entry.put("agrees", region.agrees());
        entry.put(
                "sentences",
                region.sentences().stream().map(ReportJson::sentence).toList());
        entry.put("mask", mask(region.mask()));
        entry.put("flags", region.flags().stream().map(Flag::text).toList());
        entry.put("mean_log_probability", nullable(region.meanLogProbability()));
        return entry;
    }

    private static Map<String, Object> sentence(Sentence sentence) {
        var entry = new LinkedHashMap<String, Object>();
        entry.put("text", sentence.text());
        entry.put("start", sentence.start());
        entry.put("end", sentence.end());
        return entry;
    }

    private static Map<String, Object> mask(MaskStatistics mask) {
        var entry = new LinkedHashMap<String, Object>();
        entry.put("voxels", mask.voxels());
        entry.put("volume_ml", rounded(mask.volumeMl()));
        entry.put("box_voxels", mask.boxVoxels());
        entry.put("box_mm", mask.boxMm());
        entry.put("centroid_mm", mask.centroidMm());
        return entry;
    }

    private static Map<String, Object> section(GroundedReport.Section section) {
        var entry = new LinkedHashMap<String, Object>();
        entry.put("title", section.title());
        entry.put(
                "sentences",
                section.sentences().stream().map(ReportJson::sentence).toList());
        return entry;
    }

    private static Map<String, Object> skipped(GroundedReport.Skipped skipped) {
        var entry = new LinkedHashMap<String, Object>();
        entry.put("region", skipped.region().datasetName());
        entry.put("reason", skipped.reason());
        return entry;
    }

    @org.jspecify.annotations.Nullable
    private static Double nullable(OptionalDouble value) {
        return value.isPresent() ? rounded(value.getAsDouble()) : null;
    }

    /** Four decimals: finer than any of these numbers is known. */
    private static double rounded(double value) {
        return Math.round(value * 10_000) / 10_000.0;
    }
}
