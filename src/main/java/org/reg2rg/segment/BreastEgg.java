package org.reg2rg.segment;

/**
 * The shape of one breast: an egg that is sunk into the chest. Lengths in mm.
 *
 * @param beside its middle, off the middle of the body to the side
 * @param below its middle, below the carina
 * @param deep its middle, from the back end of the grid
 */
record BreastEgg(double beside, double below, double deep, double halfWidth, double halfHeight, double halfDepth) {
    /** Squared distance from the middle in half axes, as seen from the front. */
    private double radius(double x, double z) {
        double u = (x - beside) / halfWidth;
        double v = (z + below) / halfHeight;
        return u * u + v * v;
    }

    /** Whether a line from the front meets it: {@code x} off the middle of the body, {@code z} above the carina. */
    boolean holds(double x, double z) {
        return radius(x, z) < 1;
    }

    boolean holds(double x, double y, double z) {
        double w = (y - deep) / halfDepth;
        return radius(x, z) + w * w < 1;
    }

    /** Where its front lies on such a line. */
    double front(double x, double z) {
        return deep + halfDepth * Math.sqrt(Math.max(0, 1 - radius(x, z)));
    }
}
