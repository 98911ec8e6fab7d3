package org.reg2rg.report;

/**
 * One slice of a CT with the outline of a region, ready for an SVG in millimetres.
 *
 * @param plane "axial", "coronal" or "sagittal"
 * @param slice index of the slice along its array axis
 * @param columns picture width in pixels
 * @param rows picture height in pixels
 * @param widthMm width in the patient
 * @param heightMm height in the patient
 * @param jpeg the grey picture
 * @param outline SVG path of the region's border in pixel units; empty where the region has none here
 */
@SuppressWarnings("ArrayRecordComponent") // pictures are never compared
public record SlicePicture(
        String plane, int slice, int columns, int rows, double widthMm, double heightMm, byte[] jpeg, String outline) {}
