package org.reg2rg.recipe;

import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.reg2rg.core.AtomicFiles;
import org.reg2rg.model.checkpoint.ModelExport;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code export}: a model folder in, the published layout out. */
@Command(
        name = "export",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        description = "Writes a model folder as the published pytorch_model.bin (bfloat16), which torch.load reads.",
        footer = {"", "Example:", "  ./reg2rg export --model models/reg2rg-7b --out pytorch_model.bin"})
public final class Export implements Callable<Integer> {
    @Option(names = "--model", paramLabel = "DIR", required = true, description = "Model folder.")
    private Path model = Path.of("");

    @Option(names = "--out", paramLabel = "FILE", required = true, description = "File to write.")
    private Path out = Path.of("");

    @Mixin
    private Quiet quiet = new Quiet();

    @Spec
    @SuppressWarnings("NullAway.Init")
    private CommandSpec spec;

    @Override
    public Integer call() throws IOException {
        AtomicFiles.requireWritable(out);
        int keys = ModelExport.run(model, out, quiet.style());
        spec.commandLine().getOut().printf("%s: %d keys%n", out, keys);
        spec.commandLine().getOut().flush();
        return Main.OK;
    }
}
