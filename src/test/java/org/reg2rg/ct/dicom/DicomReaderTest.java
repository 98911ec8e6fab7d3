package org.reg2rg.ct.dicom;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Optional;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.reg2rg.core.InputException;
import org.reg2rg.core.Progress;
import org.reg2rg.ct.CtLoader;
import org.reg2rg.ct.CtVolume;
import org.reg2rg.ct.GridSize;
import org.reg2rg.ct.LoadedCt;
import org.reg2rg.ct.dicom.DicomBytes.Encoding;

/** Small series that the test writes itself, sound and broken. */
class DicomReaderTest {
    private static final double MICROMETRE = 1e-3;

    @TempDir
    private Path folder;

    private final TinyCt ct = new TinyCt();

    @Test
    void slicesAreOrderedByPlaceNotByNameOrNumber() throws IOException {
        ct.write(folder, 4);

        CtVolume volume = CtLoader.load(folder).volume();

        assertTinyVolume(volume, 4);
        assertThat(volume.grid().toWorld().m()).containsExactly(-2, 0, 0, 20, 0, -3, 0, 30, 0, 0, TinyCt.STEP, 10);
    }

    @ParameterizedTest
    @EnumSource
    void everyEncodingReadsTheSame(Encoding encoding) throws IOException {
        for (int k = 0; k < 3; k++) {
            Files.write(folder.resolve("part10-" + k), ct.slice(k).part10(encoding));
        }

        assertTinyVolume(CtLoader.load(folder).volume(), 3);
    }

    @ParameterizedTest
    @EnumSource
    void bareDataSetsRead(Encoding encoding) throws IOException {
        Path file = Files.write(folder.resolve("bare"), ct.slice(1).dataSet(encoding));

        CtVolume volume = CtLoader.load(file).volume();

        assertThat(volume.at(2, 3, 0)).isEqualTo(TinyCt.hu(2, 3, 1));
    }

