package org.reg2rg.segment;

import java.util.Arrays;
import org.reg2rg.ct.GridSize;
import org.reg2rg.ct.morphology.Box;
import org.reg2rg.ct.morphology.VoxelSet;

/**
 * The breasts: fat and gland under the skin of the front chest wall, before the muscle, beside the sternum, around the
 * height of the heart. On either side an ellipse, as seen from the front, is fitted to where the skin bulges beyond the
 * line that it takes below the breasts.
 */
final class Breast {
    private static final double FAT_HU = 0;
    private static final double MUSCLE_LOW = 39;
    private static final double MUSCLE_HIGH = 80;
    /** The ribs, what lies between them, and muscle on them that may be thin. */
    private static final double WALL_MM = 16;

    private static final double THIN_MM = 4;
    /** From where muscle is as bright as it gets to its edge. */
    private static final double EDGE_MM = 5.5;
    /** The slices below the breasts, seen from the carina. */
    private static final double BELOW_FROM_MM = 125;

    private static final double BELOW_TO_MM = 105;
    private static final double STERNUM_HALF_MM = 8;
    /** A skin that bulges less is the flat chest around the breast. */
    private static final double FLAT_MM = 2.5;

    private static final double BULGE_MM = 9;
    private static final double MOST_MM = 8;
    private static final double LEAST_MM = -4;
    /** From the middle of the body and below the carina, in mm: the book, and how far people differ from it. */
    private static final double[] BOOK = {66, 44, 50, 50};

    private static final double[] SPREAD = {10, 12, 12, 6};
    private static final double[][] SEARCH = {{50, 86, 4}, {16, 76, 4}, {34, 66, 4}, {38, 66, 4}};
    /** What one deviation from the book costs, as a share of the book's ellipse bulging by the least that counts. */
    private static final double PRIOR = 0.25;

    /** Around its middle, in squared half axes, the muscle behind a breast is its base. */
    private static final double MIDDLE_SHARE = 0.25;
    /** How far it follows the chest wall behind that plane. */
    private static final double REAR_MM = 12;

    private final Chest chest;
    private final double front;
    private final double middle;
    private final VoxelSet cavity;

    /** One breast as seen from the front: off the middle of the body, below the carina, half axes. */
    private record Outline(double beside, double below, double halfWidth, double halfHeight) {
        boolean holds(double x, double z) {
            return radius(x, z) < 1;
        }

        /** Squared distance from the middle in half axes. */
        double radius(double x, double z) {
            double u = (x - beside) / halfWidth;
            double v = (z + below) / halfHeight;
            return u * u + v * v;
        }
    }

    private Breast(Chest chest, VoxelSet cavity) {
        this.chest = chest;
        this.cavity = cavity;
        Box box = Box.of(cavity);
        front = box.from()[1] + 0.55 * (box.to()[1] - box.from()[1]);
        middle = Sternum.besideSpine(chest, front);
    }

    static VoxelSet find(Chest chest, VoxelSet cavity) {
        return new Breast(chest, cavity).find();
    }

    private VoxelSet find() {
        double[] bulge = bulge();
        Outline left = fit(bulge, -1);
        Outline right = fit(bulge, 1);
        VoxelSet wall = chest.body().minus(cavity.dilate(5)).filter(n -> {
            double x = besideMiddle(n);
            return chest.j(n) > front && (x < 0 ? left : right).holds(Math.abs(x), chest.aboveCarina(n));
        });
        // gland is a little dimmer than muscle and an implant brighter; on a flat chest all flesh is muscle
        VoxelSet ribs = cavity.dilate(WALL_MM);
        VoxelSet flesh = wall.filter(n -> chest.smooth().hu()[n] > FAT_HU
                && (chest.smooth().hu()[n] < MUSCLE_HIGH || ribs.contains(n))
                && depth(n));
        boolean flat = Math.max(mean(bulge, left, -1), mean(bulge, right, 1)) < BULGE_MM;
        VoxelSet core = flat
                ? flesh
                : flesh.filter(n -> chest.smooth().hu()[n] > MUSCLE_LOW).open(chest.mm());
        VoxelSet muscle = core.dilate(EDGE_MM).or(ribs).and(flesh).open(THIN_MM);
        VoxelSet before =
                wall.minus(muscle).minus(chest.bone().dilate(3)).open(THIN_MM).atLeast(15);
        return lens(before, left, -1).or(lens(before, right, 1)).atLeast(15);
    }

    /** A breast thins out towards its rim: fat deep at its side is that of the chest wall. */
    private VoxelSet lens(VoxelSet before, Outline outline, int side) {
        double[] backs = new double[before.size().x() * before.size().z()];
        int count = 0;
        VoxelSet around = before.filter(n -> besideMiddle(n) * side > 0
                && outline.radius(Math.abs(besideMiddle(n)), chest.aboveCarina(n)) < MIDDLE_SHARE);
        GridSize size = before.size();
        for (int k = 0; k < size.z(); k++) {
            for (int i = 0; i < size.x(); i++) {
                int j = 0;
                while (j < size.y() && !around.get(i, j, k)) {
                    j++;
                }
                if (j < size.y()) {
                    backs[count++] = j;
                }
            }
        }
        if (count == 0) {
            return chest.ct().none();
        }
        Arrays.sort(backs, 0, count);
        double back = backs[count / 2];
        return before.filter(n -> {
            double x = besideMiddle(n);
            double behind = Math.max(0, back - chest.j(n)) * chest.mm() / REAR_MM;
            return x * side > 0 && outline.radius(Math.abs(x), chest.aboveCarina(n)) + behind * behind < 1;
        });
    }

