package org.reg2rg.segment;

import org.reg2rg.ct.Region;
import org.reg2rg.ct.morphology.Box;
import org.reg2rg.ct.morphology.VoxelSet;

/**
 * What is usual for a region beside its volume ({@link org.reg2rg.ct.UsualVolume}): place in the body coordinate of the lungs, and how far the built-in segmentation
 * agrees with good masks of it. The body coordinate is 0 at the back, the lower end and the midline of the lungs and 1 at
 * their front and upper end; sideways it counts in widths of both lungs, to the right positive. The ranges are wide: they
 * hold for children of 12 as for large adults, and were checked on the shared studies and on synthetic patients.
 *
 * @param place least and most of {sideways, front, up}
 * @param witness how far a good mask may differ from the built-in one
 */
@SuppressWarnings("ArrayRecordComponent")
record Usual(double[][] place, Witness witness) {

    /**
     * The spread between good masks and the built-in ones: the extremes of 13 synthetic patients with findings (seed 301) and some of seed 302, widened
     * by a third to a half, and more where real masks differ from synthetic ones. docs/masks.md has what they let pass on others.
     *
     * @param agreement least Dice
     * @param far most of the mask that lies over 12 mm away
     * @param least least volume, as a share of the built-in one
     * @param most most volume
     * @param extraMm radius of the largest ball that may lie in the mask and not in the built-in one
     * @param missMm radius of the largest ball that may lie in the built-in mask and not in this one
     * @param offMm most that the middles may lie apart: sideways, front to back, upright
     */
    record Witness(
            double agreement, double far, double least, double most, double extraMm, double missMm, double[] offMm) {}

    static Usual of(Region region) {
        return switch (region) {
            case ABDOMEN ->
                new Usual(box(-0.3, 0.3, 0.1, 0.95, -3, 0.4), witness(0.75, 0.06, 0.7, 1.35, 29, 19, 15, 15, 12));
            case BONE ->
                new Usual(box(-0.25, 0.25, -0.2, 0.8, -2, 1.1), witness(0.74, 0.04, 0.78, 1.2, 14, 17, 8, 11, 15));
            case BREAST ->
                new Usual(box(-0.45, 0.45, 0.65, 1.5, -0.1, 0.9), witness(0.6, 0.1, 0.65, 1.5, 13, 15, 15, 12, 20));
            case ESOPHAGUS ->
                new Usual(box(-0.15, 0.12, 0.05, 0.6, 0.1, 1.0), witness(0.45, 0.42, 0.8, 2.7, 12, 8.6, 9, 12, 42));
            case HEART ->
                new Usual(box(-0.22, 0.1, 0.3, 0.95, 0.02, 0.7), witness(0.72, 0.1, 0.75, 1.5, 15, 17, 12, 12, 14));
            case LUNG ->
                new Usual(box(-0.1, 0.1, 0.2, 0.8, 0.2, 0.8), witness(0.9, 0.015, 0.88, 1.12, 19, 19, 8, 8, 10));
            case MEDIASTINUM ->
                new Usual(box(-0.2, 0.2, 0.1, 0.85, 0.1, 1.0), witness(0.62, 0.2, 0.85, 1.5, 20, 20, 9, 14, 30));
            case PLEURA ->
                new Usual(box(-0.1, 0.1, 0.2, 0.8, 0.2, 0.8), witness(0.86, 0.055, 0.84, 1.12, 21, 22, 10, 9, 10));
            case THYROID ->
                new Usual(box(-0.15, 0.15, 0.2, 1.1, 0.7, 1.6), witness(0.42, 0.08, 0.75, 3.2, 6.8, 5.9, 9, 8, 9));
            case TRACHEA_AND_BRONCHI ->
                new Usual(box(-0.12, 0.15, 0.15, 0.75, 0.4, 1.2), witness(0.6, 0.4, 0.75, 2, 8.6, 6.1, 7, 8, 28));
        };
    }

    private static Witness witness(double agreement, double far, double least, double most, double... mm) {
        return new Witness(agreement, far, least, most, mm[0], mm[1], new double[] {mm[2], mm[3], mm[4]});
    }

    private static double[][] box(double... pairs) {
        return new double[][] {{pairs[0], pairs[1]}, {pairs[2], pairs[3]}, {pairs[4], pairs[5]}};
    }

    /** Where the middle of a set lies in the body coordinate that the lungs span: {sideways, front, up}. */
    static double[] place(VoxelSet set, VoxelSet lungs) {
        Box box = Box.of(lungs);
        double[] centre = set.centre();
        double[] middle = lungs.centre();
        return new double[] {
            (centre[0] - middle[0]) / (box.to()[0] - box.from()[0]),
            (centre[1] - box.from()[1]) / (box.to()[1] - box.from()[1]),
            (centre[2] - box.from()[2]) / (box.to()[2] - box.from()[2]),
        };
    }

    /** In words, how a place differs from the usual one; empty if it does not. */
    String oddPlace(double[] at) {
        String[][] words = {
            {"too far left", "too far right"}, {"too far back", "too far forward"}, {"too low", "too high"}
        };
        for (int axis = 0; axis < 3; axis++) {
            if (at[axis] < place[axis][0]) {
                return words[axis][0];
            }
            if (at[axis] > place[axis][1]) {
                return words[axis][1];
            }
        }
        return "";
    }
}
