package org.reg2rg.tensor.weights;

import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.math.BigInteger;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.reg2rg.core.InputException;
import org.reg2rg.tensor.weights.PickleValue.Dictionary;
import org.reg2rg.tensor.weights.PickleValue.Plain;
import org.reg2rg.tensor.weights.PickleValue.Sequence;
import org.reg2rg.tensor.weights.PickleValue.Storage;
import org.reg2rg.tensor.weights.PickleValue.Text;
import org.reg2rg.tensor.weights.PickleValue.View;
import org.reg2rg.tensor.weights.PickleValue.Whole;

/**
 * Reads what {@code torch.save} wrote before torch 1.6: five pickles in a row (magic number, protocol, system, object,
 * storage keys), then each storage as its length and its bytes.
 */
final class TorchLegacyReader {
    private static final BigInteger MAGIC = new BigInteger("1950a86a20f9469cfc6c", 16);
    private static final BigInteger PROTOCOL = BigInteger.valueOf(1001);

    private final MappedFile file;
    private final String subject;
    private final PickleInput in;

    private TorchLegacyReader(MappedFile file) {
        this.file = file;
        this.subject = file.path().toString();
        this.in = new PickleInput(subject, file.content());
    }

    static WeightSource open(Path path) throws IOException {
        MappedFile file = MappedFile.open(path);
        try {
            return new TorchLegacyReader(file).read();
        } catch (RuntimeException e) {
            file.close();
            throw e;
        }
    }

    private WeightSource read() {
        if (!(pickle() instanceof Whole(BigInteger magic) && magic.equals(MAGIC))) {
            throw new InputException(
                    subject,
                    "not a PyTorch checkpoint: a pickle without the magic number of torch",
                    "give a file written by torch.save");
        }
        if (!(pickle() instanceof Whole(BigInteger protocol) && protocol.equals(PROTOCOL))) {
            throw in.damaged("it is not of the protocol 1001");
        }
        if (!(pickle() instanceof Dictionary system) || system.items.get("little_endian") != Plain.TRUE) {
            throw in.damaged("it was not written on a little-endian machine");
        }
        var reader = new PickleReader(subject, in);
        Map<String, View> views = StateDict.views(subject, reader.read());
        Map<String, MemorySegment> storages = storages(reader.storages());
        return new MappedWeights(file, StateDict.entries(views), key -> Objects.requireNonNull(storages.get(key)));
    }

    private PickleValue pickle() {
        return new PickleReader(subject, in).read();
    }

    private Map<String, MemorySegment> storages(Map<String, Storage> described) {
        if (!(pickle() instanceof Sequence keys)) {
            throw in.damaged("the list of storages is missing");
        }
        var storages = new HashMap<String, MemorySegment>();
        for (String key : texts(keys.items)) {
            Storage storage = described.get(key);
            long elements = in.signedLong();
            if (storage == null) {
                throw in.damaged("storage '" + key + "' is not named by the object, so its length is unknown");
            }
            if (elements != storage.elements()) {
                throw file.damaged(
                        "storage '" + key + "' has " + elements + " elements (expected " + storage.elements() + ")");
            }
            storages.put(key, in.take(elements * storage.type().bytes()));
        }
        for (String key : described.keySet()) {
            if (!storages.containsKey(key)) {
                throw file.damaged("storage '" + key + "' is missing");
            }
        }
        return storages;
    }

    private List<String> texts(List<PickleValue> values) {
        return values.stream()
                .map(value -> {
                    if (value instanceof Text text) {
                        return text.value();
                    }
                    throw in.damaged("a storage key is no text");
                })
                .toList();
    }
}
