package org.reg2rg.tensor.weights;

import java.math.BigInteger;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** What a checkpoint's pickle can hold. Classes keep identity equality: values may be nested without end. */
sealed interface PickleValue {
    /** None, booleans, floats and byte strings, of which checkpoints need nothing but that they are there. */
    enum Plain implements PickleValue {
        NONE,
        TRUE,
        FALSE,
        REAL,
        BYTES,
        OPAQUE
    }

    record Text(String value) implements PickleValue {}

    record Whole(BigInteger value) implements PickleValue {}

    /** An allowed name of Python ("collections OrderedDict"); only a name, never looked up. */
    record Global(String name) implements PickleValue {}

    /** A run of numbers outside the pickle. */
    record Storage(String key, WeightType type, long elements) implements PickleValue {}

    /** A view of a storage; sizes as the pickle claims them, checked. */
    record View(Storage storage, long offset, List<Long> shape, List<Long> strides) implements PickleValue {}

    /** A tuple or a list. */
    final class Sequence implements PickleValue {
        final List<PickleValue> items;

        Sequence(List<PickleValue> items) {
            this.items = items;
        }
    }

    /** A dictionary whose keys are texts or whole numbers (as text). */
    final class Dictionary implements PickleValue {
        final Map<String, PickleValue> items = new LinkedHashMap<>();
    }
}
