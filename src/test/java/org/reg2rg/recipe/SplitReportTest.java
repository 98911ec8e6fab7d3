package org.reg2rg.recipe;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.reg2rg.label.split.ChatStub;
import org.reg2rg.label.split.ChatStub.Reply;

class SplitReportTest {
    @TempDir
    private Path folder = Path.of("");

    private final Program program = new Program();

    private int split(String input, String... more) {
        var arguments = new ArrayList<>(List.of("split-report", input, "--out", folder + "/out.csv", "--quiet"));
        arguments.addAll(List.of(more));
        return program.run(arguments.toArray(String[]::new));
    }

    private String result() throws IOException {
        return Files.readString(folder.resolve("out.csv"));
    }

    @Test
    void aTableGivesTheLayoutThatTrainingReads() throws IOException {
        Path in = Files.writeString(folder.resolve("in.csv"), """
                AccNum,report
                s1,"Spleen normal. The trachea is open. Liver, ""large"". Come back."
                s2,
                """);

        assertThat(split(in.toString())).as(program.err()).isZero();

        assertThat(result()).isEqualTo("""
                        Volumename,Anatomy,Sentence
                        s1,abdomen,"Spleen normal. Liver, ""large"". Come back."
                        s1,trachea and bronchie,The trachea is open.
                        """);
        assertThat(program.out())
                .contains("2 reports, 4 sentences")
                .contains("1 reports are empty and have no rows: s2");
    }

    @Test
    void aTextFileAndATextAreOneReport() throws IOException {
        Path in = Files.writeString(folder.resolve("scan7.txt"), "The trachea is open.\n");
        assertThat(split(in.toString())).isZero();
        assertThat(result()).endsWith("\nscan7,trachea and bronchie,The trachea is open.\n");

        assertThat(split("The trachea is open. Follow-up is recommended.")).isZero();
        assertThat(result())
                .endsWith(
                        "\nreport,trachea and bronchie,The trachea is open.\nreport,other,Follow-up is recommended.\n");
    }

    @Test
    void badInputIsTold() throws IOException {
        assertThat(split("nothing.csv")).isEqualTo(Main.BAD_INPUT);
        assertThat(split("nothing")).isEqualTo(Main.BAD_INPUT);
        Path in = Files.writeString(folder.resolve("in.csv"), "id,text\na,x\na,y\n");
        assertThat(split(in.toString())).isEqualTo(Main.BAD_INPUT);
        assertThat(split(in.toString(), "--text-column", "report")).isEqualTo(Main.BAD_INPUT);
        Files.writeString(in, "id,words\na,x\n");
        assertThat(split(in.toString())).isEqualTo(Main.BAD_INPUT);
        assertThat(split("A b.", "--llm", "http://127.0.0.1:1")).isEqualTo(Main.BAD_INPUT);
        assertThat(split("A b.", "--llm-model", "x")).isEqualTo(Main.BAD_INPUT);
        assertThat(program.err())
                .contains("nothing.csv: no such file")
                .contains("nothing: neither a file nor a report")
                .contains("1 ids occur more than once: a")
                .contains("no column is named \"report\"; the columns are: id, text")
                .contains("name it with --text-column; the columns are: id, words")
                .contains("there is no --llm-model")
                .contains("there is no --llm;");
        assertThat(folder.resolve("out.csv")).doesNotExist();
    }

    @Test
    void aStoppedRunWithAModelGoesOnWhereItStopped() throws IOException {
        Path in = Files.writeString(folder.resolve("in.csv"), "id,text\na,One is here.\nb,Two is there.\n");
        try (var stub = new ChatStub()) {
            stub.then(_ -> Reply.content("{\"bone\": [\"One is here.\"]}"), _ -> new Reply(400, "out of tokens"));
            assertThat(split(in.toString(), "--llm", stub.url(), "--llm-model", "m"))
                    .isEqualTo(Main.BAD_INPUT);
            assertThat(program.err()).contains("the server refused (status 400: out of tokens)");
            assertThat(folder.resolve("out.csv")).doesNotExist();

            stub.then(_ -> Reply.content("{\"heart\": [\"Two is there.\"]}"));
            assertThat(split(in.toString(), "--llm", stub.url(), "--llm-model", "m"))
                    .isZero();
            assertThat(stub.requests()).hasSize(3);
        }
        assertThat(result()).endsWith("\na,bone,One is here.\nb,heart,Two is there.\n");
        assertThat(program.out()).contains("1 from the cache, 0 left to the rules");
    }
}
