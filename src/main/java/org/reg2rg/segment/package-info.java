/**
 * Region masks: made from a CT by classical image analysis, brought in from other tools, and judged before they are
 * used.
 */
@NullMarked
package org.reg2rg.segment;

import org.jspecify.annotations.NullMarked;
