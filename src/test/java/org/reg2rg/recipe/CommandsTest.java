package org.reg2rg.recipe;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.reg2rg.ct.Affine;
import org.reg2rg.ct.CtVolume;
import org.reg2rg.ct.Grid;
import org.reg2rg.ct.GridSize;
import org.reg2rg.ct.NiftiWriter;
import picocli.CommandLine;

/** What all commands have alike: an example that can be run, and one way of being quiet. */
class CommandsTest {
    private static final Pattern WORD = Pattern.compile("\"([^\"]*)\"|\\S+");
    /** Nothing in them takes long, or what they print is all that they do. */
    private static final List<String> WITHOUT_PROGRESS = List.of("benchmark", "evaluate-published");

    @TempDir
    private Path folder = Path.of("");

    static List<String> names() {
        return List.copyOf(Main.commandLine().getSubcommands().keySet());
    }

    private static CommandLine command(String name) {
        return Optional.ofNullable(Main.commandLine().getSubcommands().get(name))
                .orElseThrow();
    }

    @ParameterizedTest
    @MethodSource("names")
    void everyExampleOfTheHelpAsItIsPrintedIsOneThatTheCommandTakes(String name) {
        String help = command(name).getUsageMessage();
        assertThat(command(name).getCommandSpec().usageMessage().footer())
                .filteredOn(line -> line.contains("reg2rg"))
                .allMatch(help::contains, "stands on one line of the help, to be copied from there");
        List<String> examples = help.replaceAll("\\\\\\R", " ")
                .lines()
                .filter(line -> line.contains("./reg2rg "))
                .map(line -> line.substring(line.indexOf("./reg2rg ") + "./reg2rg ".length()))
                .toList();
        assertThat(examples).isNotEmpty();
        for (String example : examples) {
            String[] words = WORD.matcher(example)
                    .results()
                    .map(word -> word.group(1) == null ? word.group() : word.group(1))
                    .toArray(String[]::new);
            assertThat(words[0]).isEqualTo(name);
            assertThatCode(() -> Main.commandLine().parseArgs(words))
                    .as(example)
                    .doesNotThrowAnyException();
        }
    }

    @ParameterizedTest
    @MethodSource("names")
    void everyCommandThatShowsProgressCanBeQuietInTheSameWords(String name) {
        Matcher help = Pattern.compile("--quiet\\s+No progress and no notes; results and errors are still told\\.")
                .matcher(command(name).getUsageMessage().replaceAll("\\s+", " "));
        assertThat(help.find()).isNotEqualTo(WITHOUT_PROGRESS.contains(name));
    }

    @Test
    void quietLeavesTheResultAndTakesTheRest() throws Exception {
        Path ct = folder.resolve("ct.nii.gz");
        Grid grid = new Grid(new GridSize(16, 16, 8), Affine.scaled(4, 4, 4));
        NiftiWriter.writeInt16(ct, new CtVolume(grid, new float[16 * 16 * 8]));
        String[] words = {
            "segment", ct.toString(), "--preview", folder.resolve("page.html").toString()
        };
        var talking = new Program();
        assertThat(talking.run(words)).as(talking.err()).isEqualTo(Main.OK);
        var quiet = new Program();
        String[] quietly = Arrays.copyOf(words, words.length + 1);
        quietly[words.length] = "--quiet";
        assertThat(quiet.run(quietly)).isEqualTo(Main.OK);

        assertThat(talking.err()).contains("Reading " + ct, "Finding the regions");
        assertThat(quiet.err()).isEmpty();
        assertThat(quiet.out()).contains("missing: no lungs were found in this scan");
    }
}
