package org.reg2rg.recipe;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import org.reg2rg.core.InputException;
import org.reg2rg.core.Progress;
import org.reg2rg.data.ModelGrid;
import org.reg2rg.data.StudyFiles;
import org.reg2rg.data.StudyFolder;
import org.reg2rg.data.StudyReader;
import org.reg2rg.model.Familiarity;
import org.reg2rg.model.GlobalLook;
import org.reg2rg.model.LoadedModel;
import org.reg2rg.model.ModelFolder;
import org.reg2rg.model.StudyVolumes.Voxels;
import org.reg2rg.train.ModelVolumes;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code familiarise}: stores with a model what the studies of its training look like to it. */
@Command(
        name = "familiarise",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        description = {
            "Measures what the studies of a model's training look like to it, and stores that in the model folder.",
            "From then on `report`, `demo` and `generate` flag a CT that looks unlike them as unfamiliar."
        },
        footer = {"", "Example:", "  ./reg2rg familiarise --model models/mine --data cohort"})
public final class Familiarise implements Callable<Integer> {
    @Option(names = "--model", required = true, paramLabel = "DIR", description = "Model folder; one file is added.")
    private Path model = Path.of("");

    @Option(names = "--data", required = true, paramLabel = "DIR", description = "Data set, as for `generate`.")
    private Path data = Path.of("");

    @Option(names = "--training", paramLabel = "SPLIT", description = "Split trained on. Default: ${DEFAULT-VALUE}.")
    private String training = "train";

    @Option(
            names = "--held-out",
            paramLabel = "SPLIT",
            description = "Split that decides the limit. Default: ${DEFAULT-VALUE}.")
    private String heldOut = "validation";

    @Option(names = "--studies", paramLabel = "N", description = "Most of each split. Default: ${DEFAULT-VALUE}.")
    private int studies = 2000;

    @Mixin
    private Quiet quiet = new Quiet();

    @Spec
    @SuppressWarnings("NullAway.Init")
    private CommandSpec spec;

    @Override
    public Integer call() throws IOException {
        StudyFolder folder = StudyFolder.open(data);
        List<StudyFiles> trained =
                folder.split(training).stream().limit(studies).toList();
        List<StudyFiles> others = folder.split(heldOut).stream().limit(studies).toList();
        try (LoadedModel loaded = ModelFolder.load(model)) {
            List<float[]> known = looks(loaded, trained, training);
            List<float[]> unseen = looks(loaded, others, heldOut);
            if (known.size() < Familiarity.FEWEST || unseen.isEmpty()) {
                throw new InputException(
                        data.toString(),
                        "only " + known.size() + " training and " + unseen.size() + " held-out studies can be read"
                                + " (expected at least 3 and 1)",
                        "give more studies");
            }
            Familiarity familiarity = Familiarity.learn(known, unseen, Familiarity.FLAGGED);
            familiarity.write(model);
            long beyond = unseen.stream()
                    .filter(look -> familiarity.distance(look) > familiarity.threshold())
                    .count();
            spec.commandLine()
                    .getOut()
                    .printf(
                            Locale.ROOT,
                            "%s: from %d studies; limit %.2f, beyond it %d of %d held-out studies%n",
                            model.resolve(Familiarity.FILE),
                            known.size(),
                            familiarity.threshold(),
                            beyond,
                            unseen.size());
            spec.commandLine().getOut().flush();
        }
        return Main.OK;
    }

    private List<float[]> looks(LoadedModel loaded, List<StudyFiles> files, String split) throws IOException {
        var reader = new StudyReader(
                ModelVolumes.spec(loaded.config()), ModelVolumes.grid(loaded.config()), ModelGrid.Choice.AUTO);
        var looks = new ArrayList<float[]>();
        try (Progress progress = Progress.of("Looking at " + split, "studies", files.size(), quiet.style())) {
            for (StudyFiles study : files) {
                try {
                    var global = new Voxels(loaded.config().inputGrid(), reader.global(study));
                    looks.add(GlobalLook.of(loaded.model(), global));
                } catch (InputException e) {
                    spec.commandLine().getErr().println("Left out: " + study.name() + ": " + e.getMessage());
                }
                progress.advance(1, study.name());
            }
        }
        return looks;
    }
}
