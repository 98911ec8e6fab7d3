package org.reg2rg.tensor.weights;

import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.zip.CRC32;
import org.reg2rg.core.InputException;
import org.reg2rg.tensor.weights.PickleValue.Storage;
import org.reg2rg.tensor.weights.PickleValue.View;

/** Reads what {@code torch.save} writes since torch 1.6: a zip of stored records, {@code data.pkl} and one per storage. */
final class TorchZipReader {
    private static final String PICKLE = "data.pkl";
    private static final long MAX_PICKLE_BYTES = 1L << 28;
    private static final int CHUNK_BYTES = 1 << 26;

    private final MappedFile file;
    private final ZipDirectory zip;
    private final String root;
    private final Set<String> checked = new HashSet<>();

    private TorchZipReader(MappedFile file) {
        this.file = file;
        this.zip = ZipDirectory.of(file);
        this.root = root();
    }

    static WeightSource open(Path path) throws IOException {
        MappedFile file = MappedFile.open(path);
        try {
            return new TorchZipReader(file).read();
        } catch (RuntimeException e) {
            file.close();
            throw e;
        }
    }

    private WeightSource read() {
        checkByteOrder();
        MemorySegment pickle = checkedRecord(root + PICKLE);
        if (pickle.byteSize() > MAX_PICKLE_BYTES) {
            throw file.damaged("its pickle has " + pickle.byteSize() + " bytes");
        }
        String subject = file.path().toString();
        Map<String, View> views =
                StateDict.views(subject, new PickleReader(subject, new PickleInput(subject, pickle)).read());
        views.forEach(this::checkRecordLength);
        return new MappedWeights(file, StateDict.entries(views), this::storage);
    }

    /** The folder inside the zip that holds the records, with its slash. */
    private String root() {
        List<String> pickles = zip.names().stream()
                .filter(name -> name.equals(PICKLE) || name.endsWith("/" + PICKLE))
                .toList();
        if (pickles.size() != 1) {
            throw new InputException(
                    file.path().toString(),
                    "not a PyTorch checkpoint: the zip has " + pickles.size() + " records named data.pkl (expected 1)",
                    "give a file written by torch.save");
        }
        String pickle = pickles.getFirst();
        return pickle.substring(0, pickle.length() - PICKLE.length());
    }

    private void checkByteOrder() {
        if (zip.contains(root + "byteorder")) {
            byte[] order = checkedRecord(root + "byteorder").toArray(ValueLayout.JAVA_BYTE);
            if (!new String(order, StandardCharsets.US_ASCII).equals("little")) {
                throw new InputException(
                        file.path().toString(),
                        "was written on a big-endian machine (expected byte order little)",
                        "save it again on a little-endian one");
            }
        }
    }

    private void checkRecordLength(String tensor, View view) {
        Storage storage = view.storage();
        String record = recordName(storage.key());
        long expected = storage.elements() * storage.type().bytes();
        long actual = zip.data(record).byteSize();
        if (actual != expected) {
            throw file.damaged("record " + record + " of tensor '" + tensor + "' has " + actual + " bytes (expected "
                    + expected + ")");
        }
    }

    private MemorySegment storage(String key) {
        return checkedRecord(recordName(key));
    }

    private String recordName(String key) {
        return root + "data/" + key;
    }

    /** A record whose checksum has been compared once. */
    private MemorySegment checkedRecord(String name) {
        MemorySegment data = zip.data(name);
        synchronized (checked) {
            if (checked.add(name)) {
                checkSum(name, data);
            }
        }
        return data;
    }

    private void checkSum(String name, MemorySegment data) {
        var sum = new CRC32();
        for (long done = 0; done < data.byteSize(); done += CHUNK_BYTES) {
            MemorySegment chunk = data.asSlice(done, Math.min(CHUNK_BYTES, data.byteSize() - done));
            sum.update(chunk.asByteBuffer());
            if (data.byteSize() > CHUNK_BYTES) {
                WeightSource.release(chunk);
            }
        }
        if (sum.getValue() != zip.checkSum(name)) {
            throw file.damaged("the checksum of record " + name + " does not match");
        }
    }
}
