/**
 * CT volumes, region masks and their geometry, in plain Java. Arrays are in NIfTI order: axis 0 ({@code x}) is
 * contiguous, index = {@code x + nx·(y + ny·z)}. World coordinates are RAS millimetres, as NIfTI has them.
 */
@NullMarked
package org.reg2rg.ct;

import org.jspecify.annotations.NullMarked;
