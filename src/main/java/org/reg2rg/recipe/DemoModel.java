package org.reg2rg.recipe;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.reg2rg.core.AtomicFiles;
import org.reg2rg.model.ModelConfig;
import org.reg2rg.model.TinyModel;

/**
 * The model that is used where none is named: the trained weights that come with the program, or, in a copy without them, a small
 * untrained one that is made on the spot.
 *
 * @param path a model folder
 * @param temporary whether it is deleted afterwards
 */
record DemoModel(Path path, boolean temporary) implements AutoCloseable {
    private static final long SEED = 1;

    /** The named folder, or the demo model. */
    static DemoModel or(Optional<Path> named) throws IOException {
        if (named.isPresent()) {
            return new DemoModel(named.get(), false);
        }
        Path shipped = Path.of(System.getProperty("reg2rg.home", "."), "models", "demo");
        if (Files.exists(shipped.resolve(ModelConfig.FILE))) {
            return new DemoModel(shipped, false);
        }
        Path made = Files.createTempDirectory("reg2rg-tiny-");
        TinyModel.create(made, SEED);
        return new DemoModel(made, true);
    }

    @Override
    public void close() throws IOException {
        if (temporary) {
            AtomicFiles.deleteTree(path);
        }
    }
}
