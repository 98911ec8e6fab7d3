package org.reg2rg.recipe;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.reg2rg.core.AtomicFiles;
import org.reg2rg.core.Progress;
import org.reg2rg.ct.MaskStatistics;
import org.reg2rg.ct.Region;
import org.reg2rg.data.ModelGrid;
import org.reg2rg.data.RegionInput;
import org.reg2rg.data.StudyInput;
import org.reg2rg.data.StudyPreprocessor;
import org.reg2rg.language.Decoding;
import org.reg2rg.model.GeneratedText;
import org.reg2rg.model.Generator;
import org.reg2rg.model.LoadOptions;
import org.reg2rg.model.LoadedModel;
import org.reg2rg.model.ModelConfig;
import org.reg2rg.model.ModelFolder;
import org.reg2rg.model.StudyVolumes;
import org.reg2rg.model.Trace;
import org.reg2rg.report.Answer;
import org.reg2rg.report.Flag;
import org.reg2rg.report.GroundedReport;
import org.reg2rg.report.GroundedReport.Skipped;
import org.reg2rg.report.Grounding;
import org.reg2rg.report.Likeness;
import org.reg2rg.report.ModelView;
import org.reg2rg.report.RegionPanel;
import org.reg2rg.report.RegionPictures;
import org.reg2rg.report.ReportFacts;
import org.reg2rg.report.ReportHtml;
import org.reg2rg.report.ReportJson;
import org.reg2rg.report.ReportText;
import org.reg2rg.report.Window;
import org.reg2rg.tensor.Precision;
import org.reg2rg.tensor.Torch;
import org.reg2rg.train.ModelVolumes;

/** The way of one study, from its files to the report's files. Nothing is written before everything is known. */
final class ReportJob {
    /** How the model computes. */
    record Computing(Optional<Precision> precision, String device, int maxNewTokens, Decoding decoding, long seed) {}

    /** Where results go. */
    record Output(Path folder, Set<Format> formats, Optional<Path> trace, Quiet quiet) {}

    /** The kinds of output. */
    enum Format {
        JSON,
        TEXT,
        HTML
    }

    private final GivenStudy.Masks masks;
    private final GivenStudy.Slots slots;
    private final ModelGrid.Choice grid;
    private final Computing computing;
    private final Output output;

    ReportJob(
            GivenStudy.Masks masks, GivenStudy.Slots slots, ModelGrid.Choice grid, Computing computing, Output output) {
        this.masks = masks;
        this.slots = slots;
        this.grid = grid;
        this.computing = computing;
        this.output = output;
    }

    void run(Path ctPath, Optional<String> series, Optional<Path> modelFolder) throws IOException {
        AtomicFiles.requireWritable(output.folder().resolve("report.json"));
        try (var folder = DemoModel.or(modelFolder)) {
            ModelConfig config = ModelFolder.config(folder.path());
            ModelGrid modelGrid = ModelVolumes.grid(config);
            GivenStudy study = GivenStudy.read(ctPath, series, masks, slots, modelGrid, output.quiet());
            ModelGrid.Placed placed =
                    modelGrid.place(ctPath.toString(), study.ct().volume(), study.masks(), grid);
            StudyInput input = new StudyPreprocessor(ModelVolumes.spec(config))
                    .apply(ctPath.toString(), placed.ct(), placed.masks());
            var trace = new Trace();
            List<String> warnings = warnings(study, placed);
            Generated generated = generate(folder.path(), config, input, warnings, trace);
            GroundedReport report = ground(study, input, generated);
            var facts = new ReportFactsOf(config, folder.path(), computing, output, generated.likeness())
                    .of(study.file(), study.ct(), study.masks(), warnings, settings(placed), study.checks());
            write(report, facts, panels(study, input), trace);
        }
    }

    /** What the model wrote, and how like its training studies it found the CT. */
    private record Generated(GeneratedText text, Optional<Likeness> likeness) {}

