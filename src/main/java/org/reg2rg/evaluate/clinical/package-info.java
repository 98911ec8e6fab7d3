/** Clinical efficacy: scores of the 18 findings, and what is omitted, invented or contradicted. */
@NullMarked
package org.reg2rg.evaluate.clinical;

import org.jspecify.annotations.NullMarked;
