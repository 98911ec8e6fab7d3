package org.reg2rg;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Assumptions;

/**
 * The folder {@code ../shared} with real data and golden numbers of the published code, which is not part of the
 * project. Tests that use it run when it is there and count as skipped when not.
 */
public final class SharedFolder {
    private static final Path ROOT = Path.of(System.getProperty("reg2rg.shared", "../shared"));

    private SharedFolder() {}

    /** A file or folder below the shared folder; the calling test is skipped where it does not exist. */
    public static Path require(String relative) {
        Path path = ROOT.resolve(relative);
        Assumptions.assumeTrue(Files.exists(path), () -> "skipped: no " + path);
        return path;
    }
}
