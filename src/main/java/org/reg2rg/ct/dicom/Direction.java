package org.reg2rg.ct.dicom;

/** How the planes of a series lie in the patient. */
enum Direction {
    AXIAL,
    CORONAL,
    SAGITTAL,
    OBLIQUE;

    private static final double NEARLY = 0.8; // 37°: tilted gantries are axial

    static Direction of(Plane plane) {
        double[] n = plane.normal();
        if (Math.abs(n[2]) > NEARLY) {
            return AXIAL;
        }
        if (Math.abs(n[1]) > NEARLY) {
            return CORONAL;
        }
        return Math.abs(n[0]) > NEARLY ? SAGITTAL : OBLIQUE;
    }

    String words() {
        return name().toLowerCase(java.util.Locale.ROOT);
    }
}
