/**
 * Blocks over tensors: numbers, weights and sub-blocks in the constructor, one forward, no config, no inheritance. Letters
 * of shapes as in {@code org.reg2rg.model}.
 *
 * <p>Number formats: weights may be float32 or bfloat16. Linear maps compute in the format of their weight, norms and
 * residual sums in float32. So a float32 model is exact, and a bfloat16 one rounds only inside its products, as the
 * published half-precision run does.
 */
@NullMarked
package org.reg2rg.nn;

import org.jspecify.annotations.NullMarked;
