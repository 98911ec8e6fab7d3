package org.reg2rg.tensor.weights;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.reg2rg.core.InputException;
import org.reg2rg.tensor.weights.PickleValue.Dictionary;
import org.reg2rg.tensor.weights.PickleValue.Global;
import org.reg2rg.tensor.weights.PickleValue.Plain;
import org.reg2rg.tensor.weights.PickleValue.Sequence;
import org.reg2rg.tensor.weights.PickleValue.Storage;
import org.reg2rg.tensor.weights.PickleValue.Text;
import org.reg2rg.tensor.weights.PickleValue.View;
import org.reg2rg.tensor.weights.PickleValue.Whole;

/** The few Python names that a checkpoint of tensors needs, and what each stands for; every other name is refused. */
final class TorchPickle {
    private static final String ORDERED_DICT = "collections.OrderedDict";
    private static final String TENSOR = "torch._utils._rebuild_tensor";
    private static final String TENSOR_2 = "torch._utils._rebuild_tensor_v2";
    private static final String PARAMETER = "torch._utils._rebuild_parameter";
    private static final String PARAMETER_WITH_STATE = "torch._utils._rebuild_parameter_with_state";
    private static final String SIZE = "torch.Size";
    private static final String DEVICE = "torch.device";
    private static final Set<String> BUILDERS =
            Set.of(ORDERED_DICT, TENSOR, TENSOR_2, PARAMETER, PARAMETER_WITH_STATE, SIZE, DEVICE);
    private static final int MAX_RANK = 32;
    /** An expanded view (stride 0) may become this much larger than its storage when it is made dense. */
    private static final long MAX_EXPANSION_BYTES = 1L << 30;

    private final String subject;
    private final PickleInput in;
    private final Map<String, Storage> storages = new HashMap<>();

    TorchPickle(String subject, PickleInput in) {
        this.subject = subject;
        this.in = in;
    }

    /** The value for a global name. */
    Global global(String module, String name) {
        String full = module + "." + name;
        boolean allowed = BUILDERS.contains(full)
                || module.equals("torch") && (WeightType.ofTorchStorage(name).isPresent() || isNumberType(name));
        if (!allowed) {
            throw new InputException(
                    subject,
                    "the pickle asks for the Python object '" + full + "', which is not allowed in a file of weights"
                            + " (nothing was executed)",
                    "use a file that holds tensors only; do not load this one in Python unless you trust its source");
        }
        return new Global(full);
    }

    /** A persistent id: ("storage", type, key, location, elements[, view]). */
    Storage storage(List<PickleValue> id) {
        if (id.size() < 5
                || !(id.get(0) instanceof Text(String kind) && kind.equals("storage"))
                || !(id.get(1) instanceof Global(String typeName) && typeName.startsWith("torch."))
                || !(id.get(2) instanceof Text(String key))) {
            throw in.damaged("a storage is not described as torch does it");
        }
        if (id.size() > 5 && id.get(5) != Plain.NONE) {
            throw in.damaged("storage '" + key + "' is a view of another storage, a layout from before torch 0.4");
        }
        WeightType type = WeightType.ofTorchStorage(typeName.substring("torch.".length()))
                .orElseThrow(() -> in.damaged("storage '" + key + "' has the type '" + typeName + "'"));
        var storage = new Storage(key, type, natural(id.get(4), "storage length"));
        storages.put(key, storage);
        return storage;
    }

    /** Every storage that was named so far, by key. */
    Map<String, Storage> storages() {
        return storages;
    }

    /** What calling an allowed name with these arguments stands for. */
    PickleValue build(Global global, List<PickleValue> arguments) {
        return switch (global.name()) {
            case ORDERED_DICT -> orderedDict(arguments);
            case TENSOR, TENSOR_2 -> tensor(arguments);
            case PARAMETER, PARAMETER_WITH_STATE -> parameter(arguments);
            case SIZE -> argument(arguments, 0);
            case DEVICE -> Plain.OPAQUE;
            default -> throw in.damaged("'" + global.name() + "' is called");
        };
    }

