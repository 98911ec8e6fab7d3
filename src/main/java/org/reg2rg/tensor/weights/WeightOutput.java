package org.reg2rg.tensor.weights;

import java.io.IOException;
import java.io.OutputStream;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.List;

/**
 * One tensor to be written; its data is pulled when its turn comes, so that a file may be larger than memory.
 *
 * @param name the key in the file
 * @param type of the elements
 * @param shape axis lengths, outermost first
 * @param data writes exactly the dense little-endian bytes
 */
public record WeightOutput(String name, WeightType type, List<Long> shape, Data data) {
    private static final int CHUNK_BYTES = 1 << 20;

    /** Writes a tensor's bytes. */
    @FunctionalInterface
    public interface Data {
        void writeTo(OutputStream out) throws IOException;
    }

    public WeightOutput {
        shape = List.copyOf(shape);
    }

    /** Size of the data. */
    public long byteSize() {
        return Math.multiplyExact(WeightEntry.elements(shape), type.bytes());
    }

    /** A tensor whose bytes are at hand. */
    public static WeightOutput of(String name, WeightType type, List<Long> shape, MemorySegment bytes) {
        return new WeightOutput(name, type, shape, out -> copy(bytes, out));
    }

    /** A float32 tensor from an array. */
    public static WeightOutput floats(String name, List<Long> shape, float[] values) {
        return new WeightOutput(
                name,
                WeightType.FLOAT32,
                shape,
                out -> convert(MemorySegment.ofArray(values), WeightType.FLOAT32, WeightType.FLOAT32, out));
    }

    /** An int64 tensor from an array. */
    public static WeightOutput longs(String name, List<Long> shape, long[] values) {
        MemorySegment bytes = Arena.ofAuto().allocate(8L * values.length, 8);
        for (int i = 0; i < values.length; i++) {
            bytes.set(WeightValues.LONG, 8L * i, values[i]);
        }
        return of(name, WeightType.INT64, shape, bytes);
    }

    /** A tensor of {@code source} under another name and type, read and converted piece by piece. */
    public static WeightOutput converted(String name, WeightSource source, String from, WeightType type) {
        WeightEntry entry = source.entry(from);
        return new WeightOutput(name, type, entry.shape(), out -> {
            MemorySegment bytes = source.bytes(from);
            convert(bytes, entry.type(), type, out);
            WeightSource.release(bytes);
        });
    }

    private static void copy(MemorySegment bytes, OutputStream out) throws IOException {
        byte[] chunk = new byte[(int) Math.min(CHUNK_BYTES, bytes.byteSize())];
        for (long done = 0; done < bytes.byteSize(); done += chunk.length) {
            int n = (int) Math.min(chunk.length, bytes.byteSize() - done);
            MemorySegment.copy(bytes, done, MemorySegment.ofArray(chunk), 0, n);
            out.write(chunk, 0, n);
        }
    }

    private static void convert(MemorySegment bytes, WeightType from, WeightType to, OutputStream out)
            throws IOException {
        if (from == to) {
            copy(bytes, out);
            return;
        }
        long elements = bytes.byteSize() / from.bytes();
        byte[] chunk = new byte[CHUNK_BYTES];
        MemorySegment buffer = MemorySegment.ofArray(chunk);
        int perChunk = CHUNK_BYTES / to.bytes();
        for (long done = 0; done < elements; done += perChunk) {
            int n = (int) Math.min(perChunk, elements - done);
            for (int i = 0; i < n; i++) {
                WeightValues.putFloat(buffer, to, i, WeightValues.floatAt(bytes, from, done + i));
            }
            out.write(chunk, 0, n * to.bytes());
        }
    }
}
