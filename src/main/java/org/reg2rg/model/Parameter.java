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
}
