/**
 * A synthetic chest-CT cohort whose every finding is known exactly: anatomy, findings, region masks and region reports,
 * drawn from a seed and a study number. Plain Java.
 *
 * <p>Inside this room places are given in patient millimetres with x to the patient's left, y to the back and z to the
 * head (the order in which an axial slice is looked at); the origin is the carina's height in the midline. What leaves
 * the room ({@link org.reg2rg.cohort.Finding}, the volume's affine) is in RAS, as everywhere else.
 *
 * <p>Hounsfield values and sizes are round numbers of the size that textbooks teach; {@code docs/cohort.md} lists them and where to
 * check them.
 */
@NullMarked
package org.reg2rg.cohort;

import org.jspecify.annotations.NullMarked;
