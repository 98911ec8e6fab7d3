package org.reg2rg.recipe;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.reg2rg.core.InputException;
import org.reg2rg.core.Progress;
import org.reg2rg.ct.Region;
import org.reg2rg.data.LeftOut;
import org.reg2rg.data.ModelGrid;
import org.reg2rg.data.ShownVolume;
import org.reg2rg.data.SlotPlan;
import org.reg2rg.data.StudyFiles;
import org.reg2rg.data.StudyFolder;
import org.reg2rg.data.StudyReader;
import org.reg2rg.model.GeneratedText;
import org.reg2rg.model.Generator;
import org.reg2rg.model.LoadOptions;
import org.reg2rg.model.LoadedModel;
import org.reg2rg.model.ModelConfig;
import org.reg2rg.model.ModelFolder;
import org.reg2rg.model.ParameterTable;
import org.reg2rg.model.StudyVolumes;
import org.reg2rg.report.Likeness;
import org.reg2rg.tensor.Torch;
import org.reg2rg.train.ModelVolumes;

/**
 * Reports of many studies: one thread reads and preprocesses ahead, one or more write, and the rows come in the order of the
 * studies whatever the number of threads.
 */
final class GenerateJob {
    /** Above this many parameters one study takes all processors; below, several side by side are faster. */
    private static final long SMALL_MODEL = 100_000_000;

    /** What is asked of which studies. */
    record Asked(
            Path data, Optional<String> split, SlotPlan slots, ModelGrid.Choice grid, ShownVolume shown, int limit) {}

    /** Where rows go. */
    record Target(Path file, boolean resume, int workers, Quiet quiet) {}

    private final Asked asked;
    private final ReportJob.Computing computing;
    private final Target target;

    GenerateJob(Asked asked, ReportJob.Computing computing, Target target) {
        this.asked = asked;
        this.computing = computing;
        this.target = target;
    }

    /** A study whose volumes are ready, or why it has none. */
    private sealed interface Prepared {
        record Ready(StudyFiles study, StudyVolumes volumes, String shown, List<LeftOut> leftOut) implements Prepared {
            List<Region> slots() {
                return volumes.regions().stream()
                        .map(StudyVolumes.RegionVolumes::region)
                        .toList();
            }
        }

        record Unusable(StudyFiles study, String reason) implements Prepared {}
    }

    /** A study and what was written of it. */
    private record Written(Prepared study, Optional<GeneratedText> text, Optional<Likeness> likeness) {}

    void run(Optional<Path> modelFolder) throws IOException {
        try (var folder = DemoModel.or(modelFolder)) {
            ModelConfig config = ModelFolder.config(folder.path());
            StudyFolder data = StudyFolder.open(asked.data());
            List<StudyFiles> studies = asked.split().map(data::split).orElse(data.studies()).stream()
                    .limit(asked.limit())
                    .toList();
            List<String> notices = GeneratedFile.notices(config.notice());
            var settings = GenerateSettings.of(asked, computing, config, ModelFolder.sha256(folder.path()), studies);
            try (GeneratedFile file = GeneratedFile.open(target.file(), settings, notices, target.resume())) {
                notices.forEach(target.quiet()::say);
                write(folder.path(), config, studies, file);
                List<String> leftOut = file.finish(
                        data.leftOut().stream().map(LeftOut::toString).toList());
                leftOut.stream().limit(10).forEach(line -> target.quiet().say("Left out: " + line));
                if (leftOut.size() > 10) {
                    target.quiet().say("… and " + (leftOut.size() - 10) + " more, listed in the .json");
                }
                target.quiet().say("Wrote " + target.file());
            }
        }
    }

