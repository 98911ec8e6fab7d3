/** What the model is asked: words and the places of visual tokens, as text, as ids, and as a splice of embeddings. */
@NullMarked
package org.reg2rg.prompt;

import org.jspecify.annotations.NullMarked;
