/** Statistics of scores: means, intervals, tests between systems, lengths, template collapse. */
@NullMarked
package org.reg2rg.evaluate.stat;

import org.jspecify.annotations.NullMarked;
