package org.reg2rg.ct;

/**
 * How the axes of an array lie in the patient: each array axis belongs to the world axis (R, A or S) that it follows most
 * closely. World axes are numbered 0 = to the right, 1 = to the front (anterior), 2 = to the head (superior).
 */
public final class Orientation {
    private static final String[] LETTERS = {"RL", "AP", "SI"};

    private final int[] arrayAxis = new int[3];
    private final boolean[] increases = new boolean[3];
    private final double obliquenessDegrees;

    private Orientation(Affine affine) {
        double[][] cosines = directionCosines(affine);
        boolean[] arrayTaken = new boolean[3];
        boolean[] worldTaken = new boolean[3];
        double weakest = 1;
        for (int n = 0; n < 3; n++) {
            int bestWorld = -1;
            int bestArray = -1;
            double best = -1;
            for (int world = 0; world < 3; world++) {
                for (int array = 0; array < 3; array++) {
                    double strength = Math.abs(cosines[world][array]);
                    if (!worldTaken[world] && !arrayTaken[array] && strength > best) {
                        best = strength;
                        bestWorld = world;
                        bestArray = array;
                    }
                }
            }
            worldTaken[bestWorld] = true;
            arrayTaken[bestArray] = true;
            arrayAxis[bestWorld] = bestArray;
            increases[bestWorld] = cosines[bestWorld][bestArray] > 0;
            weakest = Math.min(weakest, best);
        }
        obliquenessDegrees = Math.toDegrees(Math.acos(Math.min(1, weakest)));
    }

    public static Orientation of(Affine affine) {
        return new Orientation(affine);
    }

    /** The array axis that runs along world axis 0 (R), 1 (A) or 2 (S). */
    public int arrayAxis(int worldAxis) {
        return arrayAxis[worldAxis];
    }

    /** Whether a growing index along that axis goes towards R, A or S, rather than L, P or I. */
    public boolean increases(int worldAxis) {
        return increases[worldAxis];
    }

    /** One letter an array axis, for the side that a growing index goes to: "RAS", "LPS", "ILA". */
    public String code() {
        char[] code = new char[3];
        for (int world = 0; world < 3; world++) {
            code[arrayAxis[world]] = LETTERS[world].charAt(increases[world] ? 0 : 1);
        }
        return new String(code);
    }

    /** The largest angle between an array axis and its world axis, in degrees. */
    public double obliquenessDegrees() {
        return obliquenessDegrees;
    }

    private static double[][] directionCosines(Affine affine) {
        double[][] cosines = new double[3][3];
        for (int array = 0; array < 3; array++) {
            double length = affine.spacing(array);
            for (int world = 0; world < 3; world++) {
                cosines[world][array] = affine.at(world, array) / length;
            }
        }
        return cosines;
    }
}
