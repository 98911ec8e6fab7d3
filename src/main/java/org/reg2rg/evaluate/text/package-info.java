/** The tokenisers, stemmer and word net that the published scores rest on, ported so that tokens are equal. */
@NullMarked
package org.reg2rg.evaluate.text;

import org.jspecify.annotations.NullMarked;
