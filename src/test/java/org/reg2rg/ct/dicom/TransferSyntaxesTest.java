package org.reg2rg.ct.dicom;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.reg2rg.SharedFolder;
import org.reg2rg.core.InputException;

/** One CT slice in fifteen transfer syntaxes: the lossless ones decode to the same numbers, the others are refused. */
class TransferSyntaxesTest {
    private static final String FOLDER = "data/dicom/transfer-syntaxes/";

    @ParameterizedTest
    @ValueSource(
            strings = {
                "LittleEndianExplicitTransferSyntax_1.2.840.10008.1.2.1",
                "LittleEndianImplicitTransferSyntax_1.2.840.10008.1.2",
                "BigEndianExplicitTransferSyntax_1.2.840.10008.1.2.2",
                "DeflatedExplicitVRLittleEndianTransferSyntax_1.2.840.10008.1.2.1.99",
                "RLELosslessTransferSyntax_1.2.840.10008.1.2.5",
                "JPEGProcess14TransferSyntax_1.2.840.10008.1.2.4.57",
                "JPEGProcess14SV1TransferSyntax_1.2.840.10008.1.2.4.70",
                "JPEGLSLosslessTransferSyntax_1.2.840.10008.1.2.4.80",
                "JPEG2000LosslessOnlyTransferSyntax_1.2.840.10008.1.2.4.90"
            })
    void losslessSyntaxesDecodeToTheSameNumbers(String name) throws IOException {
        Path plain = SharedFolder.require(FOLDER + "CTImage.dcm");
        Path packed = SharedFolder.require(FOLDER + "CTImage.dcm_" + name + ".dcm");

        long[] numbers = numbers(packed);

        assertThat(numbers).isEqualTo(numbers(plain));
        assertThat(Arrays.stream(numbers).distinct().count()).isGreaterThan(1000);
    }

    @ParameterizedTest
    @CsvSource({
        "JPEGProcess1TransferSyntax_1.2.840.10008.1.2.4.50, JPEG Baseline, 1.2.840.10008.1.2.4.50",
        "JPEGProcess2_4TransferSyntax_1.2.840.10008.1.2.4.51, JPEG Extended, 1.2.840.10008.1.2.4.51",
        "JPEGProcess6_8TransferSyntax_1.2.840.10008.1.2.4.53, JPEG Spectral Selection, 1.2.840.10008.1.2.4.53",
        "JPEGProcess10_12TransferSyntax_1.2.840.10008.1.2.4.55, JPEG Full Progression, 1.2.840.10008.1.2.4.55",
        "JPEGLSLossyTransferSyntax_1.2.840.10008.1.2.4.81, JPEG-LS Lossy, 1.2.840.10008.1.2.4.81",
        "JPEG2000TransferSyntax_1.2.840.10008.1.2.4.91, JPEG 2000 (lossy allowed), 1.2.840.10008.1.2.4.91"
    })
    void lossySyntaxesAreRefusedByNameWithWhatToDo(String name, String syntax, String uid) {
        Path packed = SharedFolder.require(FOLDER + "CTImage.dcm_" + name + ".dcm");

        assertThatThrownBy(() -> numbers(packed))
                .isInstanceOf(InputException.class)
                .hasMessageContaining(syntax)
                .hasMessageContaining("(" + uid + "), which is not read (lossless syntaxes are)")
                .hasMessageEndingWith("ask the archive for the original as Explicit VR Little Endian,"
                        + " or unpack a lossless one with 'gdcmconv --raw IN OUT'");
    }

    @Test
    void aColourImageIsRefusedInWords() {
        Path ultrasound = SharedFolder.require(FOLDER + "no-pixel-spacing.dcm");

        assertThatThrownBy(() -> numbers(ultrasound))
                .isInstanceOf(InputException.class)
                .hasMessageEndingWith("a colour image (PALETTE COLOR, values a pixel: 1; expected grey values);"
                        + " give the CT images, not screenshots of them");
    }

    private static long[] numbers(Path path) throws IOException {
        try (DicomFile file = DicomFile.open(new PathSource(path), ReadLimits.HEADER)) {
            DicomParser.Pixels pixels = file.pixels().orElseThrow();
            PixelFormat format = PixelFormat.of(file.data(), path.toString());
            var frames = new Frames(path.toString(), format, FrameDecoder.of(file, pixels));
            int[] words = frames.decode(new FrameInput(file, pixels, format, 1).next());
            long[] numbers = new long[words.length];
            for (int i = 0; i < words.length; i++) {
                numbers[i] = format.value(words[i]);
            }
            return numbers;
        }
    }
}
