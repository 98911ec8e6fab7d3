package org.reg2rg.recipe;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import org.reg2rg.core.AtomicFiles;
import org.reg2rg.core.InputException;
import org.reg2rg.train.RunFolder;
import org.reg2rg.train.TrainConfig;
import org.reg2rg.train.TrainingRun;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code train}: from a config to a model folder. */
@Command(
        name = "train",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        description = {
            "Trains a model as a config says, stage by stage, and writes it as a model folder.",
            "Stages: [vision] and [language] on a synthetic cohort, [referring] (the published training) also on a data folder.",
            "A run that was stopped, or killed, goes on with --resume and ends with the same weights."
        },
        footer = {
            "",
            "Example:",
            "  ./reg2rg train configs/two-minutes.toml --out runs/first",
            "  ./reg2rg train --resume runs/first",
            "  ./reg2rg train configs/published-radgenome.toml \\",
            "      --set data.folder=/data/radgenome --out runs/radgenome",
            "",
            "Watch runs/first/training.html; the model comes out as runs/first/model."
        })
public final class Train implements Callable<Integer> {
    /** What the shell expects of a program that Ctrl-C has ended. */
    private static final int INTERRUPTED = 130;

    @Parameters(arity = "0..1", paramLabel = "CONFIG", description = "Config file (TOML); see configs/.")
    @Nullable
    private Path config;

    @Option(
            names = "--set",
            paramLabel = "KEY=VALUE",
            description = "Sets a key of the config, such as vision.steps=100. May be given several times.")
    private List<String> settings = new ArrayList<>();

    @Option(names = "--resume", paramLabel = "DIR", description = "Goes on with the run in this folder.")
    @Nullable
    private Path resume;

    @Option(
            names = "--out",
            paramLabel = "DIR",
            description = "Folder of a new run. Default: runs/<name of the config>.")
    @Nullable
    private Path out;

    @Mixin
    private Quiet quiet = new Quiet();

    @Spec
    @SuppressWarnings("NullAway.Init")
    private CommandSpec spec;

    @Override
    public Integer call() throws IOException {
        try (RunFolder folder = folder()) {
            if (folder.isFinished()) {
                say("finished before: " + folder.model());
                return Main.OK;
            }
            quiet.say(folder.config().about().strip());
            var run = new TrainingRun(folder, quiet.style(), new TextScores());
            // Said here, because the program ends as soon as the last hook has run.
            Runnable atInterrupt = () -> {
                run.stop();
                say("stopped; go on with: ./reg2rg train --resume " + folder.path());
            };
            AtomicFiles.beforeCleaning(atInterrupt);
            try {
                if (!run.run()) {
                    return INTERRUPTED;
                }
                say("model -> " + folder.model());
                return Main.OK;
            } finally {
                AtomicFiles.withdraw(atInterrupt);
            }
        }
    }

    private RunFolder folder() throws IOException {
        Optional<TrainConfig> wanted =
                config == null ? Optional.empty() : Optional.of(TrainConfig.read(config, settings));
        if (resume != null) {
            if (out != null) {
                throw new InputException("--out " + out, "--resume names the folder already", "leave out one of them");
            }
            if (config == null && !settings.isEmpty()) {
                throw new InputException(
                        "--set " + settings.getFirst(),
                        "a run goes on with the config that it was started with",
                        "leave it out, or start a new run");
            }
            return RunFolder.resume(resume, wanted);
        }
        if (config == null) {
            throw new InputException("CONFIG", "neither a config nor --resume", "see configs/ for examples");
        }
        String name = String.valueOf(config.getFileName()).replaceFirst("\\.toml$", "");
        return RunFolder.create(out == null ? Path.of("runs", name) : out, wanted.orElseThrow());
    }

    private void say(String line) {
        PrintWriter print = spec.commandLine().getOut();
        print.println(line);
        print.flush();
    }
}
