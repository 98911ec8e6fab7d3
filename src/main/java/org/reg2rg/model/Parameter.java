package org.reg2rg.model;

import java.util.List;

/**
 * One weight tensor of the model, under the name it has in the published checkpoint.
 *
 * @param name published key
 * @param shape rows first, as in torch: a linear map is [out, in]
 * @param trained whether the published training changes it
 */
public record Parameter(String name, List<Long> shape, boolean trained) {
    public Parameter {
        shape = List.copyOf(shape);
    }

    /** How many numbers it has. */
    public long count() {
        return product(shape);
    }

    /** The shape as torch takes it. */
    public long[] lengths() {
        return shape.stream().mapToLong(Long::longValue).toArray();
    }

    /** Whether it is a bias or the scale of a norm, not a map or a table. */
    public boolean isVector() {
        return shape.size() == 1;
    }

    /** How many numbers of its input each number of the output of a map or a kernel is made from. */
    public long inputs() {
        return product(shape.subList(1, shape.size()));
    }

    private static long product(List<Long> lengths) {
        return lengths.stream().reduce(1L, Math::multiplyExact);
    }
}
