package org.reg2rg.ct.dicom;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;
import java.util.TreeMap;
import org.reg2rg.core.InputException;
import org.reg2rg.ct.Bits;
import org.reg2rg.ct.Grid;
import org.reg2rg.ct.GridSize;
import org.reg2rg.ct.RegionMask;

/**
 * An RT structure set: closed contours, drawn on planes. They become masks on the grid of a CT: voxels whose centres lie
 * inside; between two planes the nearer one counts.
 */
public final class RtStruct {
    private static final String SOP_CLASS = "1.2.840.10008.5.1.4.1.1.481.3";

    /** Contours may leave their slice by so much of a voxel. */
    private static final double MOST_SLANT = 0.5;

    private static final double SAME_PLANE = 0.1;
    private static final double WIDEST_STEP_MM = 20;

    private RtStruct() {}

    /** Corners of one polygon, in voxels of the grid. */
    @SuppressWarnings("ArrayRecordComponent")
    private record Contour(double[] x, double[] y) {}

    /** Whether the file is a structure set. */
    public static boolean recognises(Path path) throws IOException {
        return DicomMasks.isOfClass(path, SOP_CLASS);
    }

    /**
     * Reads all structures that have closed contours.
     *
     * @param grid of the CT that the contours were drawn on
     * @return structure name → mask on this grid, in the order of the file; equal names are numbered
     * @throws InputException if it is no structure set, damaged, or drawn across the slices of this CT
     */
    public static SequencedMap<String, RegionMask> read(Path path, Grid grid) throws IOException {
        DicomData data;
        try (DicomFile file = DicomFile.open(new PathSource(path), ReadLimits.CONTOURS)) {
            data = file.data();
        }
        if (!data.text(Tag.SOP_CLASS).orElse("").equals(SOP_CLASS)) {
            throw new InputException(
                    path.toString(),
                    "not an RT structure set (modality "
                            + data.text(Tag.MODALITY).orElse("unknown") + ")",
                    "give the RTSTRUCT file");
        }
        Map<Integer, String> names = new TreeMap<>();
        for (DicomData roi : data.items(Tag.STRUCTURE_SET_ROI_SEQUENCE)) {
            int number = roi.integer(Tag.ROI_NUMBER).orElse(-1);
            names.put(number, SeriesFacts.printable(roi.text(Tag.ROI_NAME).orElse("ROI " + number)));
        }
        var masks = new LinkedHashMap<String, RegionMask>();
        for (DicomData roi : data.items(Tag.ROI_CONTOUR_SEQUENCE)) {
            int number = roi.integer(Tag.REFERENCED_ROI_NUMBER).orElse(-1);
            String name = names.getOrDefault(number, "ROI " + number);
            TreeMap<Double, List<Contour>> planes = planes(path + ", structure " + name, roi, grid);
            if (!planes.isEmpty()) {
                masks.put(DicomMasks.unique(name, masks.keySet()), new RegionMask.Binary(grid, fill(planes, grid)));
            }
        }
        if (masks.isEmpty()) {
            throw new InputException(
                    path.toString(), "no closed contours", "export the structures with their contours");
        }
        return masks;
    }

    /** Slice (not necessarily whole) → contours on it. */
    private static TreeMap<Double, List<Contour>> planes(String subject, DicomData roi, Grid grid) {
        var planes = new TreeMap<Double, List<Contour>>();
        for (DicomData item : roi.items(Tag.CONTOUR_SEQUENCE)) {
            boolean closed = item.text(Tag.CONTOUR_GEOMETRIC_TYPE).orElse("").startsWith("CLOSED");
            double[] points = item.numbers(Tag.CONTOUR_DATA);
            if (!closed || points.length < 9) {
                continue; // points and lines enclose nothing
            }
            if (points.length % 3 != 0) {
                throw new InputException(
                        subject, "a contour of " + points.length + " numbers (expected threes)", "export it again");
            }
            addContour(subject, points, grid, planes);
        }
        return planes;
    }

    private static void addContour(String subject, double[] points, Grid grid, TreeMap<Double, List<Contour>> planes) {
        int n = points.length / 3;
        double[] x = new double[n];
        double[] y = new double[n];
        double low = Double.POSITIVE_INFINITY;
        double high = Double.NEGATIVE_INFINITY;
        for (int i = 0; i < n; i++) {
            // DICOM counts to the left and back, the grid to the right and front.
            double[] index = grid.toWorld().index(-points[3 * i], -points[3 * i + 1], points[3 * i + 2]);
            x[i] = index[0];
            y[i] = index[1];
            low = Math.min(low, index[2]);
            high = Math.max(high, index[2]);
        }
        if (high - low > MOST_SLANT) {
            throw new InputException(
                    subject, "the contours lie across the slices of this CT", "give the CT that they were drawn on");
        }
        double place = (low + high) / 2;
        Double near = planes.floorKey(place + SAME_PLANE);
        double plane = near != null && place - near <= SAME_PLANE ? near : place;
        planes.computeIfAbsent(plane, p -> new ArrayList<>()).add(new Contour(x, y));
    }

    private static Bits fill(TreeMap<Double, List<Contour>> planes, Grid grid) {
        GridSize size = grid.size();
        var bits = new Bits(size.voxels());
        double reach = reach(planes, grid);
        for (var plane : planes.entrySet()) {
            int first = (int) Math.max(0, Math.ceil(plane.getKey() - reach));
            int last = (int) Math.min(size.z() - 1.0, Math.floor(plane.getKey() + reach));
            boolean[] inside = null;
            for (int k = first; k <= last; k++) {
                if (!nearest(planes, k).equals(plane.getKey())) {
                    continue;
                }
                if (inside == null) {
                    inside = filled(plane.getValue(), size);
                }
                set(bits, inside, k * size.x() * size.y());
            }
        }
        return bits;
    }

    private static void set(Bits bits, boolean[] inside, int at) {
        for (int i = 0; i < inside.length; i++) {
            if (inside[i]) {
                bits.set(at + i);
            }
        }
    }

    private static boolean[] filled(List<Contour> contours, GridSize size) {
        var fill = new ContourFill(size.x(), size.y());
        contours.forEach(contour -> fill.add(contour.x, contour.y));
        return fill.inside();
    }

    /** The plane nearest to a slice; of two the lower. */
    private static Double nearest(TreeMap<Double, List<Contour>> planes, int k) {
        Double below = planes.floorKey((double) k);
        Double above = planes.ceilingKey((double) k);
        if (below == null || above == null) {
            return below == null ? planes.firstKey() : planes.lastKey();
        }
        return k - below <= above - k ? below : above;
    }

    /** How many slices a plane counts for on either side: half of the usual distance between planes. */
    private static double reach(TreeMap<Double, List<Contour>> planes, Grid grid) {
        double[] keys =
                planes.keySet().stream().mapToDouble(Double::doubleValue).toArray();
        double[] steps = new double[keys.length - 1];
        for (int i = 0; i < steps.length; i++) {
            steps[i] = keys[i + 1] - keys[i];
        }
        Arrays.sort(steps);
        double usual = steps.length == 0 ? 1 : steps[steps.length / 2];
        double most = WIDEST_STEP_MM / grid.toWorld().spacing(2);
        return Math.max(0.5, Math.min(usual, most) / 2) + 1e-3;
    }
}
