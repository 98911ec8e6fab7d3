package org.reg2rg.report;

/**
 * The three views of a reader, in radiological convention: patient right on the left, front at the top of an axial slice,
 * head at the top of the others. Directions are signed world axes: 0 = to the right, 1 = to the front, 2 = to the head
 * (RAS); the sign says which way the picture runs.
 */
enum Plane {
    AXIAL("axial", 2, 0, 1),
    CORONAL("coronal", 1, 0, 2),
    SAGITTAL("sagittal", 0, 1, 2);

    private final String text;
    private final int normal;
    private final int across;
    private final int down;

    Plane(String text, int normal, int across, int down) {
        this.text = text;
        this.normal = normal;
        this.across = across;
        this.down = down;
    }

    String text() {
        return text;
    }

    /** World axis through the slices. */
    int normal() {
        return normal;
    }

    /** World axis along a picture row; it decreases to the right: R → L, and A → P in a sagittal slice. */
    int across() {
        return across;
    }

    /** World axis along a picture column; it decreases downwards: A → P, S → I. */
    int down() {
        return down;
    }
}