    /** Says all that a reader must know first, then writes. */
    private Generated generate(Path folder, ModelConfig config, StudyInput input, List<String> warnings, Trace trace)
            throws IOException {
        var options = new LoadOptions(
                computing.precision().orElse(config.precision()), Torch.device(computing.device()), true);
        try (LoadedModel model = ModelFolder.load(folder, options)) {
            var settings = new Generator.Settings(
                    computing.maxNewTokens(),
                    computing.decoding(),
                    output.trace().map(_ -> trace));
            StudyVolumes volumes = ModelVolumes.of(input);
            Optional<Likeness> likeness = LikenessOf.of(folder, model).of(volumes.global());
            ReportFactsOf.notices(config, likeness).forEach(this::say);
            warnings.forEach(warning -> say("Warning: " + warning));
            int total = volumes.regions().size() + 1;
            try (Progress progress =
                    Progress.of("Encoding", "volumes", total, output.quiet().style())) {
                var listener = new TerminalListener(progress, output.quiet().style());
                GeneratedText text = new Generator(model).generate(volumes, settings, listener);
                listener.end();
                return new Generated(text, likeness);
            }
        }
    }

    private static GroundedReport ground(GivenStudy study, StudyInput input, Generated generated) {
        GeneratedText text = generated.text();
        var skipped = new ArrayList<>(study.skipped());
        input.dropped().forEach((region, reason) -> skipped.add(new Skipped(region, reason)));
        var tokens = text.tokens().stream()
                .map(t -> new Answer.Token(t.end(), t.logProbability()))
                .toList();
        List<Grounding.Slot> slots = input.regions().keySet().stream()
                .map(region -> new Grounding.Slot(
                        region, MaskStatistics.of(study.mask(region)), flags(study, region, generated)))
                .toList();
        return Grounding.ground(new Answer(text.text(), tokens, text.cut()), slots, skipped);
    }

    private static List<Flag> flags(GivenStudy study, Region region, Generated generated) {
        var flags = new ArrayList<Flag>();
        if (study.isDoubtful(region)) {
            flags.add(Flag.MASK_DOUBTFUL);
        }
        if (generated.likeness().filter(Likeness::unfamiliar).isPresent()) {
            flags.add(Flag.UNFAMILIAR);
        }
        return flags;
    }

    private static List<String> warnings(GivenStudy study, ModelGrid.Placed placed) {
        var all = new ArrayList<>(study.noticed());
        all.addAll(placed.warnings());
        return all;
    }

    private Map<String, Object> settings(ModelGrid.Placed placed) {
        var settings = new LinkedHashMap<String, Object>();
        settings.put("grid", Named.word(grid));
        settings.put("resampled", placed.resampled());
        settings.put("model_input_size", placed.ct().size().toString());
        settings.put("order", slots.asGiven() ? "given" : "alphabetical");
        settings.put("masks", masks.path().isPresent() ? "given" : "segmented");
        masks.options().threshold().ifPresent(t -> settings.put("mask_threshold", t));
        return settings;
    }

    private static List<RegionPanel> panels(GivenStudy study, StudyInput input) {
        var pictures = new RegionPictures(study.shown().ct());
        var panels = new ArrayList<RegionPanel>();
        for (Map.Entry<Region, RegionInput> entry : input.regions().entrySet()) {
            Window window = Window.of(entry.getKey());
            RegionInput seen = entry.getValue();
            panels.add(new RegionPanel(
                    window,
                    pictures.of(study.shown().mask(entry.getKey()), window),
                    Optional.of(new ModelView(seen.textureSize(), seen.texture()))));
        }
        return panels;
    }

    private void write(GroundedReport report, ReportFacts facts, List<RegionPanel> panels, Trace trace)
            throws IOException {
        var files = new LinkedHashMap<Path, String>();
        for (Format format : output.formats()) {
            switch (format) {
                case JSON -> files.put(output.folder().resolve("report.json"), ReportJson.write(report, facts));
                case TEXT -> files.put(output.folder().resolve("report.txt"), ReportText.write(report, facts));
                case HTML -> files.put(output.folder().resolve("report.html"), ReportHtml.write(report, facts, panels));
            }
        }
        AtomicFiles.writeAll(files);
        if (output.trace().isPresent()) {
            trace.write(output.trace().get());
        }
        say("Regions recognised: " + report.agreeing() + " of "
                + report.regions().size());
        files.keySet().forEach(file -> say("Wrote " + file));
    }

    private void say(String line) {
        output.quiet().say(line);
    }
}
