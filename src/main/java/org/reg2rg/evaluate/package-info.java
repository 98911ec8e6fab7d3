/** Judges generated reports against their references: text, clinical, region and length measures. Plain Java. */
@NullMarked
package org.reg2rg.evaluate;

import org.jspecify.annotations.NullMarked;
