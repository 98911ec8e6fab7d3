/** The commands: whole programs that read top to bottom. */
@NullMarked
package org.reg2rg.recipe;

import org.jspecify.annotations.NullMarked;