    private void write(Path folder, ModelConfig config, List<StudyFiles> studies, GeneratedFile file)
            throws IOException {
        var options = new LoadOptions(
                computing.precision().orElse(config.precision()), Torch.device(computing.device()), true);
        var reader = new StudyReader(ModelVolumes.spec(config), ModelVolumes.grid(config), asked.grid());
        int workers = target.workers() > 0 ? target.workers() : usualWorkers(config);
        int threads = Torch.threads();
        try (LoadedModel model = ModelFolder.load(folder, options);
                Progress progress = Progress.of(
                        "Reporting", "studies", studies.size(), target.quiet().style());
                ExecutorService reading = Executors.newFixedThreadPool(1);
                ExecutorService writing = Executors.newFixedThreadPool(workers)) {
            var asker = LikenessOf.of(folder, model);
            progress.advance(file.found(), "");
            try {
                var pending = new ArrayDeque<Future<Written>>();
                for (int number = 0; number < studies.size(); number++) {
                    if (!file.has(studies.get(number).name())) {
                        int study = number;
                        Future<Prepared> ready = reading.submit(() -> prepare(reader, studies, study));
                        pending.add(writing.submit(() -> report(asker, ready.get(), workers)));
                        if (pending.size() > workers + 1) {
                            take(pending.remove(), file, progress);
                        }
                    }
                }
                while (!pending.isEmpty()) {
                    take(pending.remove(), file, progress);
                }
            } finally {
                reading.shutdownNow();
                writing.shutdownNow();
            }
        } finally {
            Torch.threads(threads);
        }
    }

    private static int usualWorkers(ModelConfig config) {
        boolean small = ParameterTable.of(config).count() < SMALL_MODEL;
        return small ? Math.min(4, Runtime.getRuntime().availableProcessors()) : 1;
    }

    private Prepared prepare(StudyReader reader, List<StudyFiles> studies, int number) throws IOException {
        StudyFiles study = studies.get(number);
        List<Region> slots = asked.slots().slots(study.name(), study.masks().keySet());
        if (slots.isEmpty()) {
            return new Prepared.Unusable(study, "none of the regions has a mask");
        }
        StudyFiles shown = study;
        if (asked.shown() == ShownVolume.OTHER) {
            Optional<StudyFiles> other = ShownVolume.other(studies, number);
            if (other.isEmpty()) {
                return new Prepared.Unusable(study, "there is no study of another patient to show instead");
            }
            shown = other.get();
        }
        try {
            var read = reader.read(
                    shown, slots, asked.shown().replacement(asked.slots().seed(), study.name()));
            var filled = slots.stream()
                    .filter(region -> read.input().regions().containsKey(region))
                    .toList();
            return new Prepared.Ready(study, ModelVolumes.of(read.input(), filled), shown.name(), read.leftOut());
        } catch (InputException e) {
            return new Prepared.Unusable(study, String.valueOf(e.getMessage()));
        }
    }

    private Written report(LikenessOf asker, Prepared study, int workers) {
        return switch (study) {
            case Prepared.Unusable unusable -> new Written(unusable, Optional.empty(), Optional.empty());
            case Prepared.Ready ready -> {
                Torch.threads(Math.max(1, Runtime.getRuntime().availableProcessors() / workers));
                var settings = new Generator.Settings(computing.maxNewTokens(), computing.decoding(), Optional.empty());
                yield new Written(
                        ready,
                        Optional.of(new Generator(asker.model()).generate(ready.volumes(), settings, Generator.SILENT)),
                        asker.of(ready.volumes().global()));
            }
        };
    }

    private void take(Future<Written> coming, GeneratedFile file, Progress progress) throws IOException {
        Written written = await(coming);
        var about = new LinkedHashMap<String, Object>();
        switch (written.study()) {
            case Prepared.Unusable(StudyFiles study, String reason) -> {
                about.put("left_out", List.of(study.name() + ": " + reason));
                file.note(study.name(), about);
                progress.advance(1, study.name());
            }
            case Prepared.Ready ready -> {
                GeneratedText text = written.text().orElseThrow();
                about.put("shown", ready.shown());
                about.put(
                        "slots", ready.slots().stream().map(Region::datasetName).toList());
                about.put("tokens", text.tokens().size());
                about.put("cut", text.cut());
                written.likeness().ifPresent(likeness -> about.put("unfamiliar", likeness.json()));
                about.put(
                        "left_out",
                        ready.leftOut().stream().map(LeftOut::toString).toList());
                file.add(
                        ready.study().name(), text.prompt(), ready.study().combined(ready.slots()), text.text(), about);
                progress.advance(1, ready.study().name());
            }
        }
    }

    private static Written await(Future<Written> coming) throws IOException {
        try {
            return coming.get();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted while reporting", e);
        } catch (ExecutionException e) {
            Throwable cause = e.getCause() instanceof ExecutionException inner ? inner.getCause() : e.getCause();
            if (cause instanceof IOException failure) {
                throw failure;
            }
            throw new IllegalStateException("a study could not be reported", cause);
        }
    }
}
