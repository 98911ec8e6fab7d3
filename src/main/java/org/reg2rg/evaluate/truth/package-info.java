/** Judging generated reports against the exact truth of a synthetic cohort instead of reference texts. */
@NullMarked
package org.reg2rg.evaluate.truth;

import org.jspecify.annotations.NullMarked;
