package org.reg2rg.ct.dicom;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.Charset;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.reg2rg.core.Progress;
import org.reg2rg.ct.CtLoader;
import org.reg2rg.ct.dicom.DicomBytes.Encoding;

/** Which series of a study is read, the reasons in words, and that nobody is named. */
class SeriesChoiceTest {
    @TempDir
    private Path folder;

    @Test
    void whatIsNoVolumeIsLeftOutWithItsReason() throws IOException {
        write("1", 3, slice -> slice.text(Tag.IMAGE_TYPE, "CS", "ORIGINAL\\PRIMARY\\LOCALIZER"));
        write("2", 3, slice -> slice.text(Tag.SERIES_DESCRIPTION, "LO", "Dose Report"));
        write("3", 3, slice -> slice.text(Tag.SOP_CLASS, "UI", "1.2.840.10008.5.1.4.1.1.7"));
        write("4", 3, slice -> slice.text(Tag.MODALITY, "CS", "SR"));
        write("5", 3, slice -> slice.text(Tag.IMAGE_TYPE, "CS", "DERIVED\\SECONDARY\\AXIAL\\MIP"));
        write("6", 3, slice -> slice.without(Tag.PIXEL_DATA));
        write("7", 3, slice -> slice);

        assertThat(reasons())
                .containsExactly(
                        "7: axial, 3 slices of 6×5, 4.00 mm apart, kernel unknown",
                        "1: scout images (localizer)",
                        "2: by its name a scout, dose sheet or contrast monitor",
                        "3: screenshots (secondary capture)",
                        "4: modality SR, not CT",
                        "5: projections or pictures (DERIVED SECONDARY AXIAL MIP)",
                        "6: no pixel data");
    }

    @Test
    void theBestIsAxialSoftThinAndLong() throws IOException {
        write("1", 40, slice -> slice.text(Tag.CONVOLUTION_KERNEL, "SH", "B70f"));
        write("2", 40, slice -> slice.text(Tag.CONVOLUTION_KERNEL, "SH", "B31f"));
        write("3", 41, slice -> slice.text(Tag.CONVOLUTION_KERNEL, "SH", "STANDARD"));
        write("4", 50, slice -> slice.text(Tag.SERIES_DESCRIPTION, "LO", "Abdomen soft"));
        write("5", 40, slice -> slice.text(Tag.CONVOLUTION_KERNEL, "SH", "B31f"));
        writeCoronal("6");

        assertThat(reasons())
                .containsExactly(
                        "3: axial, 41 slices of 6×5, 4.00 mm apart, soft-tissue kernel (STANDARD)",
                        "2: axial, 40 slices of 6×5, 4.00 mm apart, soft-tissue kernel (B31f); ranks behind: fewer slices",
                        "5: axial, 40 slices of 6×5, 4.00 mm apart, soft-tissue kernel (B31f); ranks behind: fewer slices",
                        "1: axial, 40 slices of 6×5, 4.00 mm apart, sharp kernel (B70f); ranks behind: its kernel",
                        "4: axial, 50 slices of 6×5, 4.00 mm apart, soft-tissue kernel;"
                                + " ranks behind: not (all of) the chest",
                        "6: coronal, 4 slices of 6×5, 4.00 mm apart, kernel unknown; ranks behind: not axial");
    }

    @Test
    void whereNothingCanBeReadTheReasonsAreTold() throws IOException {
        write("1", 3, slice -> slice.text(Tag.IMAGE_TYPE, "CS", "ORIGINAL\\PRIMARY\\LOCALIZER"));

        assertThatThrownBy(() -> CtLoader.load(folder))
                .hasMessage(folder + ": no CT volume in 1 series (series 1.2.3.1: scout images (localizer));"
                        + " see './reg2rg inspect' for all of them");
    }

    @Test
    void nobodyIsNamedUnlessAskedFor() throws IOException {
        write("1", 3, slice -> slice.text(Tag.SERIES_DESCRIPTION, "LO", "Thorax winter 3.0 B31f"));

        String text = DicomReader.describe(folder, false, Progress.Style.QUIET);
        String named = DicomReader.describe(folder, true, Progress.Style.QUIET);

        assertThat(text).contains("\"Thorax [removed] 3.0 B31f\"").contains("would be read: axial, 3 slices");
        assertThat(text.toLowerCase(java.util.Locale.ROOT)).doesNotContain("winter", "anna", "4711", "1950");
        assertThat(named).contains("patient: WINTER^ANNA", "patient ID: ID-4711", "born: 19500102");
    }

    @Test
    void lettersOfEveryCharacterSetAreRead() {
        assertThat(decoded("ISO_IR 100", "Lungenübersicht", "ISO-8859-1")).isEqualTo("Lungenübersicht");
        assertThat(decoded("ISO_IR 144", "Грудь", "ISO-8859-5")).isEqualTo("Грудь");
        assertThat(decoded("ISO_IR 192", "胸部 Thorax", "UTF-8")).isEqualTo("胸部 Thorax");
        assertThat(decoded("GB18030", "胸部", "GB18030")).isEqualTo("胸部");
        assertThat(decoded("\\ISO 2022 IR 87", "胸部 CT", "ISO-2022-JP")).isEqualTo("胸部 CT");
        assertThat(decoded("unheard of", "Thorax", "ISO-8859-1")).isEqualTo("Thorax");
        var korean = new DicomCharset(java.nio.charset.StandardCharsets.US_ASCII, true);
        byte[] escaped = DicomBytes.join(
                new byte[] {0x1b, '$', ')', 'C'},
                "흉부".getBytes(Charset.forName("EUC-KR")),
                " CT".getBytes(Charset.forName("EUC-KR")));
        assertThat(korean.decode(escaped)).isEqualTo("흉부 CT");
    }

    private static String decoded(String term, String text, String charset) {
        return DicomCharset.of(List.of(term.split("\\\\", -1))).decode(text.getBytes(Charset.forName(charset)));
    }

    /** The number of each series and its reason, best first. */
    private List<String> reasons() throws IOException {
        try (SourceFolder sources = SourceFolder.open(folder)) {
            Study study = Study.index(sources, Progress.Style.QUIET);
            return SeriesChoice.of(study, "study").verdicts().stream()
                    .map(v -> v.series().uid().substring("1.2.3.".length()) + ": " + v.reason())
                    .toList();
        }
    }

    private void write(String number, int slices, UnaryOperator<DicomBytes> change) throws IOException {
        TinyCt ct = new TinyCt().of("1.2.3." + number);
        for (int k = 0; k < slices; k++) {
            Files.write(
                    folder.resolve(number + "-" + k), change.apply(ct.slice(k)).part10(Encoding.EXPLICIT));
        }
    }

    private void writeCoronal(String number) throws IOException {
        TinyCt ct = new TinyCt().of("1.2.3." + number);
        for (int k = 0; k < 4; k++) {
            DicomBytes slice = ct.slice(k, 0, 4 * k, 0).text(Tag.IMAGE_ORIENTATION, "DS", "1\\0\\0\\0\\0\\-1");
            Files.write(folder.resolve(number + "-" + k), slice.part10(Encoding.EXPLICIT));
        }
    }
}
