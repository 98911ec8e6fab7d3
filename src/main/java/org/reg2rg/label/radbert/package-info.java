/**
 * The published label network: RoBERTa-base with a linear head of 18 outputs (CT-CLIP's text classifier, which the
 * paper's clinical efficacy scores use). Letters: {@code b} texts · {@code n} tokens · {@code e} width · {@code h} heads
 * · {@code k} head width.
 */
@NullMarked
package org.reg2rg.label.radbert;

import org.jspecify.annotations.NullMarked;
