package org.reg2rg.recipe;

import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.reg2rg.core.AtomicFiles;
import org.reg2rg.evaluate.published.PublishedPage;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code evaluate-published}: the paper's figures against what its released outputs give. */
@Command(
        name = "evaluate-published",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        description = "Recomputes the paper's figures from its released outputs and writes them side by side.",
        footer = {
            "",
            "Example, with the repository of the paper beside this one:",
            "  ./reg2rg evaluate-published ../Reg2RG/results --out published.md"
        })
public final class EvaluatePublished implements Callable<Integer> {
    @Parameters(index = "0", paramLabel = "RESULTS", description = "Folder with Reg2RG_ctrg and Reg2RG_radgenome.")
    private Path results = Path.of("");

    @Option(names = "--out", required = true, paramLabel = "FILE.md", description = "The page, in Markdown.")
    private Path out = Path.of("");

    @Spec
    @SuppressWarnings("NullAway.Init")
    private CommandSpec spec;

    @Override
    public Integer call() throws IOException {
        PublishedPage page = PublishedPage.of(results);
        AtomicFiles.write(out, page.markdown());
        var terminal = spec.commandLine().getOut();
        terminal.printf(
                "%d published figures, %d recomputed, %d equal: %s%n",
                page.published(), page.recomputed(), page.equal(), out);
        terminal.flush();
        return Main.OK;
    }
}
