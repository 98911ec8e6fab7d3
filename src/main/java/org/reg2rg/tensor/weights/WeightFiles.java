package org.reg2rg.tensor.weights;

import java.io.IOException;
import java.nio.file.Path;

/** The door to weight files: {@link #open} looks at the content and picks the reader. */
public final class WeightFiles {
    private WeightFiles() {}

    /**
     * Opens weights without loading them.
     *
     * @param path a safetensors file
     */
    public static WeightSource open(Path path) throws IOException {
        return SafetensorsReader.open(path);
    }
}
