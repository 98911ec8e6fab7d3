package org.reg2rg.model;

import org.bytedeco.pytorch.Tensor;

/**
 * What the language model sees of a study.
 *
 * @param global [1, q, d]
 * @param regions [r, q + 1, d]: texture, then geometry, in the order of the slots
 */
public record VisualTokens(Tensor global, Tensor regions) {}
