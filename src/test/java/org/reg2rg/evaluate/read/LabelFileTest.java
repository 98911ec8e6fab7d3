package org.reg2rg.evaluate.read;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.reg2rg.report.Finding;

class LabelFileTest {
    private static final String HEADER = "AccNum,"
            + Stream.of("GT_", "Pred_")
                    .flatMap(side -> Finding.labels().stream().map(label -> side + label))
                    .collect(Collectors.joining(","))
            + "\n";
    private static final String ZEROS = String.join(",", Collections.nCopies(18, "0"));

    @TempDir
    private Path folder = Path.of("");

    private Path file(String rows) throws IOException {
        return Files.writeString(folder.resolve("labels.csv"), HEADER + rows);
    }

    @Test
    void readsBothSides() throws IOException {
        LabelFile labels = LabelFile.read(file("a,1,1.0," + "0,".repeat(16) + ZEROS + "\n"), "AccNum");
        assertThat(labels.find("a").orElseThrow().reference().present())
                .containsExactly(Finding.MEDICAL_MATERIAL, Finding.ARTERIAL_WALL_CALCIFICATION);
        assertThat(labels.find("a").orElseThrow().predictionBits()).isZero();
        assertThat(labels.find("b")).isEmpty();
    }

    @Test
    void refusesWhatIsNoLabel() throws IOException {
        Path file = file("a,maybe," + "0,".repeat(17) + ZEROS + "\n");
        assertThatThrownBy(() -> LabelFile.read(file, "AccNum"))
                .hasMessage(
                        file + " line 2: column 'GT_Medical material' expected 0 or 1, got 'maybe'; repair the cell");
        Path short1 = file("a,1\n");
        assertThatThrownBy(() -> LabelFile.read(short1, "AccNum"))
                .hasMessage(short1 + " line 2: expected 37 cells, got 2; repair the row");
    }

    @Test
    void refusesTwoRowsThatDiffer() throws IOException {
        Path file = file("a," + ZEROS + "," + ZEROS + "\na,1," + "0,".repeat(17) + ZEROS + "\n");
        assertThatThrownBy(() -> LabelFile.read(file, "AccNum"))
                .hasMessage(file + " line 3: a second row of a has other labels; keep one of them");
    }

    @Test
    void columnsAreThePublishedNames() {
        assertThat(List.of(HEADER.strip().split(",")))
                .contains("GT_Lung nodule", "Pred_Interlobular septal thickening");
    }
}
