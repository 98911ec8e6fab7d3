package org.reg2rg.ct.dicom;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;
import java.util.List;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.reg2rg.core.InputException;

/** Every lossless codec, every predictor, 8 to 16 bits: what dcmtk and gdcm packed comes out as it went in. */
class CodecsTest {
    private record Bytes(String name, byte[] bytes) implements ByteSource {
        @Override
        public InputStream open() {
            return new ByteArrayInputStream(bytes);
        }
    }

    static List<String> names() {
        return PackedSlices.names();
    }

    @ParameterizedTest
    @MethodSource("names")
    void packedPixelsAreThoseOfTheOriginal(String name) throws IOException {
        String original = name.substring(0, name.indexOf('.')) + ".raw";

        long[] pixels = numbers(new Bytes(name, PackedSlices.read(name)));

        assertThat(pixels).isEqualTo(numbers(new Bytes(original, PackedSlices.read(original))));
        assertThat(LongStream.of(pixels).distinct().count()).isGreaterThan(100);
    }

    /** Bytes that made the JPEG 2000 library read for ever; the fuzzer found them. */
    @Test
    @Timeout(10)
    void bytesThatCodedDataNeverHoldAreRefused() {
        byte[] j2k = PackedSlices.read("s16.j2k");
        int data = DicomReaderTest.indexOf(j2k, new byte[] {-1, (byte) 0x93}) + 2;
        j2k[data] = 0x7f;
        Arrays.fill(j2k, data + 1, data + 4, (byte) -1);

        assertThatThrownBy(() -> numbers(new Bytes("endless.dcm", j2k)))
                .isInstanceOf(InputException.class)
                .hasMessageStartingWith("endless.dcm: the JPEG 2000 pixels are damaged at byte ");
    }

    @Test
    void damageIsToldInWords() {
        byte[] rle = PackedSlices.read("u12.rle");
        byte[] cut = Arrays.copyOf(rle, rle.length - 60);
        byte[] jpeg = PackedSlices.read("u12.jpegls");
        int frame = DicomReaderTest.indexOf(jpeg, new byte[] {-1, (byte) 0xf7});
        jpeg[frame + 6] = 99; // the height

        assertThatThrownBy(() -> numbers(new Bytes("cut.dcm", cut)))
                .isInstanceOf(InputException.class)
                .hasMessageStartingWith("cut.dcm: the file ends early (expected ")
                .hasMessageEndingWith("; the file is damaged: copy it again from its source");
        assertThatThrownBy(() -> numbers(new Bytes("tall.dcm", jpeg)))
                .hasMessage("tall.dcm: the JPEG-LS image is 33×99 (expected 33×21);"
                        + " copy the file again, or ask for it uncompressed");
    }

    private static long[] numbers(ByteSource source) throws IOException {
        try (DicomFile file = DicomFile.open(source, ReadLimits.HEADER)) {
            DicomParser.Pixels pixels = file.pixels().orElseThrow();
            PixelFormat format = PixelFormat.of(file.data(), source.name());
            int count = file.data().integer(Tag.NUMBER_OF_FRAMES).orElse(1);
            var frames = new Frames(source.name(), format, FrameDecoder.of(file, pixels));
            var input = new FrameInput(file, pixels, format, count);
            long[] numbers = new long[count * format.pixels()];
            int at = 0;
            for (int f = 0; f < count; f++) {
                for (int word : frames.decode(input.next())) {
                    numbers[at++] = format.value(word);
                }
            }
            return numbers;
        }
    }
}
