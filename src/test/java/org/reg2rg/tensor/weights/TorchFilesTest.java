package org.reg2rg.tensor.weights;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.reg2rg.core.InputException;

/** Files of torch.save: written ones are read back; hand-made hostile ones are refused and never carried out. */
class TorchFilesTest {
    private static final WeightOutput SHARED = WeightOutput.floats("shared", List.of(2L, 2L), new float[] {1, 2, 3, 4});
    private static final String TENSOR = "torch._utils\n_rebuild_tensor_v2\n";

    private static final Path STATUS = Path.of("/proc/self/status");
    private static final long LARGE_BYTES = 32L << 20;
    private static final int LARGE_TENSORS = 8;

    @TempDir
    Path folder;

    @Test
    void readsWhatItWroteAndKeepsASharedStorageOnce() throws IOException {
        Path file = folder.resolve("a.bin");
        TorchZipWriter.write(file, sample());
        try (WeightSource source = WeightFiles.open(file)) {
            assertThat(source.entries()).extracting(WeightEntry::name).containsExactly("one", "b", "two", "scalar");
            assertThat(source.floats("two")).containsExactly(1, 2, 3, 4);
            assertThat(source.entry("one").storage())
                    .isEqualTo(source.entry("two").storage());
            assertThat(source.entry("scalar").shape()).isEmpty();
            assertThat(source.floats("scalar")).containsExactly(42);
        }
        TorchZipWriter.write(folder.resolve("b.bin"), sample());
        assertThat(folder.resolve("b.bin")).hasSameBinaryContentAs(file);
    }

    @Test
    void aWalkOverALargeFileKeepsLittleOfItResident() throws IOException {
        Assumptions.assumeTrue(Files.isReadable(STATUS), "skipped: no " + STATUS);
        var tensors = new LinkedHashMap<String, WeightOutput>();
        var block = new byte[1 << 20];
        for (int i = 0; i < LARGE_TENSORS; i++) {
            tensors.put("t" + i, new WeightOutput("t" + i, WeightType.UINT8, List.of(LARGE_BYTES), out -> {
                for (long done = 0; done < LARGE_BYTES; done += block.length) {
                    out.write(block);
                }
            }));
        }
        Path file = folder.resolve("large.bin");
        TorchZipWriter.write(file, tensors);
        try (WeightSource source = WeightFiles.open(file)) {
            long before = residentFileBytes();
            for (String name : tensors.keySet()) {
                WeightOutput.converted(name, source, name, WeightType.UINT8)
                        .data()
                        .writeTo(OutputStream.nullOutputStream());
            }
            assertThat(residentFileBytes() - before).isLessThan(2 * LARGE_BYTES);
        }
    }

    private static long residentFileBytes() throws IOException {
        return Files.readAllLines(STATUS).stream()
                .filter(line -> line.startsWith("RssFile:"))
                .mapToLong(line -> 1024 * Long.parseLong(line.replaceAll("\\D", "")))
                .sum();
    }

    @Test
    void noticesAFlippedBitWhenTheTensorIsAskedFor() throws IOException {
        Path file = folder.resolve("a.bin");
        TorchZipWriter.write(file, sample());
        byte[] bytes = Files.readAllBytes(file);
        int place = indexOf(bytes, new byte[] {0, 0, (byte) 0x80, 0x3F, 0, 0, 0, 0x40});
        bytes[place] ^= 1;
        Files.write(file, bytes);
        try (WeightSource source = WeightFiles.open(file)) {
            assertThat(source.floats("scalar")).containsExactly(42);
            assertThatThrownBy(() -> source.bytes("one"))
                    .isInstanceOf(InputException.class)
                    .hasMessage(
                            file + ": the file is cut off or damaged: the checksum of record archive/data/0 does not"
                                    + " match; download or write the file again");
        }
    }

    @Test
    void readsTheOlderLayout() throws IOException {
        Path file = folder.resolve("old.bin");
        Files.write(file, legacy(stateDict("posix\nsystem\n", TENSOR)));
        try (WeightSource source = WeightFiles.open(file)) {
            assertThat(source.entries()).extracting(WeightEntry::name).containsExactly("x");
            assertThat(source.floats("x")).containsExactly(1, 3);
        }
    }

