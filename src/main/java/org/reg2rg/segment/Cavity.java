package org.reg2rg.segment;

import java.util.Arrays;
import org.reg2rg.ct.GridSize;
import org.reg2rg.ct.morphology.Box;
import org.reg2rg.ct.morphology.SliceHull;
import org.reg2rg.ct.morphology.VoxelSet;

/**
 * The inside of the rib cage and, below it, of the belly's wall. Where lungs are, they and the back of the sternum span
 * it; further down the wall is taken to be as thick, in each direction, as it was around the lungs.
 */
final class Cavity {
    private static final int DIRECTIONS = 72;
    private static final double USUAL_WALL_MM = 25;
    private static final double STERNUM_HALF_MM = 18;
    private static final double STERNUM_HU = 150;
    /** The apices rise above the manubrium; bone before them is of the clavicles. */
    private static final double APEX_ABOVE_MM = 28;
    /** Lungs reach the wall all around in a band of this height above the domes. */
    private static final double BAND_MM = 50;

    /** Lower a lung is only a ring, and not everywhere. */
    private static final double BELOW_DOME_MM = 8;
    /** Beside the vertebrae lies muscle; fat there is that of the kidneys. */
    private static final double FLESH_HU = -20;

    private static final double SPINE_MM = 30;
    /** The diaphragm lines the wall below the lungs. */
    private static final double DIAPHRAGM_MM = 2;

    private Cavity() {}

    /** The space that lungs and mediastinum fill, slice by slice. */
    static VoxelSet chest(WorkVolume ct, VoxelSet body, Lungs lungs, Spine spine) {
        VoxelSet span =
                new VoxelSet(ct.size(), ct.spacing(), lungs.both().bits().copy());
        double[] sternum = sternum(ct, body, spine, lungs);
        GridSize size = ct.size();
        int half = (int) Math.round(STERNUM_HALF_MM / ct.mm());
        double manubrium = Box.of(lungs.both()).to()[2] - APEX_ABOVE_MM / ct.mm();
        for (int k = 0; k < size.z(); k++) {
            int start = size.index(0, 0, k);
            int next = lungs.both().bits().nextSet(start);
            boolean lung = next >= 0 && next < start + size.x() * size.y() && k <= manubrium;
            if (lung && Double.isFinite(sternum[k])) {
                for (int i = (int) spine.x()[k] - half; i <= spine.x()[k] + half; i++) {
                    if (i >= 0 && i < size.x()) {
                        span.bits().set(size.index(i, (int) sternum[k], k));
                    }
                }
            }
        }
        return SliceHull.of(span);
    }

    /** The back of the sternum in each slice of the lungs: just behind the first bone from the front, smoothed. */
    private static double[] sternum(WorkVolume ct, VoxelSet body, Spine spine, Lungs lungs) {
        GridSize size = ct.size();
        double[] back = new double[size.z()];
        Arrays.fill(back, Double.NaN);
        for (int k = 0; k < size.z(); k++) {
            double[] columns = new double[size.x()];
            int n = 0;
            for (int i = (int) (spine.x()[k] - 10 / ct.mm()); i <= spine.x()[k] + 10 / ct.mm(); i++) {
                int found = i < 0 || i >= size.x() ? -1 : behindFirstBone(ct, body, spine, i, k);
                if (found >= 0) {
                    columns[n++] = found;
                }
            }
            if (n >= 3) {
                Arrays.sort(columns, 0, n);
                back[k] = columns[n / 2];
            }
        }
        double[] smooth = new double[size.z()];
        int reach = (int) Math.round(15 / ct.mm());
        for (int k = 0; k < size.z(); k++) {
            double[] near = Arrays.stream(back, Math.max(0, k - reach), Math.min(size.z(), k + reach + 1))
                    .filter(Double::isFinite)
                    .sorted()
                    .toArray();
            smooth[k] = near.length == 0 ? Double.NaN : near[near.length / 2];
        }
        return smooth;
    }

    /** Index behind the first bright run from the front of a column, not deeper than 60 mm under the skin. */
    private static int behindFirstBone(WorkVolume ct, VoxelSet body, Spine spine, int i, int k) {
        GridSize size = ct.size();
        int j = size.y() - 1;
        while (j > 0 && !body.get(i, j, k)) {
            j--;
        }
        double deepest = Math.max(spine.front()[k] + 30 / ct.mm(), j - 60 / ct.mm());
        boolean inBone = false;
        for (; j > deepest; j--) {
            boolean bright = ct.hu()[size.index(i, j, k)] > STERNUM_HU;
            if (inBone && !bright) {
                return j;
            }
            inBone = bright;
        }
        return -1;
    }

