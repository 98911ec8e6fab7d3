/** Tokenisers and decoders: text to ids, ids through a language model, ids to text. */
@NullMarked
package org.reg2rg.language;

import org.jspecify.annotations.NullMarked;
