package org.reg2rg.segment;

import java.util.Optional;
import org.reg2rg.ct.morphology.VoxelSet;

/**
 * How a mask has to be moved to lie where it belongs.
 *
 * @param mm to the right, to the front, to the head
 */
@SuppressWarnings("ArrayRecordComponent")
record BestShift(double[] mm) {
    /** What is nearer lies where it should. */
    private static final double LEAST_MM = 9;
    /** A loss of agreement that says nothing. */
    private static final double NO_MATTER = 0.03;

    private static final int ROUNDS = 3;

    /** Empty if the set lies right, or no movement makes it agree much better. */
    static Optional<BestShift> find(VoxelSet set, VoxelSet own) {
        int[] steps = Mirror.shift(set, own);
        BestShift first = of(steps, set.mm());
        double straight = MaskScene.dice(set, own);
        if (first.length() < LEAST_MM || dice(set, own, steps) < straight + RegionAgreement.better(straight)) {
            return Optional.empty();
        }
        return Optional.of(of(settled(set, own, steps), set.mm()));
    }

    private static BestShift of(int[] steps, double[] mm) {
        return new BestShift(new double[] {steps[0] * mm[0], steps[1] * mm[1], steps[2] * mm[2]});
    }

    double length() {
        return Math.sqrt(mm[0] * mm[0] + mm[1] * mm[1] + mm[2] * mm[2]);
    }

    private static double dice(VoxelSet set, VoxelSet own, int[] steps) {
        return MaskScene.dice(Mirror.moved(set, steps), own);
    }

    /** Middles differ also because two tools end a region elsewhere: an axis that explains little is left alone. */
    private static int[] settled(VoxelSet set, VoxelSet own, int[] start) {
        int[] steps = start.clone();
        double best = dice(set, own, steps);
        for (int axis = 0; axis < 3; axis++) {
            int[] without = steps.clone();
            without[axis] = 0;
            double dice = dice(set, own, without);
            if (dice > best - NO_MATTER && of(without, set.mm()).length() >= LEAST_MM) {
                steps = without;
                best = Math.max(best, dice);
            }
        }
        for (int n = 0; n < 3 * ROUNDS; n++) {
            for (int way = -1; way <= 1; way += 2) {
                int[] next = steps.clone();
                next[n % 3] += way;
                double dice = steps[n % 3] == 0 ? 0 : dice(set, own, next);
                if (dice > best) {
                    best = dice;
                    steps = next;
                }
            }
        }
        return steps;
    }
}
