package org.reg2rg.recipe;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The two commands with which the README opens: the first is run through the launcher, the second is what CI runs. */
class ReadmeIT {
    private static final Path ROOT = Path.of("").toAbsolutePath();
    private static final Pattern BLOCK = Pattern.compile("```sh\\n(.*?)```", Pattern.DOTALL);

    @TempDir
    @SuppressWarnings("NullAway.Init")
    private Path folder;

    private static List<String> commands() throws IOException {
        Matcher block = BLOCK.matcher(Files.readString(ROOT.resolve("README.md")));
        assertThat(block.find()).isTrue();
        return block.group(1)
                .lines()
                .map(line -> line.replaceFirst("#.*", "").strip())
                .filter(line -> !line.isEmpty())
                .toList();
    }

    @Test
    void theFirstCommandWritesAReport() throws Exception {
        assertThat(commands().getFirst()).isEqualTo("./reg2rg demo");
        var words = new ArrayList<>(List.of(commands().getFirst().split(" ")));
        words.addAll(List.of("--out", folder.resolve("demo").toString()));
        Path log = folder.resolve("log");
        Process process = new ProcessBuilder(words)
                .directory(ROOT.toFile())
                .redirectErrorStream(true)
                .redirectOutput(log.toFile())
                .start();
        assertThat(process.waitFor(5, TimeUnit.MINUTES)).isTrue();
        assertThat(process.exitValue()).as(Files.readString(log)).isZero();
        assertThat(folder.resolve("demo").resolve("report.html")).isNotEmptyFile();
        assertThat(Files.readString(log)).contains("report.html").doesNotContain("Building");
    }

    @Test
    void theSecondCommandIsWhatContinuousIntegrationRuns() throws Exception {
        assertThat(commands()).hasSize(2);
        assertThat(commands().get(1)).isEqualTo("mvn verify");
        assertThat(Files.readString(ROOT.resolve(".ci").resolve("run"))).contains("verify");
    }
}
