package org.reg2rg.tensor.weights;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.file.Path;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.reg2rg.core.InputException;

/** Tensors that lie in storages of one mapped file, whatever its layout. */
final class MappedWeights implements WeightSource {
    /** Gives the bytes of a storage; checks them where the layout has a checksum. */
    @FunctionalInterface
    interface Storages {
        MemorySegment bytes(String storage);
    }

    private final MappedFile file;
    private final Map<String, WeightEntry> entries;
    private final Storages storages;

    /** @param entries checked against the lengths of their storages */
    MappedWeights(MappedFile file, List<WeightEntry> entries, Storages storages) {
        this.file = file;
        this.storages = storages;
        var byName = new LinkedHashMap<String, WeightEntry>();
        for (WeightEntry entry : entries) {
            if (byName.put(entry.name(), entry) != null) {
                throw new InputException(
                        file.path().toString(), "duplicate name '" + entry.name() + "'", "write the file again");
            }
        }
        this.entries = Collections.unmodifiableMap(byName);
    }

    @Override
    public String subject() {
        return file.path().toString();
    }

    @Override
    public List<Path> files() {
        return List.of(file.path());
    }

    @Override
    public List<WeightEntry> entries() {
        return List.copyOf(entries.values());
    }

    @Override
    public Optional<WeightEntry> find(String name) {
        return Optional.ofNullable(entries.get(name));
    }

    @Override
    public MemorySegment bytes(String name) {
        WeightEntry entry = entry(name);
        MemorySegment storage = storages.bytes(entry.storage());
        int width = entry.type().bytes();
        return entry.isContiguous()
                ? storage.asSlice(entry.elements() == 0 ? 0 : entry.offset() * width, entry.byteSize())
                : dense(entry, storage);
    }

    /** Gathers a strided view into row-major order. */
    private static MemorySegment dense(WeightEntry entry, MemorySegment storage) {
        int width = entry.type().bytes();
        int rank = entry.shape().size();
        MemorySegment dense = Arena.ofAuto().allocate(entry.byteSize(), width);
        long[] index = new long[rank];
        long element = entry.offset();
        for (long i = 0; i < entry.elements(); i++) {
            MemorySegment.copy(storage, element * width, dense, i * width, width);
            for (int axis = rank - 1; axis >= 0; axis--) {
                element += entry.strides().get(axis);
                if (++index[axis] < entry.shape().get(axis)) {
                    break;
                }
                element -= index[axis] * entry.strides().get(axis);
                index[axis] = 0;
            }
        }
        return dense;
    }

    @Override
    public void close() {
        file.close();
    }
}
