package org.reg2rg.tensor.weights;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.reg2rg.core.InputException;

/** Safetensors files: what is written is read back, equal input gives equal bytes, and a lying header is refused. */
class SafetensorsTest {
    @TempDir
    Path folder;

    @Test
    void readsWhatItWrote() throws IOException {
        Path file = folder.resolve("a.safetensors");
        SafetensorsWriter.write(file, Map.of("made", "by a test"), sample());
        try (WeightSource source = WeightFiles.open(file)) {
            assertThat(source.entries())
                    .extracting(WeightEntry::name)
                    .containsExactly("ids", "matrix", "empty", "bits");
            assertThat(source.entry("matrix").shape()).containsExactly(2L, 3L);
            assertThat(source.floats("matrix")).containsExactly(1, -2, 0.5f, Float.NEGATIVE_INFINITY, 4, 1e-40f);
            assertThat(source.floats("ids")).containsExactly(7, -1);
            assertThat(source.bytes("ids").get(WeightValues.LONG, 8)).isEqualTo(-1);
            assertThat(source.floats("empty")).isEmpty();
            assertThat(source.entry("bits").type()).isEqualTo(WeightType.BFLOAT16);
            assertThat(source.floats("bits")).containsExactly(1, 2);
        }
    }

    @Test
    void equalInputGivesEqualBytes() throws IOException {
        Path one = folder.resolve("1");
        Path two = folder.resolve("2");
        SafetensorsWriter.write(one, Map.of("b", "2", "a", "1"), sample());
        SafetensorsWriter.write(two, Map.of("a", "1", "b", "2"), sample());
        assertThat(Files.readAllBytes(one)).isEqualTo(Files.readAllBytes(two));
    }

    @Test
    void convertsWhileItWrites() throws IOException {
        Path file = folder.resolve("a.safetensors");
        SafetensorsWriter.write(file, Map.of(), sample());
        Path converted = folder.resolve("b.safetensors");
        try (WeightSource source = WeightFiles.open(file)) {
            SafetensorsWriter.write(
                    converted, Map.of(), List.of(WeightOutput.converted("m", source, "matrix", WeightType.BFLOAT16)));
        }
        try (WeightSource source = WeightFiles.open(converted)) {
            assertThat(source.floats("m"))
                    .containsExactly(1, -2, 0.5f, Float.NEGATIVE_INFINITY, 4, Float.intBitsToFloat(0x10000));
        }
    }

    @Test
    void leavesNothingBehindWhenATensorFails() {
        Path file = folder.resolve("a.safetensors");
        var broken = new WeightOutput("x", WeightType.FLOAT32, List.of(4L), out -> out.write(1));
        assertThatThrownBy(() -> SafetensorsWriter.write(file, Map.of(), List.of(broken)))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("tensor 'x' wrote 1 bytes, its shape [4] needs 16");
        assertThat(folder).isEmptyDirectory();
    }

    @Test
    void namesTheNearestTensor() throws IOException {
        Path file = folder.resolve("a.safetensors");
        SafetensorsWriter.write(file, Map.of(), sample());
        try (WeightSource source = WeightFiles.open(file)) {
            assertThatThrownBy(() -> source.bytes("matrxi"))
                    .isInstanceOf(InputException.class)
                    .hasMessage(file + ": has no tensor 'matrxi'; did you mean 'matrix'?");
        }
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            {"a":{"dtype":"F32","shape":[2],"data_offsets":[0,8]}}                                                      | 12 | 4 unused bytes behind the last tensor
            {"a":{"dtype":"F32","shape":[2],"data_offsets":[4,12]}}                                                     | 12 | unused bytes 0 to 4 before 'a'
            {"a":{"dtype":"F32","shape":[2],"data_offsets":[0,8]},"b":{"dtype":"F32","shape":[2],"data_offsets":[4,12]}} | 12 | overlapping tensors: 'b'
            {"a":{"dtype":"F32","shape":[2],"data_offsets":[0,8]},"a":{"dtype":"F32","shape":[1],"data_offsets":[8,12]}} | 12 | duplicate name
            {"a":{"dtype":"F32","shape":[3],"data_offsets":[0,12]}}                                                     | 8  | offset beyond the file
            {"a":{"dtype":"F32","shape":[3],"data_offsets":[0,8]}}                                                      | 8  | size does not match the shape (float32 [3], got 8 bytes)
            {"a":{"dtype":"F32","shape":[4611686018427387904,8],"data_offsets":[0,0]}}                                  | 0  | size does not match the shape
            {"a":{"dtype":"F32","shape":[0,4611686018427387904,8],"data_offsets":[0,0]}}                                | 0  | size does not match the shape
            {"a":{"dtype":"F32","shape":[-1,-2],"data_offsets":[0,8]}}                                                  | 8  | bad shape -1
            {"a":{"dtype":"F32","shape":[2],"data_offsets":[-8,0]}}                                                     | 8  | bad offset -8
            {"a":{"dtype":"F32","shape":[2],"data_offsets":[8,0]}}                                                      | 8  | bad offsets [8, 0]
            {"a":{"dtype":"Q4","shape":[2],"data_offsets":[0,8]}}                                                       | 8  | unknown dtype 'Q4'
            {"a":{"dtype":"F32","shape":2,"data_offsets":[0,8]}}                                                        | 8  | tensor 'a' has no shape
            [1]                                                                                                         | 0  | header is not JSON
            {"a":                                                                                                       | 0  | header is not JSON
            """)
    void refusesALyingHeader(String header, int dataBytes, String problem) throws IOException {
        Path file = folder.resolve("lie.safetensors");
        Files.write(file, withHeader(header.getBytes(StandardCharsets.UTF_8), header.length(), dataBytes));
        assertThatThrownBy(() -> WeightFiles.open(file))
                .isInstanceOf(InputException.class)
                .hasMessageStartingWith(file.toString())
                .hasMessageContaining(problem);
    }

    @ParameterizedTest
    @CsvSource({"-9223372036854775807", "1099511627776", "12", "1"})
    void refusesAnImpossibleHeaderLength(long length) throws IOException {
        Path file = folder.resolve("lie.safetensors");
        Files.write(file, withHeader("{}".getBytes(StandardCharsets.UTF_8), length, 0));
        assertThatThrownBy(() -> WeightFiles.open(file))
                .isInstanceOf(InputException.class)
                .hasMessageContaining("header length " + Long.toUnsignedString(length) + " is impossible");
    }

    private static byte[] withHeader(byte[] header, long length, int dataBytes) {
        return ByteBuffer.allocate(8 + header.length + dataBytes)
                .order(ByteOrder.LITTLE_ENDIAN)
                .putLong(length)
                .put(header)
                .array();
    }

    private static List<WeightOutput> sample() {
        byte[] ones = {(byte) 0x80, 0x3F, 0, 0x40};
        return List.of(
                WeightOutput.floats(
                        "matrix", List.of(2L, 3L), new float[] {1, -2, 0.5f, Float.NEGATIVE_INFINITY, 4, 1e-40f}),
                WeightOutput.floats("empty", List.of(0L, 4L), new float[0]),
                WeightOutput.of("bits", WeightType.BFLOAT16, List.of(2L), MemorySegment.ofArray(ones)),
                WeightOutput.longs("ids", List.of(2L), new long[] {7, -1}));
    }
}