    /** Millimetres to the right of the sternum's middle, which a turned body carries away from the spine. */
    private double besideMiddle(int n) {
        return chest.besideSpine(n) - middle;
    }

    /** How far the skin of each column (index {@code i + nx·k}) lies before where it would without breasts; in mm. */
    private double[] bulge() {
        GridSize size = chest.size();
        double mm = chest.mm();
        double[] skin = new double[size.x() * size.z()];
        for (int k = 0; k < size.z(); k++) {
            double sternum = sternum(k);
            for (int i = 0; i < size.x(); i++) {
                skin[i + size.x() * k] = (skin(i, k) - sternum) * mm;
            }
        }
        int from = Math.clamp((int) (chest.carina() - BELOW_FROM_MM / mm), 0, size.z() - 1);
        int to = Math.clamp((int) (chest.carina() - BELOW_TO_MM / mm), from, size.z() - 1);
        double[] bulge = new double[skin.length];
        for (int i = 0; i < size.x(); i++) {
            double[] below = new double[to - from + 1];
            for (int k = from; k <= to; k++) {
                below[k - from] = skin[i + size.x() * k];
            }
            Arrays.sort(below);
            for (int k = 0; k < size.z(); k++) {
                double out = skin[i + size.x() * k] - below[below.length / 2];
                bulge[i + size.x() * k] = Double.isFinite(out) ? out : LEAST_MM;
            }
        }
        return bulge;
    }

    /** How far the skin bulges within an outline, in the mean. */
    private double mean(double[] bulge, Outline outline, int side) {
        int nx = chest.size().x();
        double sum = 0;
        int count = 0;
        for (int at = 0; at < bulge.length; at++) {
            int k = at / nx;
            double x = side * ((at % nx - chest.spine().x()[k]) * chest.mm() - middle);
            if (outline.holds(x, (k - chest.carina()) * chest.mm())) {
                sum += Math.max(bulge[at], 0);
                count++;
            }
        }
        return sum / Math.max(1, count);
    }

    private double skin(int i, int k) {
        for (int j = chest.size().y() - 1; j >= front; j--) {
            if (chest.body().get(i, j, k)) {
                return j;
            }
        }
        return Double.NaN;
    }

    private double sternum(int k) {
        int half = (int) Math.round(STERNUM_HALF_MM / chest.mm());
        int at = (int) Math.round(chest.spine().x()[k] + middle / chest.mm());
        double sum = 0;
        for (int i = at - half; i <= at + half; i++) {
            sum += skin(i, k);
        }
        return sum / (2 * half + 1);
    }

    private Outline fit(double[] bulge, int side) {
        Outline best = new Outline(BOOK[0], BOOK[1], BOOK[2], BOOK[3]);
        double most = -Double.MAX_VALUE;
        for (double x = SEARCH[0][0]; x <= SEARCH[0][1]; x += SEARCH[0][2]) {
            for (double z = SEARCH[1][0]; z <= SEARCH[1][1]; z += SEARCH[1][2]) {
                for (double a = SEARCH[2][0]; a <= SEARCH[2][1]; a += SEARCH[2][2]) {
                    for (double b = SEARCH[3][0]; b <= SEARCH[3][1]; b += SEARCH[3][2]) {
                        var outline = new Outline(x, z, a, b);
                        double score = score(outline, bulge, side);
                        if (score > most) {
                            most = score;
                            best = outline;
                        }
                    }
                }
            }
        }
        return best;
    }

    private double score(Outline o, double[] bulge, int side) {
        GridSize size = chest.size();
        double mm = chest.mm();
        double sum = 0;
        int low = Math.max(0, (int) (chest.carina() - (o.below + o.halfHeight) / mm));
        int high = Math.min(size.z() - 1, (int) (chest.carina() - (o.below - o.halfHeight) / mm) + 1);
        for (int k = low; k <= high; k++) {
            double at = chest.spine().x()[k] + middle / mm;
            for (double d = o.beside - o.halfWidth; d <= o.beside + o.halfWidth; d += mm) {
                int i = (int) Math.round(at + side * d / mm);
                if (i >= 0 && i < size.x() && o.holds(d, (k - chest.carina()) * mm)) {
                    sum += Math.clamp(bulge[i + size.x() * k] - FLAT_MM, LEAST_MM, MOST_MM);
                }
            }
        }
        double[] p = {o.beside, o.below, o.halfWidth, o.halfHeight};
        double departs = 0;
        for (int n = 0; n < p.length; n++) {
            departs += Math.pow((p[n] - BOOK[n]) / SPREAD[n], 2);
        }
        return sum * mm * mm - PRIOR * departs * Math.PI * BOOK[2] * BOOK[3];
    }

    /** Whether the ray to the front meets more wall: skin itself is no muscle. */
    private boolean depth(int n) {
        int at = n;
        for (double d = 0; d < 8; d += chest.mm()) {
            at += chest.size().x();
            if (at >= chest.size().voxels() || !chest.body().contains(at)) {
                return false;
            }
        }
        return true;
    }
}
