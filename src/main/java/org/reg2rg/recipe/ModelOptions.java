package org.reg2rg.recipe;

import java.nio.file.Path;
import java.util.EnumSet;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.reg2rg.core.InputException;
import org.reg2rg.data.ModelGrid;
import org.reg2rg.language.Decoding;
import org.reg2rg.tensor.Precision;
import picocli.CommandLine.Option;

/** Which model writes, what grid it sees and how it computes: the same in every command that writes reports. */
final class ModelOptions {
    @Option(
            names = "--model",
            paramLabel = "DIR",
            description = "Model folder, as `import` and `train` write it. Default: the demo model.")
    @Nullable
    private Path model;

    @Option(
            names = "--grid",
            paramLabel = "auto|stored|radgenome",
            description =
                    "Grid the model sees: as stored, RadGenome's 1x1x3 mm, or (auto) the model's own unless the file has"
                            + " an identity affine. Default: ${DEFAULT-VALUE}.")
    private String grid = "auto";

    @Option(names = "--max-new-tokens", paramLabel = "N", description = "Longest answer. Default: ${DEFAULT-VALUE}.")
    private int maxNewTokens = 500;

    @Option(names = "--dtype", paramLabel = "float32|bfloat16", description = "Default: the model folder's.")
    @Nullable
    private String dtype;

    @Option(names = "--device", paramLabel = "cpu|cuda", description = "Default: ${DEFAULT-VALUE}.")
    private String device = "cpu";

    Optional<Path> model() {
        return Optional.ofNullable(model);
    }

    ModelGrid.Choice grid() {
        return Named.of("--grid", grid, EnumSet.allOf(ModelGrid.Choice.class));
    }

    ReportJob.Computing computing(Decoding decoding, long seed) {
        if (maxNewTokens < 1) {
            throw new InputException(
                    "--max-new-tokens", "expected at least 1, got " + maxNewTokens, "give a larger number");
        }
        return new ReportJob.Computing(
                Optional.ofNullable(dtype).map(name -> Precision.parse("--dtype", name)),
                device,
                maxNewTokens,
                decoding,
                seed);
    }
}
