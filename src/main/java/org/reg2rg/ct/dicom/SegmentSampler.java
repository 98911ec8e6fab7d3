package org.reg2rg.ct.dicom;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.reg2rg.core.InputException;
import org.reg2rg.ct.Bits;
import org.reg2rg.ct.Grid;
import org.reg2rg.ct.GridSize;
import org.reg2rg.ct.RegionMask;

/**
 * Brings the frames of a segmentation to the grid of a CT: every voxel takes the pixel that lies nearest to its centre,
 * of the frame that lies nearest to it. Where no frame is near there is nothing.
 */
final class SegmentSampler {
    private static final double SAME_PLACE_MM = 0.01;

    private final String subject;
    private final SegmentFrames source;
    private final Grid grid;
    private final int most;
    private final Plane first;
    private final double[] normal;

    /** Places of frames along the normal, rising, and the frames at each. */
    private final double[] places;

    private final List<List<Integer>> framesAt = new ArrayList<>();
    private final int columns;
    private final int rows;

    /** Per frame, place of its corner along {@code across} and {@code down}. */
    private final double[] acrossMm;

    private final double[] downMm;

    SegmentSampler(String subject, SegmentFrames source, Grid grid, int most) {
        this.subject = subject;
        this.source = source;
        this.grid = grid;
        this.most = most;
        this.first = source.frames().getFirst().plane();
        this.normal = first.normal();
        this.columns = source.size().columns();
        this.rows = source.size().rows();
        this.places = sortPlaces();
        this.acrossMm = corners(first.across());
        this.downMm = corners(first.down());
    }

    private double[] corners(double[] direction) {
        return source.frames().stream()
                .mapToDouble(frame -> frame.plane().along(direction))
                .toArray();
    }

    private double[] sortPlaces() {
        var sorted = new TreeMap<Double, List<Integer>>();
        for (int f = 0; f < source.frames().size(); f++) {
            Plane plane = source.frames().get(f).plane();
            if (!plane.sameFrame(first)) {
                throw new InputException(
                        subject, "frames of several directions", "export one segmentation a direction");
            }
            double place = plane.along(normal);
            Double near = sorted.floorKey(place + SAME_PLACE_MM);
            double key = near != null && place - near <= SAME_PLACE_MM ? near : place;
            sorted.computeIfAbsent(key, p -> new ArrayList<>()).add(f);
        }
        framesAt.addAll(sorted.values());
        return sorted.keySet().stream().mapToDouble(Double::doubleValue).toArray();
    }

    RegionMask empty() {
        return new RegionMask.Binary(grid, new Bits(grid.size().voxels()));
    }

    /** Segment number → mask. */
    Map<Integer, RegionMask> masks() {
        var targets = new TreeMap<Integer, Target>();
        GridSize size = grid.size();
        double reach = reach();
        for (int k = 0; k < size.z(); k++) {
            for (int j = 0; j < size.y(); j++) {
                row(j, k, reach, targets);
            }
        }
        var masks = new TreeMap<Integer, RegionMask>();
        targets.forEach((segment, target) -> masks.put(segment, target.mask(grid)));
        return masks;
    }

    private void row(int j, int k, double reach, Map<Integer, Target> targets) {
        double[] start = dicom(grid.toWorld().apply(0, j, k));
        double[] step = dicom(grid.toWorld().apply(1, j, k));
        for (int n = 0; n < 3; n++) {
            step[n] -= start[n];
        }
        double place = Plane.dot(start, normal);
        double placeStep = Plane.dot(step, normal);
        double column = Plane.dot(start, first.across());
        double columnStep = Plane.dot(step, first.across());
        double row = Plane.dot(start, first.down());
        double rowStep = Plane.dot(step, first.down());
        int at = grid.size().index(0, j, k);
        for (int i = 0; i < grid.size().x(); i++) {
            int near = nearest(place + i * placeStep);
            if (Math.abs(places[near] - place - i * placeStep) > reach) {
                continue;
            }
            for (int frame : framesAt.get(near)) {
                sample(frame, column + i * columnStep, row + i * rowStep, at + i, targets);
            }
        }
    }

    private void sample(int frame, double across, double down, int voxel, Map<Integer, Target> targets) {
        long x = Math.round((across - acrossMm[frame]) / first.acrossMm());
        long y = Math.round((down - downMm[frame]) / first.downMm());
        if (x < 0 || y < 0 || x >= columns || y >= rows) {
            return;
        }
        int value = source.pixels().at(frame, (int) (y * columns + x));
        if (value == 0) {
            return;
        }
        switch (source.type()) {
            case BINARY -> target(source.frames().get(frame).segment(), targets).set(voxel, 1);
            case FRACTIONAL ->
                target(source.frames().get(frame).segment(), targets).set(voxel, Math.min(1, (float) value / most));
            case LABELMAP -> target(value, targets).set(voxel, 1);
        }
    }

    private Target target(int segment, Map<Integer, Target> targets) {
        return targets.computeIfAbsent(segment, s -> new Target(grid.size().voxels()));
    }

    private int nearest(double place) {
        int at = Arrays.binarySearch(places, place);
        if (at >= 0) {
            return at;
        }
        int above = -at - 1;
        if (above == 0 || above == places.length) {
            return Math.clamp(above, 0, places.length - 1);
        }
        return place - places[above - 1] <= places[above] - place ? above - 1 : above;
    }

    /** Half of the distance between frames: the smallest there is, and no more than usual, since empty ones are left out. */
    private double reach() {
        double step = Double.POSITIVE_INFINITY;
        for (int p = 1; p < places.length; p++) {
            step = Math.min(step, places[p] - places[p - 1]);
        }
        double usual =
                Math.max(source.frames().getFirst().spacingMm(), grid.toWorld().spacing(2));
        return Math.min(step, usual) / 2 + SAME_PLACE_MM;
    }

    /** From NIfTI's world to DICOM's: left and back instead of right and front. */
    private static double[] dicom(double[] world) {
        return new double[] {-world[0], -world[1], world[2]};
    }

    /** A mask that stays binary as long as every value is 1. */
    private static final class Target {
        private final Bits bits;
        private float[] factors = {};

        Target(int voxels) {
            this.bits = new Bits(voxels);
        }

        void set(int voxel, float value) {
            if (value < 1 && factors.length == 0) {
                factors = new float[bits.size()];
                for (int i = bits.nextSet(0); i >= 0; i = bits.nextSet(i + 1)) {
                    factors[i] = 1;
                }
            }
            if (factors.length > 0) {
                factors[voxel] = Math.max(factors[voxel], value);
            }
            bits.set(voxel);
        }

        RegionMask mask(Grid grid) {
            return factors.length == 0 ? new RegionMask.Binary(grid, bits) : new RegionMask.Fractional(grid, factors);
        }
    }
}
