package org.reg2rg.recipe;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.reg2rg.SharedFolder;

class EvaluatePublishedTest {
    @TempDir
    private Path folder = Path.of("");

    private final Program program = new Program();

    @Test
    void thePageInTheDocumentationIsWhatTheCommandWrites() throws IOException {
        Path results = SharedFolder.require("data/reports/reg2rg-results");
        Path page = folder.resolve("page.md");
        assertThat(program.run("evaluate-published", results.toString(), "--out", page.toString()))
                .as(program.err())
                .isEqualTo(Main.OK);
        assertThat(page).hasSameTextualContentAs(Path.of("docs/published-results.md"));
        // 19 of the 21 that differ are the middle of a random bootstrap in the original.
        assertThat(program.out()).startsWith("290 published figures, 191 recomputed, 170 equal");
        assertThat(Files.readAllLines(page).stream()
                        .filter(line -> line.contains("| differs") && !line.startsWith("| Overall_ROUGE"))
                        .count())
                .isEqualTo(2);
    }

    @Test
    void aFolderWithoutResultsIsBadInput() {
        assertThat(program.run("evaluate-published", folder.toString(), "--out", folder + "/page.md"))
                .isEqualTo(Main.BAD_INPUT);
        assertThat(program.err())
                .contains("nlg_evaluation_results.csv: no such file; give the folder with Reg2RG_ctrg and"
                        + " Reg2RG_radgenome");
        assertThat(folder.resolve("page.md")).doesNotExist();
    }
}
