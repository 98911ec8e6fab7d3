package org.reg2rg.ct.dicom;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import org.reg2rg.core.InputException;
import org.reg2rg.ct.GridSize;

/**
 * Lays sorted slices onto an even, upright grid. Even slices stay as they are; slices at uneven distances, single
 * missing ones and tilted gantries are interpolated where that is safe, and refused where it would invent anatomy.
 */
final class StackLayout {
    /** Positions are rounded in files: so far from an even grid counts as even, in mm and as a share of the step. */
    private static final double ROUNDING_MM = 0.1;

    private static final double ROUNDING_SHARE = 0.1;

    /** Linear interpolation over more than this would invent anatomy. */
    private static final double WIDEST_GAP_MM = 10;

    private static final double MOST_MISSING = 0.1;
    private static final double NO_SHIFT_PIXELS = 0.1;
    private static final int MOST_LAYERS = 4000;

    private final String subject;
    private final List<Slice> slices;
    private final double[] normal;
    private final double[] places;
    private final List<String> notes;

    StackLayout(String subject, List<Slice> sorted, double[] normal, List<String> notes) {
        this.subject = subject;
        this.slices = sorted;
        this.normal = normal;
        this.places = places(sorted, normal);
        this.notes = notes;
    }

    /** Whether the slices lie at even distances, but for rounding. */
    static boolean isEven(List<Slice> sorted, double[] normal) {
        double[] places = places(sorted, normal);
        int n = places.length;
        if (n < 3) {
            return true;
        }
        double step = (places[n - 1] - places[0]) / (n - 1);
        for (int i = 0; i < n; i++) {
            if (Math.abs(places[0] + i * step - places[i]) > Math.max(ROUNDING_MM, ROUNDING_SHARE * step)) {
                return false;
            }
        }
        return true;
    }

    private static double[] places(List<Slice> sorted, double[] normal) {
        return sorted.stream().mapToDouble(s -> s.plane().along(normal)).toArray();
    }

    Stack layout() {
        int n = places.length;
        double step =
                n == 1 ? loneStep() : isEven(slices, normal) ? (places[n - 1] - places[0]) / (n - 1) : unevenStep();
        int layers = n == 1 ? 1 : (int) Math.round((places[n - 1] - places[0]) / step) + 1;
        List<Stack.Blend> blends = n == layers && isEven(slices, normal) ? plain(n) : blends(step, layers);
        return shifted(step, blends);
    }

    private double loneStep() {
        Slice slice = slices.getFirst();
        double between = slice.traits().spacingBetweenMm().orElse(0);
        double step = between > 0 ? between : slice.thicknessMm();
        notes.add("a single slice: give the folder to read the whole series");
        return step > 0 ? step : slice.plane().downMm();
    }

    /** The step of an even grid for slices at uneven distances; refuses where too much would have to be invented. */
    private double unevenStep() {
        double[] distances = new double[places.length - 1];
        for (int i = 0; i < distances.length; i++) {
            distances[i] = places[i + 1] - places[i];
        }
        double[] sorted = distances.clone();
        Arrays.sort(sorted);
        double median = sorted[sorted.length / 2];
        int missing = 0;
        int widest = 0;
        for (int i = 0; i < distances.length; i++) {
            missing += Math.max(0, (int) Math.round(distances[i] / median) - 1);
            widest = distances[i] > distances[widest] ? i : widest;
        }
        boolean tooWide = distances[widest] > WIDEST_GAP_MM && distances[widest] > 1.5 * median;
        if (tooWide || missing > MOST_MISSING * places.length + 1) {
            throw new InputException(
                    subject,
                    String.format(
                            Locale.ROOT,
                            "slices are missing: after %.1f mm along the scan the next one is at %.1f mm,"
                                    + " the others lie %.1f mm apart (about %d missing in all)",
                            places[widest],
                            places[widest + 1],
                            median,
                            missing),
                    "send the series again, complete");
        }
        noteInterpolation(missing, sorted);
        double extent = places[places.length - 1] - places[0];
        double finest = missing > 0 ? median : Math.max(sorted[0], median / 4);
        double step = Math.max(finest, extent / MOST_LAYERS);
        return extent / Math.max(1, Math.round(extent / step));
    }

