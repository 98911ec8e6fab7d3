package org.reg2rg.model;

import org.bytedeco.pytorch.Device;
import org.reg2rg.tensor.Precision;

/**
 * How a model is brought into memory.
 *
 * @param precision number format of its weights and products
 * @param device where it computes; see {@link org.reg2rg.tensor.Torch#device}
 * @param merged whether low-rank additions are added into the matrices: a little faster, not for training
 */
public record LoadOptions(Precision precision, Device device, boolean merged) {}
