/**
 * DICOM in plain Java: Part 10 files and bare data sets, lossless pixel data, CT series as volumes, segmentations and
 * structure sets as masks. Written for files from outside: every length is bounded, damage is an
 * {@link org.reg2rg.core.InputException}. Standard: DICOM PS3.3 (objects), PS3.5 (encoding), PS3.10 (files).
 */
@NullMarked
package org.reg2rg.ct.dicom;

import org.jspecify.annotations.NullMarked;
