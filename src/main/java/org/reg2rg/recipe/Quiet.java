package org.reg2rg.recipe;

import java.io.PrintWriter;
import org.reg2rg.core.Progress;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** How a command talks while it works, the same in every command: progress and notes on standard error, or none with {@code --quiet}. */
final class Quiet {
    @Option(names = "--quiet", description = "No progress and no notes; results and errors are still told.")
    private boolean asked;

    @Spec(Spec.Target.MIXEE)
    @SuppressWarnings("NullAway.Init")
    private CommandSpec command;

    /** Of everything that takes long. */
    Progress.Style style() {
        return Progress.Style.of(asked);
    }

    /** Says what is done now or what the user should know, on a line of its own. */
    void say(String line) {
        if (!asked) {
            PrintWriter err = command.commandLine().getErr();
            err.println(line);
            err.flush();
        }
    }
}