    /** A dictionary key as text; keys that are neither text nor number name nothing that could be asked for. */
    static String key(PickleValue key) {
        return switch (key) {
            case Text(String value) -> value;
            case Whole(BigInteger value) -> value.toString();
            case Global(String name) -> name;
            case Plain plain -> plain.name();
            case Storage _, View _, Sequence _, Dictionary _ -> "?";
        };
    }

    private Dictionary orderedDict(List<PickleValue> arguments) {
        var dictionary = new Dictionary();
        if (arguments.isEmpty()) {
            return dictionary;
        }
        for (PickleValue pair : items(arguments.getFirst())) {
            List<PickleValue> both = items(pair);
            dictionary.items.put(key(argument(both, 0)), argument(both, 1));
        }
        return dictionary;
    }

    private PickleValue parameter(List<PickleValue> arguments) {
        PickleValue tensor = argument(arguments, 0);
        if (tensor instanceof View) {
            return tensor;
        }
        throw in.damaged("a parameter holds no tensor");
    }

    private View tensor(List<PickleValue> arguments) {
        if (!(argument(arguments, 0) instanceof Storage storage)) {
            throw in.damaged("a tensor has no storage");
        }
        List<Long> shape = naturals(argument(arguments, 2), "size");
        List<Long> strides = naturals(argument(arguments, 3), "stride");
        var view = new View(storage, natural(argument(arguments, 1), "offset"), shape, strides);
        if (shape.size() != strides.size() || shape.size() > MAX_RANK || !fits(view)) {
            throw unfit("size " + shape + ", stride " + strides + ", offset " + view.offset() + " in a storage of "
                    + storage.elements() + " " + storage.type().label());
        }
        return view;
    }

    private static boolean fits(View view) {
        Storage storage = view.storage();
        try {
            long bytes = Math.multiplyExact(
                    WeightEntry.elements(view.shape()), storage.type().bytes());
            long storageBytes =
                    Math.multiplyExact(storage.elements(), storage.type().bytes());
            WeightEntry.rowMajor(view.shape());
            if (bytes == 0) {
                return view.offset() <= storage.elements();
            }
            long last = view.offset();
            for (int axis = 0; axis < view.shape().size(); axis++) {
                last = Math.addExact(
                        last,
                        Math.multiplyExact(
                                view.shape().get(axis) - 1, view.strides().get(axis)));
            }
            return last < storage.elements() && bytes <= Math.addExact(storageBytes, MAX_EXPANSION_BYTES);
        } catch (ArithmeticException e) {
            return false;
        }
    }

    private List<Long> naturals(PickleValue tuple, String what) {
        var numbers = new ArrayList<Long>();
        for (PickleValue item : items(tuple)) {
            numbers.add(natural(item, what));
        }
        return numbers;
    }

    private long natural(PickleValue value, String what) {
        if (!(value instanceof Whole(BigInteger number))) {
            throw in.damaged("the " + what + " of a tensor is no number");
        }
        if (number.signum() < 0 || number.bitLength() > 62) {
            throw unfit("its " + what + " is " + number);
        }
        return number.longValue();
    }

    private InputException unfit(String detail) {
        return new InputException(
                subject,
                "a tensor does not fit its storage or is too large: " + detail,
                "download or write the file again");
    }

    private PickleValue argument(List<PickleValue> arguments, int index) {
        if (index >= arguments.size()) {
            throw in.damaged("an object is built from too few parts");
        }
        return arguments.get(index);
    }

    private List<PickleValue> items(PickleValue value) {
        if (value instanceof Sequence sequence) {
            return sequence.items;
        }
        throw in.damaged("a list or tuple was expected");
    }

    private static boolean isNumberType(String name) {
        return switch (name) {
            case "float64", "float32", "float16", "bfloat16", "int64", "int32", "int16", "int8", "uint8", "bool" ->
                true;
            default -> false;
        };
    }
}
