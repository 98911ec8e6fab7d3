package org.reg2rg.label;

import java.nio.file.Files;
import java.nio.file.Path;
import org.reg2rg.core.InputException;

/** Opens the labeller that a user names on the command line. */
public final class Labellers {
    private Labellers() {}

    /**
     * The built-in rules for "rules", else the network in that folder.
     *
     * @throws InputException where the folder is missing or incomplete
     */
    public static Labeller open(String name) {
        if (name.equals("rules")) {
            return new RuleLabeller();
        }
        Path folder = Path.of(name);
        throw new InputException(
                "--labeller " + name,
                Files.isDirectory(folder)
                        ? "the folder has no RadBertClassifier.pth"
                        : "neither \"rules\" nor a folder",
                "give \"rules\" or the folder of the network");
    }
}
