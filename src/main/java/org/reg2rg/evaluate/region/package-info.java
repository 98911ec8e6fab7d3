/** Reports as regions: cutting a text at its region prefixes, and judging the recognised regions. */
@NullMarked
package org.reg2rg.evaluate.region;

import org.jspecify.annotations.NullMarked;
