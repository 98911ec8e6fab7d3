package org.reg2rg.segment;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.reg2rg.ct.GridSize;
import org.reg2rg.ct.morphology.Components;
import org.reg2rg.ct.morphology.Components.Neighbours;
import org.reg2rg.ct.morphology.VoxelSet;

/**
 * The course of the windpipe: in slice after slice a round spot of air of a finger's width near the middle of the body.
 * The longest chain of such spots wins.
 *
 * @param points index coordinates {i, j, k} on the work grid, from the head downwards; empty if there is none
 */
record Trachea(List<double[]> points) {
    private static final double AIR_HU = -600;
    private static final double SMALLEST_MM2 = 40;
    private static final double LARGEST_MM2 = 900;
    private static final double OFF_MIDLINE_MM = 45;
    /** Folds of skin and air on the table lie nearer to the surface. */
    private static final double DEPTH_MM = 12;

    private static final double STEP_MM = 4;
    private static final double SHORTEST_MM = 25;

    /** One spot of air in a slice. */
    private record Spot(double i, double j, double area, double roundness) {}

    /** The spots of a slice with the score of the best chain that ends in each, and its last but one spot. */
    private record Layer(List<Spot> spots, double[] score, int[] previous) {}

    static Trachea find(WorkVolume ct, VoxelSet body) {
        List<Layer> layers = new ArrayList<>();
        List<double[]> best = List.of();
        double bestScore = 0;
        Layer below = new Layer(List.of(), new double[0], new int[0]);
        for (List<Spot> spots : spots(ct, body)) {
            Layer here = link(ct, below, spots);
            layers.add(here);
            for (int n = 0; n < spots.size(); n++) {
                if (here.score[n] > bestScore) {
                    bestScore = here.score[n];
                    best = chain(layers, n);
                }
            }
            below = here;
        }
        boolean longEnough = best.size() * ct.mm() >= SHORTEST_MM;
        return new Trachea(longEnough ? best : List.of());
    }

    private static Layer link(WorkVolume ct, Layer below, List<Spot> spots) {
        double[] score = new double[spots.size()];
        int[] previous = new int[spots.size()];
        for (int n = 0; n < score.length; n++) {
            Spot spot = spots.get(n);
            double own = spot.roundness * Math.min(1, spot.area / 120);
            score[n] = own;
            previous[n] = -1;
            for (int m = 0; m < below.spots.size(); m++) {
                Spot other = below.spots.get(m);
                double step = Math.hypot(spot.i - other.i, spot.j - other.j) * ct.mm();
                double growth = Math.max(spot.area, other.area) / Math.min(spot.area, other.area);
                if (step <= STEP_MM + ct.mm() && growth < 2.2 && own + below.score[m] > score[n]) {
                    score[n] = own + below.score[m];
                    previous[n] = m;
                }
            }
        }
        return new Layer(spots, score, previous);
    }

    private static List<double[]> chain(List<Layer> layers, int last) {
        List<double[]> points = new ArrayList<>();
        int at = last;
        for (int slice = layers.size() - 1; at >= 0; slice--) {
            Spot spot = layers.get(slice).spots.get(at);
            points.add(new double[] {spot.i, spot.j, slice});
            at = layers.get(slice).previous[at];
        }
        return Collections.unmodifiableList(points);
    }

    private static List<List<Spot>> spots(WorkVolume ct, VoxelSet body) {
        GridSize size = ct.size();
        VoxelSet air = ct.between(-2000, AIR_HU).and(body.erode(DEPTH_MM));
        Components parts = Components.perSlice(air.bits(), size, Neighbours.FACES);
        double[][] sums = measure(parts, size);
        double middle = body.centre()[0];
        List<List<Spot>> slices = new ArrayList<>();
        for (int k = 0; k < size.z(); k++) {
            slices.add(new ArrayList<>());
        }
        for (int c = 0; c < sums.length; c++) {
            double[] s = sums[c];
            double area = parts.voxels(c) * ct.mm() * ct.mm();
            double i = s[0] / parts.voxels(c);
            double off = Math.abs(i - middle) * ct.mm();
            if (area >= SMALLEST_MM2 && area <= LARGEST_MM2 && off <= OFF_MIDLINE_MM) {
                double width = s[4] - s[3] + 1;
                double depth = s[6] - s[5] + 1;
                double aspect = Math.min(width, depth) / Math.max(width, depth);
                double filled = parts.voxels(c) / (width * depth);
                double roundness = aspect * filled * (1 - off / (2 * OFF_MIDLINE_MM));
                slices.get((int) s[2]).add(new Spot(i, s[1] / parts.voxels(c), area, roundness));
            }
        }
        return slices;
    }

    /** Per part: sum of i, sum of j, slice, first i, last i, first j, last j. */
    private static double[][] measure(Components parts, GridSize size) {
        double[][] sums = new double[parts.count()][7];
        for (double[] s : sums) {
            s[3] = Double.MAX_VALUE;
            s[5] = Double.MAX_VALUE;
        }
        parts.forEachRun((c, start, end) -> {
            double[] s = sums[c];
            int j = start / size.x() % size.y();
            int first = start % size.x();
            int last = first + end - start - 1;
            s[0] += (end - start) * (first + last) / 2.0;
            s[1] += (double) (end - start) * j;
            s[2] = start / (size.x() * size.y());
            s[3] = Math.min(s[3], first);
            s[4] = Math.max(s[4], last);
            s[5] = Math.min(s[5], j);
            s[6] = Math.max(s[6], j);
        });
        return sums;
    }

    boolean found() {
        return !points.isEmpty();
    }
}
