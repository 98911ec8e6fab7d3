/** What every room needs: the one error type, whole-or-nothing files, hashes, JSON, progress. JDK and Jackson only. */
@NullMarked
package org.reg2rg.core;

import org.jspecify.annotations.NullMarked;
