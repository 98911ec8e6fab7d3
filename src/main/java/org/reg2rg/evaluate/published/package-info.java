/** Recomputes the figures that the paper's repository published from the outputs that it released. */
@NullMarked
package org.reg2rg.evaluate.published;

import org.jspecify.annotations.NullMarked;
