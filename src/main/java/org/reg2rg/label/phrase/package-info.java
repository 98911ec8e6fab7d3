/** Patterns of words as the rule files write them, and a fast search for many of them at once. */
@NullMarked
package org.reg2rg.label.phrase;

import org.jspecify.annotations.NullMarked;
