/** From studies on the disk to what a model reads, as plain Java arrays: preprocessing, data sets, batches. */
@NullMarked
package org.reg2rg.data;

import org.jspecify.annotations.NullMarked;
