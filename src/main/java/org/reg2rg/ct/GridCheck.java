package org.reg2rg.ct;

import java.util.Arrays;
import java.util.Locale;
import org.reg2rg.core.InputException;

/** Whether a mask lies on the grid of its CT. */
public final class GridCheck {
    /** How far the corners of two grids may lie apart, in voxels of the CT: headers round. */
    public static final double CORNER_TOLERANCE_VOXELS = 0.1;

    private GridCheck() {}

    /**
     * Compares size and corners.
     *
     * @param subject the mask, for the error
     * @throws InputException if the mask is of another grid than the CT
     */
    public static void require(String subject, Grid ct, Grid mask) {
        if (!ct.size().equals(mask.size())) {
            throw new InputException(
                    subject, "mask is " + mask.size() + " but the CT is " + ct.size(), "segment this series again");
        }
        GridSize size = ct.size();
        for (int corner = 0; corner < 8; corner++) {
            int i = (corner & 1) * (size.x() - 1);
            int j = (corner >> 1 & 1) * (size.y() - 1);
            int k = (corner >> 2) * (size.z() - 1);
            double[] world = mask.toWorld().apply(i, j, k);
            double[] index = ct.toWorld().index(world[0], world[1], world[2]);
            double off = Math.max(Math.abs(index[0] - i), Math.max(Math.abs(index[1] - j), Math.abs(index[2] - k)));
            if (!(off <= CORNER_TOLERANCE_VOXELS)) {
                throw new InputException(
                        subject,
                        String.format(
                                Locale.ROOT,
                                "mask lies elsewhere than the CT: corner %s is off by %.1f voxels (expected at most %.1f)",
                                Arrays.toString(new int[] {i, j, k}),
                                off,
                                CORNER_TOLERANCE_VOXELS),
                        "check orientation and origin, or segment this series again");
            }
        }
    }
}
