package org.reg2rg.recipe;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.reg2rg.cohort.Cohort;
import org.reg2rg.cohort.CohortWriter;
import org.reg2rg.cohort.PhantomSize;
import org.reg2rg.core.InputException;
import org.reg2rg.core.Progress;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code cohort}: writes a synthetic cohort with exact truth. */
@Command(
        name = "cohort",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        description = "Draws a synthetic chest-CT cohort: volumes, region masks, region reports, and all that is true.",
        footer = {
            "",
            "Example:",
            "  ./reg2rg cohort --studies 20 --seed 1 --out cohort",
            "",
            "Equal seeds give equal bytes, whatever --workers is. A run that was stopped goes on when repeated."
        })
public final class MakeCohort implements Callable<Integer> {
    private static final int MOST_STUDIES = 1_000_000;

    @Option(names = "--studies", required = true, paramLabel = "N", description = "How many studies.")
    private int studies;

    @Option(names = "--seed", required = true, paramLabel = "S", description = "Decides everything that is random.")
    private long seed;

    @Option(names = "--out", required = true, paramLabel = "DIR", description = "Folder of the cohort.")
    private Path out = Path.of("");

    @Option(
            names = "--workers",
            paramLabel = "N",
            defaultValue = "2",
            description = "Studies drawn at the same time (default: ${DEFAULT-VALUE}).")
    private int workers;

    @Option(
            names = "--size",
            paramLabel = "VOXELS@MM",
            defaultValue = "160x160x96@2x2x3",
            description = "Voxels and spacing; spacing varies a little around it (default: ${DEFAULT-VALUE}).")
    private String size = "";

    @Option(names = "--finding-masks", description = "Write a mask file for every finding, too.")
    private boolean findingMasks;

    @Mixin
    private Quiet quiet = new Quiet();

    @Spec
    @SuppressWarnings("NullAway.Init")
    private CommandSpec spec;

    @Override
    public Integer call() throws IOException {
        within("--studies", studies, MOST_STUDIES);
        within("--workers", workers, 4 * Runtime.getRuntime().availableProcessors());
        var cohort = new Cohort(seed, studies, PhantomSize.parse("--size", size));
        int drawn;
        try (Progress progress = Progress.of("drawing", "studies", studies, quiet.style())) {
            drawn = new CohortWriter(cohort, out, findingMasks).write(workers, progress);
        }
        PrintWriter print = spec.commandLine().getOut();
        print.println(studies + " studies (" + drawn + " drawn now) -> " + out);
        print.println("look at " + out.resolve("index.html"));
        print.flush();
        return Main.OK;
    }

    private static void within(String option, int value, int most) {
        if (value < 1 || value > most) {
            throw new InputException(option, "expected 1 to " + most + ", got " + value, "give another number");
        }
    }
}
