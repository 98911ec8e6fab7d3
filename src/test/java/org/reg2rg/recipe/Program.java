package org.reg2rg.recipe;

import java.io.PrintWriter;
import java.io.StringWriter;

/** Runs command lines as a user would, and keeps what they print. */
final class Program {
    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    /** Runs one command line and returns its exit code. */
    int run(String... arguments) {
        return Main.commandLine()
                .setOut(new PrintWriter(out))
                .setErr(new PrintWriter(err))
                .execute(arguments);
    }

    /** All that went to standard output so far. */
    String out() {
        return out.toString();
    }

    /** All that went to standard error so far. */
    String err() {
        return err.toString();
    }
}
