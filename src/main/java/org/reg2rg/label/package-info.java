/** The 18-finding labellers: built-in rules that explain themselves, and the published RadBERT network. */
@NullMarked
package org.reg2rg.label;

import org.jspecify.annotations.NullMarked;
