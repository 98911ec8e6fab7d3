package org.reg2rg.tensor.weights;

import java.lang.foreign.MemorySegment;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.reg2rg.core.InputException;
import org.reg2rg.core.Names;

/**
 * Named tensors of a file or of a folder of shards, opened but not loaded: data is read when asked for. All methods
 * throw {@link InputException} where the file is damaged. Segments stay valid until {@link #close()}.
 */
public interface WeightSource extends AutoCloseable {
    /** The file or folder, as the user named it. */
    String subject();

    /** What it was read from: one file, or an index and its shards. */
    List<Path> files();

    /** All tensors in the order of the file. */
    List<WeightEntry> entries();

    /** The entry of that name, if there is one. */
    Optional<WeightEntry> find(String name);

    /**
     * Little-endian, row-major, dense data of one tensor: a view of the file where it lies so, else a copy.
     *
     * @throws InputException when there is no such tensor, or its data is damaged
     */
    MemorySegment bytes(String name);

    @Override
    void close();

    /**
     * Gives the memory of a segment of {@link #bytes} back to the system; it is read from the file again when needed.
     * Without this, a walk over all tensors keeps as much resident as the file is large.
     */
    static void release(MemorySegment bytes) {
        if (bytes.isMapped()) {
            bytes.unload();
        }
    }

    /** The entry of that name. */
    default WeightEntry entry(String name) {
        return find(name)
                .orElseThrow(() -> new InputException(
                        subject(),
                        "has no tensor '" + name + "'",
                        Names.hint(
                                name,
                                entries().stream()
                                        .map(WeightEntry::name)
                                        .limit(200)
                                        .toList())));
    }

    /** The values of one tensor as floats, row-major; at most 2^31 - 9 elements. */
    default float[] floats(String name) {
        WeightEntry entry = entry(name);
        return WeightValues.floats(bytes(name), entry.type());
    }
}
