package org.reg2rg.segment;

import org.reg2rg.ct.GridSize;
import org.reg2rg.ct.morphology.VoxelSet;

/**
 * The oesophagus: a tube of a finger's width from behind the trachea to the gap of the diaphragm. Its course is the
 * cheapest path (dynamic programming from slice to slice) where cost is distance from where it is expected and tissue
 * that is not muscle.
 */
final class Esophagus {
    private static final double REACH_MM = 22;
    private static final double RADIUS_MM = 7.5;
    /** The gap of the diaphragm lies behind and below its domes. */
    private static final double HIATUS_MM = 10;

    private static final double PLACE_SIGMA_MM = 7;
    private static final double MUSCLE_HU = 40;
    private static final double HU_SIGMA = 45;

    private final Chest chest;
    private final int top;
    private final int bottom;
    private final int reach;
    private final double[][] expected;

    private Esophagus(Chest chest, int bottom, int top) {
        this.chest = chest;
        this.bottom = bottom;
        this.top = top;
        this.reach = (int) Math.round(REACH_MM / chest.mm());
        this.expected = new double[top - bottom + 1][];
        for (int k = bottom; k <= top; k++) {
            expected[k - bottom] = expected(k);
        }
    }

    /** Empty if fewer than 3 cm of it are in the scan. */
    static VoxelSet find(Chest chest, VoxelSet heart) {
        int top = topSlice(chest);
        int bottom = bottomSlice(chest);
        if ((top - bottom) * chest.mm() < 30) {
            return chest.ct().none();
        }
        var search = new Esophagus(chest, bottom, top);
        return search.tube(search.path(), heart);
    }

    private static int topSlice(Chest chest) {
        double above = chest.view().apex() + 45 / chest.mm();
        double trachea = chest.trachea().found() ? chest.trachea().points().getFirst()[2] : above;
        return (int) Math.min(chest.size().z() - 1, Math.min(above, trachea));
    }

    private static int bottomSlice(Chest chest) {
        if (!chest.diaphragm().found()) {
            return 0;
        }
        int k = chest.view().base();
        int x = (int) Math.clamp(
                chest.spine().x()[k] - 8 / chest.mm(), 0, chest.size().x() - 1);
        int y = (int) Math.clamp(
                chest.spine().front()[k] + 22 / chest.mm(), 0, chest.size().y() - 1);
        return (int) Math.max(0, chest.diaphragm().at(x, y, chest.size()) - HIATUS_MM / chest.mm());
    }

    /** Where a book would draw it in slice k: {i, j}. */
    private double[] expected(int k) {
        double mm = chest.mm();
        double x = chest.spine().x()[k];
        double y = chest.spine().front()[k];
        double aboveCarina = (k - chest.carina()) * mm;
        double[] behindSpine = {x - 6 / mm, y + 13 / mm};
        if (aboveCarina < -15) {
            // straight down behind the heart, then to the left and to the front where it leaves for the stomach
            double depth = Math.clamp((-aboveCarina - 15) / 110, 0, 1.05);
            double turn = 20 * depth * depth * depth;
            return new double[] {x - (2 + turn) / mm, y + (11 + turn) / mm};
        }
        double[] trachea = tracheaAt(k);
        if (trachea.length == 0) {
            return behindSpine;
        }
        double wall = backOfAirway(trachea, k);
        return new double[] {trachea[0] - 4 / mm, Math.max(wall - 8 / mm, y + 5 / mm)};
    }

    private double[] tracheaAt(int k) {
        double[] best = {};
        double nearest = 12 / chest.mm();
        for (double[] p : chest.trachea().points()) {
            if (Math.abs(p[2] - k) < nearest) {
                nearest = Math.abs(p[2] - k);
                best = p;
            }
        }
        return best;
    }

    private double backOfAirway(double[] trachea, int k) {
        int j = (int) Math.round(trachea[1]);
        while (j > 0 && chest.airways().get((int) Math.round(trachea[0]), j, k)) {
            j--;
        }
        return j;
    }

    private double cost(double x, double y, int k, double[] place) {
        double dx = (x - place[0]) * chest.mm() / PLACE_SIGMA_MM;
        double dy = (y - place[1]) * chest.mm() / PLACE_SIGMA_MM;
        int i = (int) Math.round(x);
        int j = (int) Math.round(y);
        GridSize size = chest.size();
        if (i < 1 || j < 1 || i >= size.x() - 1 || j >= size.y() - 1) {
            return 1e6;
        }
        double tissue = 0;
        for (int d = 0; d < 9; d++) {
            int n = size.index(i + d % 3 - 1, j + d / 3 - 1, k);
            boolean elsewhere = chest.airways().contains(n)
                    || chest.bone().contains(n)
                    || chest.lungs().left().contains(n)
                    || chest.lungs().right().contains(n);
            double z = (chest.smooth().hu()[n] - MUSCLE_HU) / HU_SIGMA;
            tissue += elsewhere ? 12 : chest.ct().hu()[n] < -300 ? 0.5 : Math.min(9, z * z);
        }
        return (dx * dx + dy * dy) + tissue / 9;
    }

    /** Per slice from the bottom: {i, j}. */
    private double[][] path() {
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
                    double dx = (expected[s - 1][0] + b % width - reach - x) * chest.mm();
                    double dy = (expected[s - 1][1] + b / width - reach - y) * chest.mm();
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
                expected[s][0] + at % width - reach, expected[s][1] + at / width - reach,
            };
            at = from[s][at];
        }
        return path;
    }

    private VoxelSet tube(double[][] path, VoxelSet heart) {
        double radius = RADIUS_MM / chest.mm();
        VoxelSet wall = chest.airways().dilate(1.5);
        VoxelSet tube = VoxelSet.where(chest.size(), chest.ct().spacing(), n -> {
            int s = chest.k(n) - bottom;
            if (s < 0 || s >= path.length) {
                return false;
            }
            double away = Math.hypot(chest.i(n) - path[s][0], chest.j(n) - path[s][1]);
            return away <= radius
                    && !wall.contains(n)
                    && !chest.bone().contains(n)
                    && !heart.contains(n)
                    && (chest.smooth().hu()[n] > -40 || chest.ct().hu()[n] < -400)
                    && !chest.lungs().left().contains(n)
                    && !chest.lungs().right().contains(n);
        });
        return tube.close(3).largest();
    }
}