    @Test
    void everyCutOfAFileIsRefusedOrKeepsItsValues() throws IOException {
        byte[] whole = legacy(stateDict("", TENSOR));
        Path zipFile = folder.resolve("zip.bin");
        TorchZipWriter.write(zipFile, sample());
        for (byte[] bytes : List.of(whole, Files.readAllBytes(zipFile))) {
            for (int length = 1; length < bytes.length; length++) {
                Path file = folder.resolve("cut.bin");
                Files.write(file, Arrays.copyOf(bytes, length));
                assertThatThrownBy(() -> WeightFiles.open(file)).isInstanceOf(InputException.class);
            }
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"posix\nsystem\n", "builtins\neval\n", "torch\nload\n", "torch.hub\nload\n"})
    void refusesAndNamesWhatAPickleAsksFor(String global) throws IOException {
        Path file = folder.resolve("hostile.bin");
        Files.write(file, legacy(stateDict("", global)));
        assertThatThrownBy(() -> WeightFiles.open(file))
                .isInstanceOf(InputException.class)
                .hasMessageStartingWith(file + ": the pickle asks for the Python object '"
                        + global.strip().replace('\n', '.') + "', which is not allowed in a file of weights");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            80 02 7d 52 30 2e                | a list or tuple was expected
            80 02 29 52 2e                   | a value is taken from an empty stack
            80 02 4e 28 30 2e                | a value is taken from an empty stack
            80 02 58 ff ff ff ff 61 2e       | 4294967295 bytes are announced
            80 02 8d ff ff ff ff ff ff ff ff | 18446744073709551615 bytes are announced
            80 02 8e ff ff ff ff ff ff ff 7f | 9223372036854775807 bytes are announced
            80 02 8b ff ff ff 7f             | a number of 2147483647 bytes
            80 02 8b 00 00 00 00 2e          | no magic
            80 02 68 07 2e                   | memo 7 was never stored
            80 02 74 2e                      | the stack has no mark
            80 02 4e 75 2e                   | the stack has no mark
            80 02 4e 4e 4e 73 2e             | an entry is set where there is no dictionary
            80 02 4e 4e 2e                   | values are left over at its end
            80 02 4e 51 2e                   | a list or tuple was expected
            80 02 29 51 2e                   | a storage is not described as torch does it
            80 02 4e 29 52 2e                | something is called that has no name
            80 02 69 2e                      | code 0x69 at byte 2 has no place in it
            80 02 50 61 0a 2e                | code 0x50 at byte 2 has no place in it
            80 02 80 09 2e                   | protocol 9
            """)
    void refusesADamagedPickle(String hex, String problem) throws IOException {
        Path file = folder.resolve("damaged.bin");
        Files.write(file, HexFormat.ofDelimiter(" ").parseHex(hex));
        assertThatThrownBy(() -> WeightFiles.open(file))
                .isInstanceOf(InputException.class)
                .hasMessageContaining(problem.equals("no magic") ? "without the magic number of torch" : problem);
    }

    @Test
    @Timeout(10)
    void aPickleThatDoublesItselfWithoutEndIsRefused() throws IOException {
        var object = new Bytes().raw(0x80, 2, '}').text("a").raw(']', 'q', 0);
        for (int i = 0; i < 60; i++) {
            object.raw(']', 'h', i, 'a', 'h', i, 'a', 'q', i + 1);
        }
        for (int i = 0; i < 60; i++) {
            object.raw('0'); // the lists live on in the memo
        }
        object.raw('0', 'h', 60, 's', '.');
        Path file = folder.resolve("bomb.bin");
        Files.write(file, legacy(object.bytes()));
        assertThatThrownBy(() -> WeightFiles.open(file))
                .isInstanceOf(InputException.class)
                .hasMessageContaining("no state dict in the file: its values are nested more than");
    }

    @Test
    void anIndexMustNotPointOutsideItsFolder() throws IOException {
        Path index = folder.resolve("model.safetensors.index.json");
        Files.writeString(index, "{\"weight_map\": {\"x\": \"../x.safetensors\"}}");
        assertThatThrownBy(() -> WeightFiles.open(folder))
                .isInstanceOf(InputException.class)
                .hasMessage(index + ": names the shard '../x.safetensors'; a shard name must be a plain file name;"
                        + " download or write the folder again");
    }

    @Test
    void namesAllKeysThatDiffer() {
        Map<String, List<Long>> expected = Map.of("a", List.of(1L), "b", List.of(2L), "c", List.of(3L, 3L));
        Map<String, List<Long>> found = Map.of("b", List.of(2L), "c", List.of(3L, 4L), "d", List.of());
        assertThatThrownBy(() -> KeyCheck.require("w.bin", expected, found))
                .isInstanceOf(InputException.class)
                .hasMessage(
                        "w.bin: its tensors are not those of the model: 1 missing: a; 1 unexpected: d;"
                                + " 1 wrongly shaped: c (expected [3, 3], got [3, 4]); give the file that belongs to this model");
    }

    private static LinkedHashMap<String, WeightOutput> sample() {
        var tensors = new LinkedHashMap<String, WeightOutput>();
        tensors.put("one", SHARED);
        tensors.put("b", WeightOutput.floats("b", List.of(3L), new float[] {5, 6, 7}));
        tensors.put("two", SHARED);
        tensors.put("scalar", WeightOutput.longs("scalar", List.of(), new long[] {42}));
        return tensors;
    }

    /** An OrderedDict with the tensor x = storage[0:4:2]; attributes that name {@code inMetadata} as a text only. */
    private static byte[] stateDict(String inMetadata, String builder) {
        return new Bytes()
                .raw(0x80, 2)
                .ascii("ccollections\nOrderedDict\n")
                .raw(')', 'R', '(')
                .text("x")
                .ascii("c" + builder)
                .raw('(', '(')
                .text("storage")
                .ascii("ctorch\nFloatStorage\n")
                .text("123")
                .text("cpu")
                .raw('K', 4, 't', 'Q', 'K', 0, 'K', 2, 0x85, 'K', 2, 0x85, 0x89, '}', 't', 'R', 'u', '}')
                .text("_metadata")
                .text(inMetadata)
                .raw('s', 'b', '.')
                .bytes();
    }

    private static byte[] legacy(byte[] object) {
        return new Bytes()
                .raw(0x80, 2, 0x8a, 10, 0x6c, 0xfc, 0x9c, 0x46, 0xf9, 0x20, 0x6a, 0xa8, 0x50, 0x19, '.')
                .raw(0x80, 2, 'M', 0xe9, 3, '.', 0x80, 2, '}')
                .text("little_endian")
                .raw(0x88, 's', '.')
                .raw(object)
                .raw(0x80, 2, ']')
                .text("123")
                .raw('a', '.')
                .raw(ByteBuffer.allocate(24)
                        .order(ByteOrder.LITTLE_ENDIAN)
                        .putLong(4)
                        .putFloat(1)
                        .putFloat(2)
                        .putFloat(3)
                        .putFloat(4)
                        .array())
                .bytes();
    }

    private static int indexOf(byte[] bytes, byte[] wanted) {
        for (int i = 0; i + wanted.length <= bytes.length; i++) {
            if (Arrays.equals(bytes, i, i + wanted.length, wanted, 0, wanted.length)) {
                return i;
            }
        }
        throw new AssertionError("not found");
    }

    /** A pickle put together by hand. */
    private static final class Bytes {
        private final ByteArrayOutputStream out = new ByteArrayOutputStream();

        Bytes raw(int... values) {
            for (int value : values) {
                out.write(value);
            }
            return this;
        }

        Bytes raw(byte[] values) {
            out.writeBytes(values);
            return this;
        }

        Bytes ascii(String text) {
            return raw(text.getBytes(StandardCharsets.US_ASCII));
        }

        Bytes text(String text) {
            byte[] utf8 = text.getBytes(StandardCharsets.UTF_8);
            return raw('X', utf8.length, 0, 0, 0).raw(utf8);
        }

        byte[] bytes() {
            return out.toByteArray();
        }
    }
}
