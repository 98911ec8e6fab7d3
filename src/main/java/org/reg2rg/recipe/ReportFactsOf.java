package org.reg2rg.recipe;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.reg2rg.core.Machine;
import org.reg2rg.core.Version;
import org.reg2rg.ct.CtVolume;
import org.reg2rg.ct.LoadedCt;
import org.reg2rg.ct.Orientation;
import org.reg2rg.ct.RegionMasks;
import org.reg2rg.language.Decoding;
import org.reg2rg.model.ModelConfig;
import org.reg2rg.model.ModelFolder;
import org.reg2rg.report.Likeness;
import org.reg2rg.report.ReportFacts;
import org.reg2rg.segment.MaskCheck;

/** Collects what stands around a report: study, model, settings, provenance. */
record ReportFactsOf(
        ModelConfig config,
        Path modelFolder,
        ReportJob.Computing computing,
        ReportJob.Output output,
        Optional<Likeness> likeness) {

    ReportFacts of(
            Path file,
            LoadedCt ct,
            RegionMasks masks,
            List<String> warnings,
            Map<String, Object> placing,
            List<MaskCheck> checks)
            throws IOException {
        return new ReportFacts(
                notices(config, likeness),
                study(file, ct),
                new ReportFacts.Model(config.name(), ModelFolder.sha256(modelFolder), config.about()),
                settings(placing),
                provenance(file, ct, masks),
                warnings,
                checks.stream().map(MaskCheck::json).toList(),
                likeness);
    }

    /** What a reader must know before the first sentence. */
    static List<String> notices(ModelConfig config, Optional<Likeness> likeness) {
        var notices = new ArrayList<>(List.of(ReportFacts.NOTICE));
        config.notice().ifPresent(notices::add);
        likeness.filter(Likeness::unfamiliar).map(Likeness::words).ifPresent(notices::add);
        return notices;
    }

    private static ReportFacts.Study study(Path file, LoadedCt ct) {
        CtVolume volume = ct.volume();
        double[] spacing = volume.grid().spacing();
        return new ReportFacts.Study(
                file.toAbsolutePath().normalize().getFileName().toString(),
                ct.sha256(),
                volume.size(),
                List.of(spacing[0], spacing[1], spacing[2]),
                Orientation.of(volume.grid().toWorld()).code());
    }

    private Map<String, Object> settings(Map<String, Object> placing) {
        var settings = new LinkedHashMap<String, Object>();
        settings.put("dtype", computing.precision().orElse(config.precision()).title());
        settings.put("device", computing.device());
        settings.put("prompt", config.prompt());
        settings.put("max_new_tokens", computing.maxNewTokens());
        switch (computing.decoding()) {
            case Decoding.Greedy _ -> settings.put("decoding", "greedy");
            case Decoding.Sample sample -> {
                settings.put("decoding", "sample");
                settings.put("temperature", sample.temperature());
                settings.put("top_k", sample.topK());
                settings.put("top_p", sample.topP());
            }
        }
        settings.put("seed", computing.seed());
        settings.putAll(placing);
        return settings;
    }

    private Map<String, Object> provenance(Path file, LoadedCt ct, RegionMasks masks) {
        var inputs = new LinkedHashMap<String, Object>();
        inputs.put(file.toAbsolutePath().normalize().toString(), ct.sha256());
        masks.sources().values().forEach(inputs::putAll);
        var provenance = new LinkedHashMap<String, Object>();
        provenance.put("version", "reg2rg " + Version.CURRENT);
        provenance.put("command", Main.commandGiven());
        provenance.put("time", Instant.now().truncatedTo(ChronoUnit.SECONDS).toString());
        provenance.put("machine", Machine.current().toString());
        provenance.put("model_folder", modelFolder.toAbsolutePath().normalize().toString());
        provenance.put("out", output.folder().toAbsolutePath().normalize().toString());
        provenance.put("inputs", inputs);
        return provenance;
    }
}
