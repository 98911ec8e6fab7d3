package org.reg2rg.report;

import java.util.ArrayList;
import java.util.List;
import org.reg2rg.ct.CtVolume;
import org.reg2rg.ct.GridSize;
import org.reg2rg.ct.Orientation;
import org.reg2rg.ct.RegionMask;

/** Cuts the three slices in which a region is largest out of a CT on its own grid, in radiological convention. */
public final class RegionPictures {
    private final CtVolume ct;
    private final Orientation orientation;

    public RegionPictures(CtVolume ct) {
        this.ct = ct;
        this.orientation = Orientation.of(ct.grid().toWorld());
    }

    /** The axial, coronal and sagittal slice with the most voxels of {@code mask}; the mask is on the grid of the CT. */
    public List<SlicePicture> of(RegionMask mask, Window window) {
        int[][] areas = areas(mask);
        var pictures = new ArrayList<SlicePicture>();
        for (Plane plane : Plane.values()) {
            int normal = orientation.arrayAxis(plane.normal());
            pictures.add(cut(mask, window, plane, largest(areas[normal])));
        }
        return pictures;
    }

    /** Voxels of the mask in each slice along each array axis. */
    private int[][] areas(RegionMask mask) {
        GridSize size = ct.size();
        var areas = new int[][] {new int[size.x()], new int[size.y()], new int[size.z()]};
        int index = 0;
        for (int k = 0; k < size.z(); k++) {
            for (int j = 0; j < size.y(); j++) {
                for (int i = 0; i < size.x(); i++, index++) {
                    if (mask.contains(index)) {
                        areas[0][i]++;
                        areas[1][j]++;
                        areas[2][k]++;
                    }
                }
            }
        }
        return areas;
    }

    /** The middle one of the slices that share the largest area. */
    private static int largest(int[] area) {
        int most = 0;
        for (int a : area) {
            most = Math.max(most, a);
        }
        int first = 0;
        while (area[first] < most) {
            first++;
        }
        int last = area.length - 1;
        while (area[last] < most) {
            last--;
        }
        int middle = (first + last) / 2;
        return area[middle] == most ? middle : first;
    }

    private SlicePicture cut(RegionMask mask, Window window, Plane plane, int slice) {
        GridSize size = ct.size();
        int across = orientation.arrayAxis(plane.across());
        int down = orientation.arrayAxis(plane.down());
        int normal = orientation.arrayAxis(plane.normal());
        // A picture runs from R to L, A to P and S to I: against an axis that increases towards R, A or S.
        boolean flipAcross = orientation.increases(plane.across());
        boolean flipDown = orientation.increases(plane.down());
        int columns = size.along(across);
        int rows = size.along(down);
        int[] index = new int[rows * columns];
        int[] voxel = new int[3];
        voxel[normal] = slice;
        for (int r = 0; r < rows; r++) {
            voxel[down] = flipDown ? rows - 1 - r : r;
            for (int c = 0; c < columns; c++) {
                voxel[across] = flipAcross ? columns - 1 - c : c;
                index[r * columns + c] = size.index(voxel[0], voxel[1], voxel[2]);
            }
        }
        byte[] grey = new byte[index.length];
        for (int n = 0; n < index.length; n++) {
            grey[n] = (byte) window.grey(ct.hu()[index[n]]);
        }
        String outline = Outline.path((c, r) -> mask.contains(index[r * columns + c]), columns, rows);
        double[] spacing = ct.grid().spacing();
        return new SlicePicture(
                plane.text(),
                slice,
                columns,
                rows,
                columns * spacing[across],
                rows * spacing[down],
                Jpeg.encode(grey, columns, rows),
                outline);
    }
}
