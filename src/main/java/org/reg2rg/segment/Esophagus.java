package org.reg2rg.segment;

import org.reg2rg.ct.morphology.VoxelSet;

/**
 * The oesophagus: a tube of a finger's width from behind the trachea to the gap of the diaphragm. Its course is the
 * cheapest path (dynamic programming from slice to slice) where cost is distance from where it is expected and tissue
 * that is not muscle.
 */
final class Esophagus {
    /** Around its middle all is gullet: wall, gas, or a mixture that looks like fat; and no other organ comes nearer. */
    private static final double CORE_MM = 5;

    private static final double OTHER_MM = 3.5;

    private static final double FAT_HU = -25;
    private static final double GAS_HU = -400;
    /** The gap of the diaphragm lies behind and below its domes. */
    private static final double HIATUS_MM = 10;

    private final Chest chest;
    private final int top;
    private final int bottom;

    private Esophagus(Chest chest, int bottom, int top) {
        this.chest = chest;
        this.bottom = bottom;
        this.top = top;
    }

    /** Empty if fewer than 3 cm of it are in the scan. */
    static VoxelSet find(Chest chest, VoxelSet heart) {
        int top = topSlice(chest);
        int bottom = bottomSlice(chest);
        if ((top - bottom) * chest.mm() < 30) {
            return chest.ct().none();
        }
        var search = new Esophagus(chest, bottom, top);
        return search.tube(heart);
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

    private VoxelSet tube(VoxelSet heart) {
        double[][] expected = new double[top - bottom + 1][];
        for (int k = bottom; k <= top; k++) {
            expected[k - bottom] = expected(k);
        }
        GulletTissue tissue = GulletTissue.of(chest, heart, expected, bottom);
        double[][] path = TubePath.find(tissue.tissue(), expected, bottom);
        VoxelSet wall = chest.airways().dilate(1.5);
        VoxelSet tube = VoxelSet.where(chest.size(), chest.ct().spacing(), n -> {
            int s = chest.k(n) - bottom;
            if (s < 0 || s >= path.length) {
                return false;
            }
            double away = Math.hypot(chest.i(n) - path[s][0], chest.j(n) - path[s][1]) * chest.mm();
            return away <= path[s][2]
                    && !wall.contains(n)
                    && !chest.bone().contains(n)
                    && !(away > OTHER_MM && tissue.thick().contains(n))
                    && (away <= CORE_MM
                            || chest.smooth().hu()[n] > FAT_HU
                            || chest.ct().hu()[n] > FAT_HU
                            || chest.ct().hu()[n] < GAS_HU)
                    && !chest.lungs().left().contains(n)
                    && !chest.lungs().right().contains(n);
        });
        return tube.close(3).largest();
    }
}
