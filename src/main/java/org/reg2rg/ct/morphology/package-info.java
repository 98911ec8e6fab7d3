/**
 * Sets of voxels and what can be done with them: connected components, exact distances, dilation and erosion with a
 * ball, holes. Plain arrays, no library: 512×512×400 voxels in fractions of a second to a few seconds.
 */
@NullMarked
package org.reg2rg.ct.morphology;

import org.jspecify.annotations.NullMarked;