    private void noteInterpolation(int missing, double[] sorted) {
        notes.add(
                missing > 0
                        ? String.format(
                                Locale.ROOT, "%d missing slices were interpolated from their neighbours", missing)
                        : String.format(
                                Locale.ROOT,
                                "the slices lie %.2f to %.2f mm apart: interpolated to even distances",
                                sorted[0],
                                sorted[sorted.length - 1]));
    }

    private static List<Stack.Blend> plain(int n) {
        List<Stack.Blend> blends = new ArrayList<>(n);
        for (int i = 0; i < n; i++) {
            blends.add(new Stack.Blend(i, 0));
        }
        return blends;
    }

    private List<Stack.Blend> blends(double step, int layers) {
        List<Stack.Blend> blends = new ArrayList<>(layers);
        int lower = 0;
        for (int layer = 0; layer < layers; layer++) {
            double place = places[0] + layer * step;
            while (lower + 2 < places.length && places[lower + 1] <= place) {
                lower++;
            }
            double share = (place - places[lower]) / (places[lower + 1] - places[lower]);
            blends.add(new Stack.Blend(lower, Math.clamp(share, 0, 1)));
        }
        return blends;
    }

    /** Places every slice in the plane: they drift sideways where the gantry was tilted. */
    private Stack shifted(double step, List<Stack.Blend> blends) {
        Plane first = slices.getFirst().plane();
        double[] columns = new double[places.length];
        double[] rows = new double[places.length];
        for (int i = 0; i < places.length; i++) {
            Plane plane = slices.get(i).plane();
            columns[i] = (plane.along(first.across()) - first.along(first.across())) / first.acrossMm();
            rows[i] = (plane.along(first.down()) - first.along(first.down())) / first.downMm();
        }
        double leftmost = Arrays.stream(columns).min().orElseThrow();
        double topmost = Arrays.stream(rows).min().orElseThrow();
        double wider = Arrays.stream(columns).max().orElseThrow() - leftmost;
        double taller = Arrays.stream(rows).max().orElseThrow() - topmost;
        PixelFormat format = slices.getFirst().format();
        boolean drifts = Math.max(wider, taller) > NO_SHIFT_PIXELS;
        requireOneScan(wider, taller, first, format);
        if (drifts) {
            noteTilt(first);
        }
        List<Stack.Shift> shifts = new ArrayList<>(places.length);
        for (int i = 0; i < places.length; i++) {
            shifts.add(drifts ? new Stack.Shift(columns[i] - leftmost, rows[i] - topmost) : new Stack.Shift(0, 0));
        }
        double[] corner = first.corner().clone();
        for (int axis = 0; axis < 3 && drifts; axis++) {
            corner[axis] +=
                    leftmost * first.acrossMm() * first.across()[axis] + topmost * first.downMm() * first.down()[axis];
        }
        GridSize size = size(
                format.columns() + (drifts ? (int) Math.ceil(wider - 1e-6) : 0),
                format.rows() + (drifts ? (int) Math.ceil(taller - 1e-6) : 0),
                blends.size());
        return new Stack(slices, shifts, blends, Stack.grid(first, corner, step, size), notes);
    }

    private void requireOneScan(double wider, double taller, Plane first, PixelFormat format) {
        if (wider > format.columns() || taller > format.rows()) {
            throw new InputException(
                    subject,
                    String.format(
                            Locale.ROOT,
                            "the slices lie up to %.0f mm beside one another, which is no single scan",
                            Math.max(wider * first.acrossMm(), taller * first.downMm())),
                    "export the scan as a series of its own");
        }
    }

    private void noteTilt(Plane first) {
        Plane last = slices.getLast().plane();
        double[] way = new double[3];
        for (int axis = 0; axis < 3; axis++) {
            way[axis] = last.corner()[axis] - first.corner()[axis];
        }
        double cosine = Math.min(1, Plane.dot(way, normal) / Plane.length(way));
        notes.add(String.format(
                Locale.ROOT,
                "the gantry was tilted by %.1f°: the slices were shifted onto an upright grid",
                Math.toDegrees(Math.acos(cosine))));
    }

    private GridSize size(int x, int y, int z) {
        try {
            return new GridSize(x, y, z);
        } catch (IllegalArgumentException e) {
            throw new InputException(
                    subject, x + "×" + y + "×" + z + " voxels are more than can be read", "give a smaller series", e);
        }
    }
}
