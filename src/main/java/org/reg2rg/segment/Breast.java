package org.reg2rg.segment;

import java.util.Arrays;
import org.reg2rg.ct.GridSize;
import org.reg2rg.ct.morphology.Box;
import org.reg2rg.ct.morphology.VoxelSet;

/**
 * The breasts: fat and gland under the skin of the front chest wall, before the muscle, beside the sternum, around the
 * height of the heart. On either side an egg is fitted to where the skin bulges beyond the line that it takes below the
 * breasts; towards its rim it is thin, and fat under the skin before it or on the muscle behind it is that of the chest.
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
    private static final double BULGE_MM = 9;
    /** From the middle of the body and below the carina, in mm: the book, and how far people differ from it. */
    private static final double[] BOOK = {66, 46, 50, 50};

    private static final double[] SPREAD = {10, 12, 9, 6};
    private static final double[][] SEARCH = {{50, 86, 4}, {16, 76, 4}, {38, 66, 4}, {38, 62, 4}};
    /** What one deviation from the book costs, in mm² over the book's ellipse. */
    private static final double PRIOR = 0.7;
    /** A skin that lies further off is that of an arm or of a fold, and tells no more. */
    private static final double FAR_MM = 8;
    /** The middle of the egg lies this deep under the line that the skin takes without a breast. */
    private static final double SUNK_MM = 13;

    private final Chest chest;
    private final double front;
    private final double middle;
    private final VoxelSet cavity;

    /** Where the skin of each column lies, index {@code i + nx·k}: as it is and as it would be without breasts, in mm. */
    @SuppressWarnings("ArrayRecordComponent")
    private record Skin(double[] at, double[] flat) {
        boolean known(int column) {
            return Double.isFinite(at[column] - flat[column]);
        }

        double bulge(int column) {
            return known(column) ? at[column] - flat[column] : 0;
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
        Skin skin = skin();
        BreastEgg left = fit(skin, -1);
        BreastEgg right = fit(skin, 1);
        VoxelSet wall = chest.body().minus(cavity.dilate(5)).filter(n -> {
            double x = besideMiddle(n);
            BreastEgg egg = x < 0 ? left : right;
            return chest.j(n) > front && egg.holds(Math.abs(x), chest.j(n) * chest.mm(), chest.aboveCarina(n));
        });
        // gland is a little dimmer than muscle and an implant brighter; on a flat chest all flesh is muscle
        VoxelSet ribs = cavity.dilate(WALL_MM);
        VoxelSet flesh = wall.filter(n -> chest.smooth().hu()[n] > FAT_HU
                && (chest.smooth().hu()[n] < MUSCLE_HIGH || ribs.contains(n))
                && depth(n));
        boolean flat = Math.max(mean(skin, left, -1), mean(skin, right, 1)) < BULGE_MM;
        VoxelSet core = flat
                ? flesh
                : flesh.filter(n -> chest.smooth().hu()[n] > MUSCLE_LOW).open(chest.mm());
        VoxelSet muscle = core.dilate(EDGE_MM).or(ribs).and(flesh).open(THIN_MM);
        return wall.minus(muscle).minus(chest.bone().dilate(3)).open(THIN_MM).atLeast(15);
    }

    /** Millimetres to the right of the sternum's middle, which a turned body carries away from the spine. */
    private double besideMiddle(int n) {
        return chest.besideSpine(n) - middle;
    }

    /** Without breasts the skin would run, as seen from the sternum, as it does below them. */
    private Skin skin() {
        GridSize size = chest.size();
        double mm = chest.mm();
        double[] at = new double[size.x() * size.z()];
        double[] flat = new double[at.length];
        double[] sternum = new double[size.z()];
        for (int k = 0; k < size.z(); k++) {
            sternum[k] = sternum(k) * mm;
            for (int i = 0; i < size.x(); i++) {
                at[i + size.x() * k] = skin(i, k) * mm;
            }
        }
        int from = Math.clamp((int) (chest.carina() - BELOW_FROM_MM / mm), 0, size.z() - 1);
        int to = Math.clamp((int) (chest.carina() - BELOW_TO_MM / mm), from, size.z() - 1);
        for (int i = 0; i < size.x(); i++) {
            double[] below = new double[to - from + 1];
            for (int k = from; k <= to; k++) {
                below[k - from] = at[i + size.x() * k] - sternum[k];
            }
            Arrays.sort(below);
            for (int k = 0; k < size.z(); k++) {
                flat[i + size.x() * k] = sternum[k] + below[below.length / 2];
            }
        }
        return new Skin(at, flat);
    }

    /** How far the skin bulges before an egg, in the mean. */
    private double mean(Skin skin, BreastEgg egg, int side) {
        int nx = chest.size().x();
        double sum = 0;
        int count = 0;
        for (int column = 0; column < skin.at.length; column++) {
            int k = column / nx;
            double x = side * ((column % nx - chest.spine().x()[k]) * chest.mm() - middle);
            if (egg.holds(x, (k - chest.carina()) * chest.mm())) {
                sum += Math.max(skin.bulge(column), 0);
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

    /** The egg that explains best where the skin lies. */
    private BreastEgg fit(Skin skin, int side) {
        BreastEgg best = egg(skin, side, BOOK);
        double most = -Double.MAX_VALUE;
        for (double x = SEARCH[0][0]; x <= SEARCH[0][1]; x += SEARCH[0][2]) {
            for (double z = SEARCH[1][0]; z <= SEARCH[1][1]; z += SEARCH[1][2]) {
                for (double a = SEARCH[2][0]; a <= SEARCH[2][1]; a += SEARCH[2][2]) {
                    for (double b = SEARCH[3][0]; b <= SEARCH[3][1]; b += SEARCH[3][2]) {
                        BreastEgg egg = egg(skin, side, x, z, a, b);
                        double score = score(egg, skin, side);
                        if (score > most) {
                            most = score;
                            best = egg;
                        }
                    }
                }
            }
        }
        return best;
    }

    /** An egg of some outline, as seen from the front, that reaches to the skin. */
    private BreastEgg egg(Skin skin, int side, double... outline) {
        GridSize size = chest.size();
        int k = Math.clamp(Math.round(chest.carina() - outline[1] / chest.mm()), 0, size.z() - 1);
        double at = chest.spine().x()[k] + (middle + side * outline[0]) / chest.mm();
        int column = Math.clamp(Math.round(at), 0, size.x() - 1) + size.x() * k;
        double bulge = Math.max(0, skin.bulge(column));
        double deep = skin.flat[column] - SUNK_MM;
        return new BreastEgg(outline[0], outline[1], deep, outline[2], outline[3], bulge + SUNK_MM);
    }

    private double score(BreastEgg egg, Skin skin, int side) {
        GridSize size = chest.size();
        double mm = chest.mm();
        double sum = 0;
        int low = Math.max(0, (int) (chest.carina() - (BOOK[1] + 2 * BOOK[3]) / mm));
        int high = Math.min(size.z() - 1, (int) (chest.carina() - (BOOK[1] - 2 * BOOK[3]) / mm));
        for (int k = low; k <= high; k++) {
            double at = chest.spine().x()[k] + middle / mm;
            double z = (k - chest.carina()) * mm;
            for (double x = STERNUM_HALF_MM; x <= BOOK[0] + 1.5 * BOOK[2]; x += mm) {
                int i = (int) Math.round(at + side * x / mm);
                int column = i + size.x() * k;
                if (i >= 0 && i < size.x() && skin.known(column)) {
                    double wanted = egg.holds(x, z) ? Math.max(egg.front(x, z), skin.flat[column]) : skin.flat[column];
                    double off = skin.at[column] - wanted;
                    sum += Math.min(off * off, FAR_MM * FAR_MM);
                }
            }
        }
        double[] p = {egg.beside(), egg.below(), egg.halfWidth(), egg.halfHeight()};
        double departs = 0;
        for (int n = 0; n < p.length; n++) {
            departs += Math.pow((p[n] - BOOK[n]) / SPREAD[n], 2);
        }
        return -sum * mm * mm - PRIOR * departs * Math.PI * BOOK[2] * BOOK[3];
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
