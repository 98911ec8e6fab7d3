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
     * The spread between good masks and the built-in ones, from 20 synthetic patients with findings, cut scans and other
     * spacing, and widened for what other tools draw.
     *
     * @param agreement least Dice
     * @param far most of the mask that lies over 12 mm away
     * @param least least volume, as a share of the built-in one
     * @param most most volume
     */
    record Witness(double agreement, double far, double least, double most) {}

    static Usual of(Region region) {
        return switch (region) {
            case ABDOMEN -> new Usual(box(-0.3, 0.3, 0.1, 0.95, -3, 0.4), new Witness(0.7, 0.06, 0.6, 1.4));
            case BONE -> new Usual(box(-0.25, 0.25, -0.2, 0.8, -2, 1.1), new Witness(0.68, 0.05, 0.72, 1.25));
            case BREAST -> new Usual(box(-0.45, 0.45, 0.65, 1.5, -0.1, 0.9), new Witness(0.42, 0.2, 0.45, 1.9));
            case ESOPHAGUS -> new Usual(box(-0.15, 0.12, 0.05, 0.6, 0.1, 1.0), new Witness(0.2, 0.68, 0.85, 6.5));
            case HEART -> new Usual(box(-0.22, 0.1, 0.3, 0.95, 0.02, 0.7), new Witness(0.56, 0.33, 0.72, 2.1));
            case LUNG -> new Usual(box(-0.1, 0.1, 0.2, 0.8, 0.2, 0.8), new Witness(0.9, 0.015, 0.85, 1.15));
            case MEDIASTINUM -> new Usual(box(-0.2, 0.2, 0.1, 0.85, 0.1, 1.0), new Witness(0.5, 0.32, 0.85, 1.35));
            case PLEURA -> new Usual(box(-0.1, 0.1, 0.2, 0.8, 0.2, 0.8), new Witness(0.85, 0.08, 0.8, 1.15));
            case THYROID -> new Usual(box(-0.15, 0.15, 0.2, 1.1, 0.7, 1.6), new Witness(0.35, 0.2, 0.6, 2.4));
            case TRACHEA_AND_BRONCHI ->
                new Usual(box(-0.12, 0.15, 0.15, 0.75, 0.4, 1.2), new Witness(0.5, 0.53, 0.9, 2.6));
        };
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
