package org.reg2rg.segment;

import org.reg2rg.ct.GridSize;

/**
 * The course of a tube that runs from head to foot: the cheapest path from slice to slice (dynamic programming), where
 * cost is distance from where it is expected, tissue that does not look like it, and turns; then moved to the middle of
 * what is as wide as a tube there.
 */
final class TubePath {
    private static final double REACH_MM = 22;
    private static final double PLACE_SIGMA_MM = 7;
    private static final int CENTRINGS = 3;

    private final TubeTissue tissue;
    private final double[][] expected;
    private final int bottom;
    private final double mm;
    private final int reach;

    private TubePath(TubeTissue tissue, double[][] expected, int bottom) {
        this.tissue = tissue;
        this.expected = expected;
        this.bottom = bottom;
        mm = tissue.chest().mm();
        reach = (int) Math.round(REACH_MM / mm);
    }

    /**
     * Per slice from the bottom, {i, j, radius in mm}.
     *
     * @param expected where a book would draw it in each of these slices
     */
    static double[][] find(TubeTissue tissue, double[][] expected, int bottom) {
        var search = new TubePath(tissue, expected, bottom);
        return search.centred(search.cheapest());
    }

    private double cost(double x, double y, int k, double[] place) {
        double dx = (x - place[0]) * mm / PLACE_SIGMA_MM;
        double dy = (y - place[1]) * mm / PLACE_SIGMA_MM;
        int i = (int) Math.round(x);
        int j = (int) Math.round(y);
        GridSize size = tissue.chest().size();
        if (i < 1 || j < 1 || i >= size.x() - 1 || j >= size.y() - 1) {
            return 1e6;
        }
        return (dx * dx + dy * dy) + tissue.around(i, j, k);
    }

    /** Per slice from the bottom: {i, j}. */
    private double[][] cheapest() {
        int width = 2 * reach + 1;
        int states = width * width;
        int slices = expected.length;
        double[][] total = new double[slices][states];
        int[][] from = new int[slices][states];
        for (int s = 0; s < slices; s++) {
            for (int a = 0; a < states; a++) {
                double x = expected[s][0] + a % width - reach;
                double y = expected[s][1] + a / width - reach;
                double best = s == 0 ? 0 : Double.MAX_VALUE;
                for (int b = 0; s > 0 && b < states; b++) {
                    double dx = (expected[s - 1][0] + b % width - reach - x) * mm;
                    double dy = (expected[s - 1][1] + b / width - reach - y) * mm;
                    if (Math.abs(dx) <= 4 && Math.abs(dy) <= 4) {
                        double step = total[s - 1][b] + (dx * dx + dy * dy) / 6;
                        if (step < best) {
                            best = step;
                            from[s][a] = b;
                        }
                    }
                }
                total[s][a] = best == Double.MAX_VALUE ? 1e9 : best + cost(x, y, bottom + s, expected[s]);
            }
        }
        return trace(total, from, width);
    }

    private double[][] trace(double[][] total, int[][] from, int width) {
        double[][] path = new double[total.length][];
        int at = 0;
        for (int a = 0; a < total[0].length; a++) {
            at = total[total.length - 1][a] < total[total.length - 1][at] ? a : at;
        }
        for (int s = total.length - 1; s >= 0; s--) {
            path[s] = new double[] {
                expected[s][0] + at % width - reach, expected[s][1] + at / width - reach, tissue.radii()[0],
            };
            at = from[s][at];
        }
        return path;
    }

    /** Moves each point to the middle of the tube around it. */
    private double[][] centred(double[][] path) {
        double[][] moved = path;
        for (int round = 0; round < CENTRINGS; round++) {
            double[][] middles = new double[path.length][];
            for (int s = 0; s < path.length; s++) {
                middles[s] = tissue.middle(moved[s], bottom + s);
            }
            moved = smooth(middles);
        }
        return moved;
    }

    private static double[][] smooth(double[][] path) {
        double[][] result = new double[path.length][path[0].length];
        for (int s = 0; s < path.length; s++) {
            int from = Math.max(0, s - 2);
            int to = Math.min(path.length, s + 3);
            for (int t = from; t < to; t++) {
                for (int n = 0; n < result[s].length; n++) {
                    result[s][n] += path[t][n] / (to - from);
                }
            }
        }
        return result;
    }
}
