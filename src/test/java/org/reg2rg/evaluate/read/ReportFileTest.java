package org.reg2rg.evaluate.read;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.reg2rg.core.InputException;

class ReportFileTest {
    private static final String TEXT =
            "AccNum,GT_combined_report,Pred_combined_report\r\n7,\"naïve, ü\",\"two\nlines\"\r\n";

    @TempDir
    private Path folder = Path.of("");

    private Path file(byte[] content) throws IOException {
        return Files.write(folder.resolve("reports.csv"), content);
    }

    private Path file(String content) throws IOException {
        return file(content.getBytes(StandardCharsets.UTF_8));
    }

    private static List<ReportRow> rows(Path file) throws IOException {
        var rows = new ArrayList<ReportRow>();
        ReportFile.open(file, ReportFile.Columns.defaults()).read(rows::add);
        return rows;
    }

    @ParameterizedTest
    @ValueSource(strings = {"UTF-8", "windows-1252", "UTF-16"})
    void readsAnyUsualEncoding(String charset) throws IOException {
        assertThat(rows(file(TEXT.getBytes(Charset.forName(charset)))))
                .containsExactly(new ReportRow(2, "7", "naïve, ü", "two\nlines", ""));
    }

    @Test
    void skipsAByteOrderMark() throws IOException {
        assertThat(rows(file("\ufeff" + TEXT)).getFirst().id()).isEqualTo("7");
    }

    @Test
    void takesTheOnlyPairOfReportColumns() throws IOException {
        Path file = file("id,GT_whole_report,Pred_whole_report\na,x,y\n");
        assertThat(rows(file)).containsExactly(new ReportRow(2, "line 2", "x", "y", ""));
        var named = new ReportFile.Columns("id", "", "");
        var rows = new ArrayList<ReportRow>();
        ReportFile.open(file, named).read(rows::add);
        assertThat(rows.getFirst().id()).isEqualTo("a");
    }

    @Test
    void missingColumnNamesThosePresent() throws IOException {
        Path file = file("AccNum,truth,text\n1,a,b\n");
        assertThatThrownBy(() -> ReportFile.open(file, ReportFile.Columns.defaults()))
                .isInstanceOf(InputException.class)
                .hasMessage(file + ": no column 'GT_combined_report' and not exactly one 'GT_*report'; it has"
                        + " [AccNum, truth, text]; name the columns with --reference-column and"
                        + " --prediction-column");
        assertThatThrownBy(() -> ReportFile.open(file, new ReportFile.Columns("study", "truth", "text")))
                .hasMessage(file + ": no column 'study'; it has [AccNum, truth, text]; name the right column with the"
                        + " option for it");
    }

    @Test
    void emptyAndMissingFilesAreErrors() throws IOException {
        Path empty = file("");
        assertThatThrownBy(() -> rows(empty))
                .hasMessage(empty + ": the file is empty; give a CSV file with a header line");
        Path missing = folder.resolve("none.csv");
        assertThatThrownBy(() -> rows(missing)).hasMessage(missing + ": no such file; check the path");
    }

    @Test
    void brokenQuotingNamesItsPlace() throws IOException {
        Path file = file("AccNum,GT_combined_report,Pred_combined_report\n1,a,b\n2,\"a\"x,b\n3,c,d\n");
        assertThatThrownBy(() -> rows(file))
                .isInstanceOf(InputException.class)
                .hasMessageStartingWith(file + ": not readable as CSV behind line 2 (")
                .hasMessageEndingWith("check the quotation marks there; a cell may have 1048576 characters");
        Path open = file("AccNum,GT_combined_report,Pred_combined_report\n1,a,b\n2,\"a,b\n3,c,d\n");
        assertThatThrownBy(() -> rows(open)).isInstanceOf(InputException.class);
    }

    @Test
    void hugeCellIsRefusedWithoutReadingItWhole() throws IOException {
        Path file = folder.resolve("huge.csv");
        byte[] megabyte = "word ".repeat(200_000).getBytes(StandardCharsets.UTF_8);
        try (OutputStream out = Files.newOutputStream(file)) {
            out.write("AccNum,GT_combined_report,Pred_combined_report\n1,a,\"".getBytes(StandardCharsets.UTF_8));
            for (int i = 0; i < 100; i++) {
                out.write(megabyte);
            }
            out.write("\"\n".getBytes(StandardCharsets.UTF_8));
        }
        assertThatThrownBy(() -> rows(file))
                .isInstanceOf(InputException.class)
                .hasMessageContaining("a cell may have 1048576 characters");
    }
}
