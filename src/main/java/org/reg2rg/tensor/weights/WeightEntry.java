package org.reg2rg.tensor.weights;

import java.util.ArrayList;
import java.util.List;

/**
 * One named tensor of a file: where its elements lie inside a storage. Two entries with the same {@code storage} share
 * memory, as the published checkpoint's two names for the word embedding do.
 *
 * @param name the key, nested dictionaries joined by dots
 * @param type of the elements
 * @param shape axis lengths, outermost first; empty for a scalar
 * @param strides in elements, one per axis
 * @param offset first element inside the storage
 * @param storage identity of the storage inside the source
 */
public record WeightEntry(
        String name, WeightType type, List<Long> shape, List<Long> strides, long offset, String storage) {
    public WeightEntry {
        shape = List.copyOf(shape);
        strides = List.copyOf(strides);
    }

    /** Number of elements; the reader has made sure that the product fits. */
    public long elements() {
        return elements(shape);
    }

    /** Size of the dense data. */
    public long byteSize() {
        return elements() * type.bytes();
    }

    /** Whether the elements lie row-major without gaps. */
    public boolean isContiguous() {
        long expected = 1;
        for (int axis = shape.size() - 1; axis >= 0; axis--) {
            long length = shape.get(axis);
            if (length != 1 && strides.get(axis) != expected) {
                return elements() <= 1;
            }
            expected *= length;
        }
        return true;
    }

    /** Product of the axis lengths; overflow is an {@link ArithmeticException}. */
    static long elements(List<Long> shape) {
        long product = 1;
        for (long length : shape) {
            product = Math.multiplyExact(product, length);
        }
        return product;
    }

    /** Row-major strides of a shape. */
    static List<Long> rowMajor(List<Long> shape) {
        var strides = new ArrayList<Long>();
        long stride = 1;
        for (int axis = shape.size() - 1; axis >= 0; axis--) {
            strides.addFirst(stride);
            stride = Math.multiplyExact(stride, Math.max(shape.get(axis), 1));
        }
        return strides;
    }
}
