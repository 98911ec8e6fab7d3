/** Cuts a free chest report into the sentences of its regions, by rules or through a language model's endpoint. */
@NullMarked
package org.reg2rg.label.split;

import org.jspecify.annotations.NullMarked;
