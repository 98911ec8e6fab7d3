package org.reg2rg.recipe;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.reg2rg.SharedFolder;

class EvaluatePublishedTest {
    @TempDir
    private Path folder = Path.of("");

    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    private int run(String... arguments) {
        return Main.commandLine()
                .setOut(new PrintWriter(out))
                .setErr(new PrintWriter(err))
                .execute(arguments);
    }

    @Test
    void thePageInTheDocumentationIsWhatTheCommandWrites() throws IOException {
        Path results = SharedFolder.require("data/reports/reg2rg-results");
        Path page = folder.resolve("page.md");
        assertThat(run("evaluate-published", results.toString(), "--out", page.toString()))
                .as(err.toString())
                .isEqualTo(Main.OK);
        assertThat(page).hasSameTextualContentAs(Path.of("docs/published-results.md"));
        // 19 of the 21 that differ are the middle of a random bootstrap in the original.
        assertThat(out.toString()).startsWith("290 published figures, 191 recomputed, 170 equal");
        assertThat(Files.readAllLines(page).stream()
                        .filter(line -> line.contains("| differs") && !line.startsWith("| Overall_ROUGE"))
                        .count())
                .isEqualTo(2);
    }

    @Test
    void aFolderWithoutResultsIsBadInput() {
        assertThat(run("evaluate-published", folder.toString(), "--out", folder + "/page.md"))
                .isEqualTo(Main.BAD_INPUT);
        assertThat(err.toString())
                .contains("nlg_evaluation_results.csv: no such file; give the folder with Reg2RG_ctrg and"
                        + " Reg2RG_radgenome");
        assertThat(folder.resolve("page.md")).doesNotExist();
    }
}
