package org.reg2rg.recipe;

import static org.assertj.core.api.Assertions.assertThat;

import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.reader.NamedCsvRecord;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.reg2rg.report.Finding;

class LabelTest {
    @TempDir
    private Path folder = Path.of("");

    private final Program program = new Program();

    private int label(String csv) throws IOException {
        Files.writeString(folder.resolve("in.csv"), csv);
        return program.run("label", folder + "/in.csv", "--out", folder + "/out.csv", "--quiet");
    }

    private List<NamedCsvRecord> result() throws IOException {
        var rows = new ArrayList<NamedCsvRecord>();
        try (var reader = CsvReader.builder().ofNamedCsvRecord(folder.resolve("out.csv"))) {
            reader.forEach(rows::add);
        }
        return rows;
    }

    @Test
    void writesLabelsAndSentencesInTheOrderOfTheRows() throws IOException {
        int code = label("""
                AccessionNo,Emphysema,report_text
                b,1,"Hiatal hernia. No ""pleural"" effusion."
                a,1,
                b,0,"Nodule in the
                right lung, and emphysema."
                """);

        assertThat(code).as(program.err()).isZero();
        List<NamedCsvRecord> rows = result();
        assertThat(rows.getFirst().getHeader())
                .hasSize(2 + 2 * Finding.values().length)
                .startsWith("AccessionNo", "report_text", "Medical material")
                .endsWith("Interlobular septal thickening__sentence");
        assertThat(rows).extracting(row -> row.getField("AccessionNo")).containsExactly("b", "a", "b");
        assertThat(rows).extracting(row -> row.getField("Hiatal hernia")).containsExactly("1", "0", "0");
        assertThat(rows).extracting(row -> row.getField("Emphysema")).containsExactly("0", "0", "1");
        assertThat(rows.get(0).getField("report_text")).isEqualTo("Hiatal hernia. No \"pleural\" effusion.");
        assertThat(rows.get(0).getField("Hiatal hernia__sentence")).isEqualTo("Hiatal hernia.");
        assertThat(rows.get(0).getField("Pleural effusion")).isEqualTo("0");
        assertThat(rows.get(0).getField("Pleural effusion__sentence")).isEqualTo("No \"pleural\" effusion.");
        assertThat(rows.get(2).getField("Emphysema__sentence")).isEqualTo("Nodule in the\nright lung, and emphysema.");
        assertThat(program.out())
                .contains("3 reports labelled by rules")
                .contains("1 reports are empty")
                .contains("1 rows repeat an id, all are kept: b");
    }

    @Test
    void everyDecisionCanBeExplained() throws IOException {
        Files.writeString(folder.resolve("in.csv"), "id,report_text\n7,\"No emphysema. Hiatal hernia.\"\n");
        int code = program.run(
                "label", folder + "/in.csv", "--out", folder + "/out.csv", "--explain", folder + "/why.csv", "--quiet");
        assertThat(code).as(program.err()).isZero();
        assertThat(folder.resolve("why.csv")).hasContent("""
                        id,finding,verdict,matched,rule,reason,sentence
                        7,Hiatal hernia,present,Hiatal hernia,hernia of the stomach,,Hiatal hernia.
                        7,Emphysema,absent,emphysema,emphysema,No,No emphysema.
                        """);
        assertThat(program.run("label", folder + "/in.csv", "--out", folder + "/a.csv", "--explain", folder + "/a.csv"))
                .isEqualTo(Main.BAD_INPUT);
    }

    @Test
    void sameInputGivesSameBytes() throws IOException {
        label("id,report_text\n1,Emphysema.\n2,Consolidation in the left lung.\n");
        byte[] first = Files.readAllBytes(folder.resolve("out.csv"));
        label("id,report_text\n1,Emphysema.\n2,Consolidation in the left lung.\n");
        assertThat(Files.readAllBytes(folder.resolve("out.csv"))).isEqualTo(first);
    }

    @Test
    void aFileWithABomAndWindowsLinesIsRead() throws IOException {
        assertThat(label("\uFEFFreport_text\r\nEmphysema.\r\nClear.\r\n")).isZero();
        assertThat(result()).extracting(row -> row.getField("id")).containsExactly("1", "2");
    }

    @Test
    void badFilesAreToldAndNothingIsWritten() throws IOException {
        expectError("id,text\n1,x\n", "no column is named \"report_text\"; the columns are: id, text");
        expectError("", "the file is empty");
        expectError("id,report_text\n1,a\n2\n", "another number of cells than the header (expected 2, got 1)");
        expectError("id,report_text\n1,\"a\n2,b\n", "a quotation mark is never closed");
        expectError("id,report_text\n1,\"a\"b\n", "not readable as CSV");
        expectError("id,report_text\n1," + "x".repeat(17_000_000) + "\n", "a cell holds at most 16777216 characters");
        Files.write(folder.resolve("in.csv"), "id,report_text\n1,\u00e9\n".getBytes(StandardCharsets.ISO_8859_1));
        expectError(Files.exists(folder.resolve("in.csv")), "the text is not UTF-8; convert it first");
        Files.delete(folder.resolve("in.csv"));
        expectError(true, "no such file");
    }

    private void expectError(String csv, String message) throws IOException {
        Files.writeString(folder.resolve("in.csv"), csv);
        expectError(true, message);
    }

    private void expectError(boolean ready, String message) {
        assertThat(ready).isTrue();
        var fresh = new Program();
        int code = fresh.run("label", folder + "/in.csv", "--out", folder + "/out.csv", "--quiet");
        assertThat(fresh.err()).contains(message);
        assertThat(code).isEqualTo(Main.BAD_INPUT);
        assertThat(folder.resolve("out.csv")).doesNotExist();
    }

    @Test
    void wrongOptionsAreTold() throws IOException {
        label("id,report_text\n1,x\n");
        assertThat(program.run("label", folder + "/in.csv", "--out", folder + "/in.csv"))
                .isEqualTo(Main.BAD_INPUT);
        assertThat(program.err()).contains("in.csv: is named twice; choose another name for --out");
        assertThat(program.run("label", folder + "/in.csv", "--labeller", "rulez", "--out", folder + "/out.csv"))
                .isEqualTo(Main.BAD_INPUT);
        assertThat(program.err()).contains("--labeller rulez: neither \"rules\" nor a folder");
    }
}
