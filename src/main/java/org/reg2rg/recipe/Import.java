package org.reg2rg.recipe;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import org.reg2rg.model.checkpoint.ModelImport;
import org.reg2rg.tensor.Precision;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code import}: published files in, a model folder out. */
@Command(
        name = "import",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        description = {
            "Turns the published files into a model folder.",
            "With --checkpoint: the trained model. Without: the starting point of training (base LLaMA, RadFM's vision"
                    + " parts, the rest fresh)."
        },
        footer = {
            "",
            "Example:",
            "  ./reg2rg import --checkpoint pytorch_model.bin \\",
            "      --llama Llama-2-7b-chat-hf --out models/reg2rg-7b",
            "",
            "Every missing, unexpected or wrongly shaped key is named, and nothing is written unless all is well."
        })
public final class Import implements Callable<Integer> {
    private static final long DEFAULT_SEED = 20;

    @Option(names = "--checkpoint", paramLabel = "FILE", description = "pytorch_model.bin of Reg2RG.")
    private @Nullable Path checkpoint;

    @Option(
            names = "--llama",
            paramLabel = "DIR",
            required = true,
            description = "Hugging Face folder of the base model: config.json, tokenizer.model and, without"
                    + " --checkpoint, weights (safetensors or .bin, with index if sharded).")
    private Path llama = Path.of("");

    @Option(names = "--vision", paramLabel = "FILE", description = "RadFM_vit3d.pth; not needed with --checkpoint.")
    private @Nullable Path vision;

    @Option(
            names = "--perceiver",
            paramLabel = "FILE",
            description = "RadFM_perceiver_fc.pth; not needed with --checkpoint.")
    private @Nullable Path perceiver;

    @Option(
            names = "--config",
            paramLabel = "FILE",
            description = "JSON with any part of a model's config.json that the shapes of the weights cannot tell"
                    + " (patch, heads, input size); the rest is as published.")
    private @Nullable Path config;

    @Option(names = "--out", paramLabel = "DIR", required = true, description = "Model folder to make.")
    private Path out = Path.of("");

    @Option(
            names = "--dtype",
            paramLabel = "TYPE",
            defaultValue = "bfloat16",
            description = "bfloat16 or float32 (default: ${DEFAULT-VALUE}).")
    private String dtype = "";

    @Option(names = "--seed", paramLabel = "N", description = "Seed of weights that no file holds (default: 20).")
    private long seed = DEFAULT_SEED;

    @Mixin
    private Quiet quiet = new Quiet();

    @Spec
    @SuppressWarnings("NullAway.Init")
    private CommandSpec spec;

    @Override
    public Integer call() throws IOException {
        var sources = new ModelImport.Sources(
                Optional.ofNullable(checkpoint),
                llama,
                Optional.ofNullable(vision),
                Optional.ofNullable(perceiver),
                Optional.ofNullable(config));
        var work = new ModelImport(sources, Precision.parse("--dtype", dtype), seed, quiet.style());
        work.unused()
                .forEach(option -> spec.commandLine()
                        .getErr()
                        .println("Note: " + option + " is not used, the checkpoint holds these weights"));
        ModelImport.Result result = work.run(out);
        PrintWriter terminal = spec.commandLine().getOut();
        terminal.printf(
                "%s: %,d numbers in %s%s%n",
                out,
                result.numbers(),
                result.config().dtype(),
                result.fresh().isEmpty()
                        ? ""
                        : ", " + result.fresh().size() + " tensors not trained yet (named in README)");
        terminal.flush();
        return Main.OK;
    }
}