    @Test
    void deflatedFilesRead() throws IOException {
        Path file = Files.write(folder.resolve("deflated.dcm"), ct.slice(2).deflated());

        assertThat(CtLoader.load(file).volume().at(5, 4, 0)).isEqualTo(TinyCt.hu(5, 4, 2));
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void framesOfAnEnhancedImageAreOrderedByPlace(boolean undefinedLengths) throws IOException {
        Path file = Files.write(
                folder.resolve("enhanced.dcm"),
                ct.enhanced(undefinedLengths, 2, 0, 1).part10(Encoding.EXPLICIT));

        assertTinyVolume(CtLoader.load(file).volume(), 3);
    }

    @Test
    void sequencesInsideUnknownValuesAreImplicit() throws IOException {
        byte[] item = new DicomBytes().text(0x0009_1001, "LO", "inside").dataSet(Encoding.IMPLICIT);
        byte[] sequence = DicomBytes.join(
                new byte[] {(byte) 0xfe, (byte) 0xff, 0, (byte) 0xe0, (byte) item.length, 0, 0, 0},
                item,
                new byte[] {(byte) 0xfe, (byte) 0xff, (byte) 0xdd, (byte) 0xe0, 0, 0, 0, 0});
        byte[] unknown = DicomBytes.join(new byte[] {9, 0, 0, 0x10, 'U', 'N', 0, 0, -1, -1, -1, -1}, sequence);
        byte[] whole = ct.slice(0).without(Tag.MODALITY).part10(Encoding.EXPLICIT);
        byte[] modality = {8, 0, 0x60, 0, 'C', 'S', 2, 0, 'C', 'T'};
        int at = indexOf(whole, new byte[] {0x10, 0, 0x10, 0});
        byte[] file = DicomBytes.join(
                Arrays.copyOf(whole, at), modality, unknown, Arrays.copyOfRange(whole, at, whole.length));

        Path path = Files.write(folder.resolve("unknown.dcm"), file);

        assertThat(CtLoader.load(path).volume().at(1, 1, 0)).isEqualTo(TinyCt.hu(1, 1, 0));
    }

    @Test
    void slopeAndInterceptAreThoseOfEachSlice() throws IOException {
        for (int k = 0; k < 3; k++) {
            DicomBytes slice =
                    ct.slice(k).text(Tag.RESCALE_SLOPE, "DS", "" + (k + 1)).text(Tag.RESCALE_INTERCEPT, "DS", "" + -k);
            Files.write(folder.resolve("s" + k), slice.part10(Encoding.EXPLICIT));
        }

        CtVolume volume = CtLoader.load(folder).volume();

        assertThat(volume.at(3, 2, 2)).isEqualTo(3 * TinyCt.stored(3, 2, 2) - 2);
        assertThat(volume.at(3, 2, 1)).isEqualTo(2 * TinyCt.stored(3, 2, 1) - 1);
    }

    @Test
    void paddingAndOutOfFieldValuesBecomeAir() throws IOException {
        byte[] pixels = TinyCt.pixels(1);
        pixels[0] = 0x30; // -2000
        pixels[1] = (byte) 0xf8;
        pixels[2] = 0x18; // -1000, the padding value
        pixels[3] = (byte) 0xfc;
        DicomBytes slice = ct.slice(1)
                .us(Tag.BITS_STORED, 16)
                .us(Tag.HIGH_BIT, 15)
                .us(Tag.PIXEL_REPRESENTATION, 1)
                .us(Tag.PADDING_VALUE, -1000 & 0xffff)
                .raw(Tag.PIXEL_DATA, "OW", pixels, 2);
        Path file = Files.write(folder.resolve("padded.dcm"), slice.part10(Encoding.EXPLICIT));

        LoadedCt loaded = CtLoader.load(file);

        assertThat(loaded.volume().at(0, 0, 0)).isEqualTo(-1024);
        assertThat(loaded.volume().at(1, 0, 0)).isEqualTo(-1024);
        assertThat(loaded.volume().at(2, 0, 0)).isEqualTo(TinyCt.hu(2, 0, 1));
        assertThat(loaded.warnings())
                .contains("6.7 % of the voxels lie outside of the scanner's field of view and were set to -1024 HU");
    }

    @Test
    void aPaddingValueWithinTheBodyIsNotBelieved() throws IOException {
        DicomBytes slice = ct.slice(10).us(Tag.PADDING_VALUE, TinyCt.stored(2, 2, 10));
        Path file = Files.write(folder.resolve("padded.dcm"), slice.part10(Encoding.EXPLICIT));

        assertThat(CtLoader.load(file).volume().at(2, 2, 0)).isEqualTo(TinyCt.hu(2, 2, 10));
    }

    @Test
    void thirtyTwoBitsAndEightBitsRead() throws IOException {
        byte[] wide = new byte[4 * TinyCt.COLUMNS * TinyCt.ROWS];
        wide[4] = -2;
        Arrays.fill(wide, 5, 8, (byte) -1); // -2
        DicomBytes slice = ct.slice(0)
                .us(Tag.BITS_ALLOCATED, 32)
                .us(Tag.BITS_STORED, 32)
                .us(Tag.HIGH_BIT, 31)
                .us(Tag.PIXEL_REPRESENTATION, 1)
                .raw(Tag.PIXEL_DATA, "OW", wide, 4);
        Path file32 = Files.write(folder.resolve("32.dcm"), slice.part10(Encoding.EXPLICIT));
        byte[] narrow = new byte[TinyCt.COLUMNS * TinyCt.ROWS];
        narrow[1] = (byte) 200;
        slice.us(Tag.BITS_ALLOCATED, 8)
                .us(Tag.BITS_STORED, 8)
                .us(Tag.HIGH_BIT, 7)
                .us(Tag.PIXEL_REPRESENTATION, 0)
                .raw(Tag.PIXEL_DATA, "OB", narrow, 1);
        Path file8 = Files.write(folder.resolve("8.dcm"), slice.part10(Encoding.EXPLICIT));

        assertThat(CtLoader.load(file32).volume().at(1, 0, 0)).isEqualTo(-1026);
        assertThat(CtLoader.load(file8).volume().at(1, 0, 0)).isEqualTo(200 - 1024);
    }

    @Test
    void bitsAboveTheStoredOnesAreOverlaysAndCutOff() throws IOException {
        byte[] pixels = TinyCt.pixels(3);
        pixels[1] |= (byte) 0xa0;
        Path file = Files.write(
                folder.resolve("overlay.dcm"),
                ct.slice(3).raw(Tag.PIXEL_DATA, "OW", pixels, 2).part10(Encoding.EXPLICIT));

        assertThat(CtLoader.load(file).volume().at(0, 0, 0)).isEqualTo(TinyCt.hu(0, 0, 3));
    }

    @Test
    void aZipReadsLikeItsFolder() throws IOException {
        ct.write(folder.resolve("study/ct"), 4);
        Path zip = folder.resolve("study.zip");
        try (var out = new ZipOutputStream(Files.newOutputStream(zip))) {
            for (int k = 3; k >= 0; k--) {
                out.putNextEntry(new ZipEntry("a/b/" + k));
                out.write(ct.slice(k).part10(Encoding.EXPLICIT));
            }
            out.putNextEntry(new ZipEntry("readme.txt"));
            out.write("not DICOM".getBytes(java.nio.charset.StandardCharsets.UTF_8));
        }

        LoadedCt loaded = CtLoader.load(zip);

        assertTinyVolume(loaded.volume(), 4);
        assertThat(loaded.sha256())
                .isEqualTo(CtLoader.load(folder.resolve("study")).sha256());
    }

    @Test
    void aZipThatUnpacksWithoutEndIsStopped() throws IOException {
        Path zip = folder.resolve("bomb.zip");
        byte[] zeros = new byte[1 << 20];
        byte[] head = ct.slice(0).without(Tag.PIXEL_DATA).part10(Encoding.EXPLICIT);
        try (var out = new ZipOutputStream(Files.newOutputStream(zip))) {
            out.putNextEntry(new ZipEntry("bomb"));
            out.write(head);
            out.write(new byte[] {0x29, 0, 0x10, 0, 'O', 'B', 0, 0, 0, 0, 0, 8}); // a value of 128 MB
            for (int n = 0; n < 128; n++) {
                out.write(zeros);
            }
        }

        assertThatThrownBy(() -> CtLoader.load(zip))
                .isInstanceOf(InputException.class)
                .hasMessageContaining("the zip unpacks to more than 200 times its size, which images do not;"
                        + " unpack it yourself and give the folder");
    }

    @Test
    void theChosenSeriesCanBeOverruled() throws IOException {
        new TinyCt().of("1.2.3.1").write(folder.resolve("a"), 4);
        new TinyCt().of("1.2.3.2").write(folder.resolve("b"), 6);

        LoadedCt best = CtLoader.load(folder);
        LoadedCt asked = DicomReader.load(folder, Optional.of("1.2.3.1"), Progress.Style.QUIET);

        assertThat(best.volume().size().z()).isEqualTo(6);
        assertThat(best.warnings())
                .containsExactly(
                        "read series 1.2.3.2 of 2: axial, 6 slices of 6×5, 4.00 mm apart," + " kernel unknown");
        assertThat(asked.volume().size().z()).isEqualTo(4);
        assertThatThrownBy(() -> DicomReader.load(folder, Optional.of("1.2.3.3"), Progress.Style.QUIET))
                .hasMessage(folder + ": no series 1.2.3.3; did you mean '1.2.3.2'?");
    }

    @Test
    void aDamagedFileAmongManyIsNamedAndItsSliceInterpolated() throws IOException {
        ct.write(folder, 12);
        Path damaged = folder.resolve("IM995"); // slice 5
        byte[] whole = Files.readAllBytes(damaged);
        Files.write(damaged, Arrays.copyOf(whole, 400));

        LoadedCt loaded = CtLoader.load(folder);

        assertThat(loaded.volume().size()).isEqualTo(new GridSize(6, 5, 12));
        assertThat(loaded.volume().at(2, 2, 5)).isCloseTo(TinyCt.hu(2, 2, 5), within((float) MICROMETRE));
        assertThat(loaded.warnings()).anyMatch(w -> w.startsWith(damaged + ": the file ends early"));
        assertThat(loaded.warnings()).contains("1 missing slices were interpolated from their neighbours");
    }

    private static void assertTinyVolume(CtVolume volume, int slices) {
        assertThat(volume.size()).isEqualTo(new GridSize(TinyCt.COLUMNS, TinyCt.ROWS, slices));
        for (int k = 0; k < slices; k++) {
            for (int j = 0; j < TinyCt.ROWS; j++) {
                for (int i = 0; i < TinyCt.COLUMNS; i++) {
                    assertThat(volume.at(i, j, k)).isEqualTo(TinyCt.hu(i, j, k));
                }
            }
        }
    }

    static int indexOf(byte[] all, byte[] part) {
        for (int at = 140; at + part.length <= all.length; at++) {
            if (Arrays.equals(all, at, at + part.length, part, 0, part.length)) {
                return at;
            }
        }
        throw new IllegalArgumentException("not there");
    }
}
