/** Text scores of one prediction against one reference: BLEU, METEOR, ROUGE and CIDEr as published. */
@NullMarked
package org.reg2rg.evaluate.metric;

import org.jspecify.annotations.NullMarked;
