package org.reg2rg.label;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.reg2rg.core.InputException;
import org.reg2rg.label.radbert.RadBert;

/** Opens the labeller that a user names on the command line. */
public final class Labellers {
    private Labellers() {}

    /**
     * The built-in rules for "rules", else the network in that folder.
     *
     * @throws InputException where the folder is missing or incomplete
     */
    public static Labeller open(String name) throws IOException {
        if (name.equals("rules")) {
            return new RuleLabeller();
        }
        Path folder = Path.of(name);
        if (RadBert.isIn(folder)) {
            return RadBert.open(folder);
        }
        throw new InputException(
                "--labeller " + name,
                Files.isDirectory(folder) ? "the folder has no " + RadBert.WEIGHTS : "neither \"rules\" nor a folder",
                "give \"rules\" or the folder of the network");
    }
}
