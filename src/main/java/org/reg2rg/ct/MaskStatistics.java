package org.reg2rg.ct;

import java.util.List;

/**
 * Size and place of a mask on its grid.
 *
 * @param voxels voxels with a value above 0
 * @param volumeMl sum of the values times the voxel volume
 * @param boxVoxels smallest box around the voxels, {@code [[start], [end)]} for array axes 0, 1, 2; empty without voxels
 * @param boxMm the same box in millimetres along the array axes, from the outer edge of voxel 0
 * @param centroidMm mean place in world coordinates (RAS, mm), weighted by the values; empty without voxels
 * @param touchesBorder whether a voxel lies in the first or last slice of an array axis
 */
public record MaskStatistics(
        int voxels,
        double volumeMl,
        List<List<Integer>> boxVoxels,
        List<List<Double>> boxMm,
        List<Double> centroidMm,
        boolean touchesBorder) {
    private static final MaskStatistics EMPTY = new MaskStatistics(0, 0, List.of(), List.of(), List.of(), false);

    public static MaskStatistics of(RegionMask mask) {
        GridSize size = mask.grid().size();
        int[] least = {size.x(), size.y(), size.z()};
        int[] most = {-1, -1, -1};
        int voxels = 0;
        double weight = 0;
        double[] sum = new double[3];
        int index = 0;
        for (int k = 0; k < size.z(); k++) {
            for (int j = 0; j < size.y(); j++) {
                for (int i = 0; i < size.x(); i++, index++) {
                    float value = mask.value(index);
                    if (value > 0) {
                        voxels++;
                        weight += value;
                        int[] at = {i, j, k};
                        for (int axis = 0; axis < 3; axis++) {
                            sum[axis] += value * at[axis];
                            least[axis] = Math.min(least[axis], at[axis]);
                            most[axis] = Math.max(most[axis], at[axis]);
                        }
                    }
                }
            }
        }
        return voxels == 0 ? EMPTY : filled(mask.grid(), voxels, weight, sum, new int[][] {least, most});
    }

    private static MaskStatistics filled(Grid grid, int voxels, double weight, double[] sum, int[][] box) {
        int[] least = box[0];
        int[] end = {box[1][0] + 1, box[1][1] + 1, box[1][2] + 1};
        GridSize size = grid.size();
        double[] mm = grid.spacing();
        boolean touches = least[0] == 0 || least[1] == 0 || least[2] == 0;
        touches |= end[0] == size.x() || end[1] == size.y() || end[2] == size.z();
        double[] centroid = grid.toWorld().apply(sum[0] / weight, sum[1] / weight, sum[2] / weight);
        return new MaskStatistics(
                voxels,
                weight * grid.voxelMillilitres(),
                List.of(List.of(least[0], least[1], least[2]), List.of(end[0], end[1], end[2])),
                List.of(
                        List.of(round(least[0] * mm[0]), round(least[1] * mm[1]), round(least[2] * mm[2])),
                        List.of(round(end[0] * mm[0]), round(end[1] * mm[1]), round(end[2] * mm[2]))),
                List.of(round(centroid[0]), round(centroid[1]), round(centroid[2])),
                touches);
    }

    /** Micrometres: finer than any scanner. */
    private static double round(double mm) {
        return Math.round(mm * 1000) / 1000.0;
    }
}
