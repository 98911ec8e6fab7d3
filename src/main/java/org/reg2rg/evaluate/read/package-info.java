/** Reading files of reports and of labels, of any encoding and size, with every odd row counted and named. */
@NullMarked
package org.reg2rg.evaluate.read;

import org.jspecify.annotations.NullMarked;