    /** What lies deeper under the skin than the chest wall is thick at the height of the domes; below the carina only. */
    static VoxelSet withinWall(Chest chest, VoxelSet chestCavity) {
        GridSize size = chest.size();
        float[] depth = inSliceDepth(chest.body());
        double[] wall = wall(chest, chestCavity, depth);
        return VoxelSet.where(size, chest.ct().spacing(), n -> {
            int towards = direction(chest, n);
            double thick = Math.min(wall[towards], wall[mirrored(towards)]);
            boolean besideSpine = chest.beforeSpine(n) < 0 && Math.abs(chest.besideSpine(n)) < SPINE_MM;
            return chest.body().contains(n) && chest.aboveCarina(n) < 0 && depth[n] > thick * thick && !besideSpine;
        });
    }

    /** The belly's inside: below the diaphragm and deeper under the skin than the wall is thick. */
    static VoxelSet belly(Chest chest, VoxelSet chestCavity) {
        GridSize size = chest.size();
        float[] depth = inSliceDepth(chest.body());
        double[] wall = wall(chest, chestCavity, depth);
        return VoxelSet.where(size, chest.ct().spacing(), n -> {
            if (!chest.body().contains(n) || chest.aboveDiaphragm(n) >= 0) {
                return false;
            }
            double thick = wall[direction(chest, n)];
            boolean behindSpine = chest.beforeSpine(n) < 0
                    && Math.abs(chest.besideSpine(n)) < SPINE_MM
                    && chest.smooth().hu()[n] > FLESH_HU;
            boolean inside = depth[n] > thick * thick || chestCavity.contains(n);
            return inside && !behindSpine && !chest.bone().contains(n);
        });
    }

    /** Squared distance to the skin within the slice. */
    private static float[] inSliceDepth(VoxelSet body) {
        double[] mm = {body.mm()[0], body.mm()[1], 1e4};
        return new VoxelSet(body.size(), mm, body.complement().bits()).squaredDistance();
    }

    private static int direction(Chest chest, int n) {
        double x = chest.besideSpine(n);
        double y = chest.beforeSpine(n) - 50;
        double angle = Math.atan2(y, x) / (2 * Math.PI) + 0.5;
        return Math.min(DIRECTIONS - 1, (int) (angle * DIRECTIONS));
    }

    /** The same direction on the other side of the body, where lung may reach the wall that fluid keeps it from here. */
    private static int mirrored(int direction) {
        return Math.floorMod(DIRECTIONS + DIRECTIONS / 2 - 1 - direction, DIRECTIONS);
    }

    /** Median depth of the cavity's border under the skin, per direction, in the band above the domes. */
    private static double[] wall(Chest chest, VoxelSet cavity, float[] depth) {
        GridSize size = chest.size();
        double dome = chest.diaphragm().top();
        int from = Math.max(0, (int) (dome - BELOW_DOME_MM / chest.mm()));
        int to = Math.min(size.z(), (int) (dome + (BAND_MM - BELOW_DOME_MM) / chest.mm()));
        double[][] found = new double[DIRECTIONS][0];
        int[] count = new int[DIRECTIONS];
        for (int n = size.index(0, 0, from); n < (to == 0 ? 0 : to * size.x() * size.y()); n++) {
            boolean border = cavity.contains(n)
                    && (!cavity.contains(n - 1)
                            || !cavity.contains(n + 1)
                            || !cavity.contains(n - size.x())
                            || !cavity.contains(n + size.x()));
            if (border) {
                int d = direction(chest, n);
                if (count[d] == found[d].length) {
                    found[d] = Arrays.copyOf(found[d], Math.max(16, 2 * count[d]));
                }
                found[d][count[d]++] = Math.sqrt(depth[n]);
            }
        }
        double[] wall = new double[DIRECTIONS];
        double[] all = new double[DIRECTIONS];
        int known = 0;
        for (int d = 0; d < DIRECTIONS; d++) {
            Arrays.sort(found[d], 0, count[d]);
            wall[d] = count[d] == 0 ? Double.NaN : found[d][count[d] / 2];
            if (count[d] > 0) {
                all[known++] = wall[d];
            }
        }
        Arrays.sort(all, 0, known);
        double typical = known == 0 ? USUAL_WALL_MM : all[known / 2];
        for (int d = 0; d < DIRECTIONS; d++) {
            wall[d] = Double.isNaN(wall[d]) ? typical : Math.min(wall[d], typical + 8);
            wall[d] -= DIAPHRAGM_MM;
        }
        return wall;
    }
}
