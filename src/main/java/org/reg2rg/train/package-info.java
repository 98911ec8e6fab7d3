/**
 * Training: targets and loss of region-report alignment, optimiser, schedules, checkpoints. Scopes open here around each
 * step, so that native memory stays flat.
 */
@NullMarked
package org.reg2rg.train;

import org.jspecify.annotations.NullMarked;
