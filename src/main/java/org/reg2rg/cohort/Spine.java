package org.reg2rg.cohort;

import org.reg2rg.cohort.Thorax.Slice;

/** The column of vertebrae: bodies with dense rims, discs, canal, arches and spinous processes, by formula. */
final class Spine {
    static final double PITCH = 22;
    /** Height of the middle of the fifth thoracic vertebra over the carina, at scale 1. */
    private static final double T5 = 5;

    private final Thorax thorax;
    private final double s;
    private final double marrow;
    private final double[] heights = new double[14];

    private double centreX;
    private double centreY;
    private double inVertebra;
    private double height = 1;
    float value;

    /**
     * @param marrow HU of spongy bone; falls with age
     */
    Spine(Thorax thorax, double marrow) {
        this.thorax = thorax;
        this.marrow = marrow;
        s = thorax.s;
        java.util.Arrays.fill(heights, 1);
    }

    /** Middle height of thoracic vertebra 1…12 (0 is C7, 13 is L1). */
    double middle(int level) {
        return (T5 + (5 - level) * PITCH) * s;
    }

    Point centre(int level) {
        Slice q = thorax.slice(middle(level));
        return new Point(q.xSpine, q.ySpine, q.z);
    }

    /** Half axes of a vertebral body: sideways, front to back, along. */
    double[] radii(int level) {
        double grow = 0.86 + 0.022 * level;
        return new double[] {16.5 * s * grow, 13.5 * s * grow, 0.5 * (PITCH - 4.5) * s};
    }

    /** Makes a vertebra lose this share of its height at its front, as a compression fracture does. */
    void collapse(int level, double share) {
        heights[level] = 1 - share;
    }

    void enter(double z) {
        Slice q = thorax.slice(z);
        centreX = q.xSpine;
        centreY = q.ySpine;
        double level = 5 - (z / s - T5) / PITCH;
        int nearest = (int) Math.clamp(Math.round(level), 0, 13);
        inVertebra = (nearest - level) * PITCH * s;
        height = heights[nearest];
        grow = 0.86 + 0.022 * Math.clamp(level, -2, 14);
    }

    private double grow = 1;

    /** Whether a place of the entered slice is bone or disc; leaves its HU in {@link #value}. */
    boolean covers(double x, double y) {
        double ux = x - centreX;
        double uy = y - centreY;
        if (Math.abs(ux) > 20 * s || uy < -18 * s || uy > 60 * s) {
            return false;
        }
        double body = Thorax.depth(ux, uy, 16.5 * s * grow, 13.5 * s * grow, -0.15);
        if (body > 0) {
            bodyOrDisc(body, uy);
            return true;
        }
        return arch(ux, uy);
    }

    private void bodyOrDisc(double body, double uy) {
        // a collapsed front: the upper plate sinks where the body's front half is
        double sink = uy < 2 ? (1 - height) * PITCH * s * Math.min(1, (2 - uy) / (8 * s)) : 0;
        double half = 0.5 * (PITCH - 4.5) * s;
        double up = half - sink - inVertebra;
        double rim = Math.min(Math.min(up, half + inVertebra), body + 0.6);
        if (rim < 0) {
            value = 82;
        } else if (rim < 1.7) {
            value = (float) (marrow + 270);
        } else {
            value = (float) marrow + (height < 1 ? 110 : 0);
        }
    }

    private boolean arch(double ux, double uy) {
        double vy = uy - 21 * s;
        double r = Math.sqrt(ux * ux + vy * vy);
        if (r < 8 * s) {
            value = 22;
            return true;
        }
        boolean pedicleLevel = inVertebra > -5 * s;
        if (r < 12.5 * s && (uy > 20 * s || pedicleLevel)) {
            value = (float) (marrow + 220);
            return true;
        }
        // spinous processes slope down and overlap those below
        double drop = (uy - 32 * s) * 0.5;
        if (uy > 30 * s
                && uy < 54 * s
                && Math.abs(ux) < 3 * s
                && Math.abs(inVertebra + 3 * s + drop % (PITCH * s)) < 6 * s) {
            value = (float) (marrow + 200);
            return true;
        }
        return false;
    }
}
