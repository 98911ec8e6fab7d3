package org.reg2rg.ct.dicom;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;
import org.reg2rg.core.InputException;
import org.reg2rg.core.Progress;
import org.reg2rg.ct.CtVolume;
import org.reg2rg.ct.GridSize;
import org.reg2rg.ct.HounsfieldWindow;
import org.reg2rg.ct.LoadedCt;

/** Fills the grid of a stack with the HU of its slices. */
final class VolumeAssembly {
    private static final double SHARE_OF_HEAP = 0.9;
    private static final double NOTED_SHARE = 0.001;

    private VolumeAssembly() {}

    /**
     * Reads all slices.
     *
     * @param subject the path, for errors
     */
    static LoadedCt assemble(Stack stack, String subject, Progress.Style style) throws IOException {
        GridSize size = stack.grid().size();
        int layer = size.x() * size.y();
        boolean plain = stack.isPlain();
        requireMemory(
                subject,
                (long) layer * (plain ? size.z() : size.z() + stack.slices().size()),
                size);
        float[] planes = new float[layer * stack.slices().size()];
        var loader = new PlaneLoader(stack.slices(), (slice, hu) -> put(stack, slice, hu, planes));
        String sha256 = loader.load(style);
        float[] hu = plain ? planes : blend(stack, planes);
        List<String> warnings = new ArrayList<>(stack.notes());
        double share = (double) loader.outside() / planes.length;
        if (share > NOTED_SHARE) {
            warnings.add(String.format(
                    Locale.ROOT,
                    "%.1f %% of the voxels lie outside of the scanner's field of view and were set to %.0f HU",
                    100 * share,
                    HounsfieldWindow.OUTSIDE_HU));
        }
        return new LoadedCt(new CtVolume(stack.grid(), hu), sha256, warnings);
    }

    private static void requireMemory(String subject, long voxels, GridSize size) {
        long bytes = Float.BYTES * voxels;
        long heap = Runtime.getRuntime().maxMemory();
        if (bytes > SHARE_OF_HEAP * heap || voxels > GridSize.MOST_VOXELS) {
            throw new InputException(
                    subject,
                    size + " voxels need " + (bytes >> 20) + " MB of memory, but Java has " + (heap >> 20),
                    "give it more with -Xmx, or choose a smaller series");
        }
    }

    /** Copies a slice to its place; between pixels where it is shifted by a part of one. */
    private static void put(Stack stack, int slice, float[] hu, float[] planes) {
        GridSize size = stack.grid().size();
        int at = slice * size.x() * size.y();
        Stack.Shift shift = stack.shift().get(slice);
        PixelFormat format = stack.slices().get(slice).format();
        if (shift.columns() == 0 && shift.rows() == 0 && format.columns() == size.x() && format.rows() == size.y()) {
            System.arraycopy(hu, 0, planes, at, hu.length);
            return;
        }
        Arrays.fill(planes, at, at + size.x() * size.y(), HounsfieldWindow.OUTSIDE_HU);
        for (int y = 0; y < size.y(); y++) {
            double row = y - shift.rows();
            for (int x = 0; x < size.x(); x++) {
                double column = x - shift.columns();
                if (row > -1 && row < format.rows() && column > -1 && column < format.columns()) {
                    planes[at + y * size.x() + x] = between(hu, format, column, row);
                }
            }
        }
    }

    /** Bilinear; outside of the slice there is air. */
    private static float between(float[] hu, PixelFormat format, double column, double row) {
        int x = (int) Math.floor(column);
        int y = (int) Math.floor(row);
        double fx = column - x;
        double fy = row - y;
        double top = pixel(hu, format, x, y) * (1 - fx) + pixel(hu, format, x + 1, y) * fx;
        double bottom = pixel(hu, format, x, y + 1) * (1 - fx) + pixel(hu, format, x + 1, y + 1) * fx;
        return (float) (top * (1 - fy) + bottom * fy);
    }

    private static double pixel(float[] hu, PixelFormat format, int x, int y) {
        boolean inside = x >= 0 && x < format.columns() && y >= 0 && y < format.rows();
        return inside ? hu[y * format.columns() + x] : HounsfieldWindow.OUTSIDE_HU;
    }

    private static float[] blend(Stack stack, float[] planes) {
        GridSize size = stack.grid().size();
        int layer = size.x() * size.y();
        float[] hu = new float[size.voxels()];
        IntStream.range(0, size.z()).parallel().forEach(z -> {
            Stack.Blend blend = stack.blends().get(z);
            int lower = blend.lower() * layer;
            if (blend.isPlain()) {
                System.arraycopy(planes, lower, hu, z * layer, layer);
                return;
            }
            float upper = (float) blend.upperWeight();
            for (int i = 0; i < layer; i++) {
                hu[z * layer + i] = planes[lower + i] * (1 - upper) + planes[lower + layer + i] * upper;
            }
        });
        return hu;
    }
}
