package org.reg2rg.recipe;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import org.reg2rg.core.InputException;
import org.reg2rg.core.Version;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.IVersionProvider;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** The program: names the commands, and turns what they throw into messages and exit codes. */
@Command(
        name = "reg2rg",
        mixinStandardHelpOptions = true,
        versionProvider = Main.Versions.class,
        description =
                "Reads a chest CT and writes a report in which every sentence belongs to a region that you can see.",
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {"0:done", "1:a fault of this program", "2:input or options that cannot be used", "130:stopped"},
        footer = {
            "",
            "Start with:  ./reg2rg demo",
            "All options: ./reg2rg report --help, and so for every command",
            "",
            "Research use only: a report is a draft, never a diagnosis."
        },
        subcommands = {
            // one line a command, in the order of the overview
            Demo.class,
            Report.class,
            Inspect.class,
            Convert.class,
            Segment.class,
            ImportMasks.class,
            CheckMasks.class,
            MakeCohort.class,
            Generate.class,
            Train.class,
            Import.class,
            Export.class,
            Familiarise.class,
            Evaluate.class,
            EvaluateCohort.class,
            EvaluatePublished.class,
            Label.class,
            SplitReport.class,
            Benchmark.class,
        })
public final class Main implements Runnable {
    /** Exit codes, a contract for scripts. */
    public static final int OK = 0;

    public static final int OUR_FAULT = 1;
    public static final int BAD_INPUT = 2;

    private static String given = "reg2rg";

    @Spec
    @SuppressWarnings("NullAway.Init")
    private CommandSpec spec;

    /** The command line of this run, for provenance. */
    static String commandGiven() {
        return given;
    }

    public static void main(String[] arguments) {
        System.exit(run(arguments));
    }

    /** Runs one command line and returns its exit code; what tests call. */
    public static int run(String... arguments) {
        given = "reg2rg " + String.join(" ", arguments);
        return commandLine().execute(arguments);
    }

    /** The command line as it is run, whose output a test can turn elsewhere. */
    static CommandLine commandLine() {
        return new CommandLine(new Main())
                .setCaseInsensitiveEnumValuesAllowed(true)
                .setParameterExceptionHandler(Main::explainUsage)
                .setExecutionExceptionHandler(Main::explainFailure);
    }

    @Override
    public void run() {
        spec.commandLine().usage(spec.commandLine().getOut());
    }

    private static int explainUsage(ParameterException failure, String[] arguments) {
        CommandLine command = failure.getCommandLine();
        PrintWriter err = command.getErr();
        err.println("Error: " + failure.getMessage());
        if (!CommandLine.UnmatchedArgumentException.printSuggestions(failure, err)) {
            err.println("See: ./" + command.getCommandSpec().qualifiedName() + " --help");
        }
        return BAD_INPUT;
    }

    private static int explainFailure(Exception failure, CommandLine command, CommandLine.ParseResult parsed) {
        PrintWriter err = command.getErr();
        if (failure instanceof InputException) {
            err.println("Error: " + failure.getMessage());
            return BAD_INPUT;
        }
        if (failure instanceof IOException || failure instanceof UncheckedIOException) {
            err.println("Error: " + failure.getMessage() + ": cannot be read or written ("
                    + failure.getClass().getSimpleName()
                    + "); check that the disk has room and that you may use this place");
            return BAD_INPUT;
        }
        err.println("Error: a fault of this program, not of your input: " + failure);
        failure.printStackTrace(err);
        return OUR_FAULT;
    }

    /** What {@code --version} prints. */
    static final class Versions implements IVersionProvider {
        @Override
        public String[] getVersion() {
            return new String[] {"reg2rg " + Version.CURRENT, "Java " + Runtime.version()};
        }
    }
}
