package org.reg2rg.ct.dicom;

import java.util.List;
import org.reg2rg.ct.Affine;
import org.reg2rg.ct.Grid;
import org.reg2rg.ct.GridSize;

/**
 * The slices of one volume in order, and the grid that they fill.
 *
 * @param slices sorted along the normal
 * @param shift per slice, how many columns and rows its corner lies from the grid's
 * @param blends per layer of the grid, the slices it is made of
 * @param grid of the volume: axis 0 along rows, axis 1 along columns, axis 2 along the normal
 * @param notes what the user should know, one sentence each
 */
record Stack(List<Slice> slices, List<Shift> shift, List<Blend> blends, Grid grid, List<String> notes) {
    Stack {
        slices = List.copyOf(slices);
        shift = List.copyOf(shift);
        blends = List.copyOf(blends);
        notes = List.copyOf(notes);
    }

    /** In columns and rows, not necessarily whole. */
    record Shift(double columns, double rows) {}

    /** A layer: slice {@code lower} with weight {@code 1 - upperWeight}, the next one with {@code upperWeight}. */
    record Blend(int lower, double upperWeight) {
        boolean isPlain() {
            return upperWeight == 0;
        }
    }

    /** Whether every layer is one slice as it stands. */
    boolean isPlain() {
        return blends.size() == slices.size() && blends.stream().allMatch(Blend::isPlain);
    }

    /**
     * The grid in NIfTI's world: DICOM counts to the left and back, NIfTI to the right and front.
     *
     * @param plane of the first slice
     * @param corner DICOM position of the first voxel
     * @param stepMm from layer to layer along the normal
     */
    static Grid grid(Plane plane, double[] corner, double stepMm, GridSize size) {
        double[] normal = plane.normal();
        double[] m = new double[12];
        for (int row = 0; row < 3; row++) {
            double sign = row < 2 ? -1 : 1;
            m[4 * row] = clean(sign * plane.across()[row] * plane.acrossMm());
            m[4 * row + 1] = clean(sign * plane.down()[row] * plane.downMm());
            m[4 * row + 2] = clean(sign * normal[row] * stepMm);
            m[4 * row + 3] = clean(sign * corner[row]);
        }
        return new Grid(size, new Affine(m));
    }

    /** No negative zeros: equal geometry gives equal bytes. */
    private static double clean(double value) {
        return value + 0.0;
    }
}
