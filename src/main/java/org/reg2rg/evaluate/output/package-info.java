/** What the evaluation writes: JSON with fixed paths, a table of reports, a page with plots, a short summary. */
@NullMarked
package org.reg2rg.evaluate.output;

import org.jspecify.annotations.NullMarked;
