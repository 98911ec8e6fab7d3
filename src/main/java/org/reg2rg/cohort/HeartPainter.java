package org.reg2rg.cohort;

/** The heart inside its sac: chambers filled with blood, muscle of the left ventricle, fat in the grooves. */
final class HeartPainter {
    private static final double MUSCLE = 48;

    private final Canvas canvas;
    private final Thorax thorax;
    private final double h;
    private final double blood;

    HeartPainter(Canvas canvas, Thorax thorax, double blood) {
        this.canvas = canvas;
        this.thorax = thorax;
        this.blood = blood;
        h = thorax.s * thorax.body.chest().heart();
    }

    Point at(double x, double y, double z) {
        Point c = thorax.heart.centre;
        return new Point(c.x() + x * h, c.y() + y * h, c.z() + z * h);
    }

    void paint() {
        int heart = Tissue.HEART.bit;
        int open = heart | Tissue.GREAT_VESSEL.bit;
        Brush muscle = Brush.tint(MUSCLE + 0.35 * (blood - 42)).over(heart);
        Brush cavity = Brush.tint(blood).over(heart);
        Point axis = new Point(0.74, -0.47, -0.48);
        Point beside = new Point(0.4, 0.9, 0);
        // right atrium, right ventricle, left atrium: thin walls
        canvas.oval(new Oval(at(-36, 2, 6), 24 * h, 27 * h, 32 * h), cavity);
        canvas.oval(new Oval(at(3, -16, -6), new Point(0.8, -0.25, -0.5), beside, 46 * h, 21 * h, 27 * h), cavity);
        canvas.oval(
                new Oval(at(-8, 27, 18), 36 * h, 18 * h, 22 * h),
                Brush.fill(blood, Tissue.HEART).over(open | Tissue.MEDIASTINUM.bit));
        // left ventricle
        canvas.oval(new Oval(at(22, 6, -10), axis, beside, 46 * h, 31 * h, 31 * h), muscle);
        canvas.oval(new Oval(at(19, 6, -8), axis, beside, 36 * h, 20 * h, 20 * h), cavity);
        // root of the aorta and the outflow of the right ventricle
        canvas.rod(at(-6, 0, 6), at(-10, -2, 30), 15 * h, 15 * h, cavity);
        canvas.rod(at(6, -20, 4), at(2, -20, 34), 14 * h, 13 * h, cavity);
        sac();
    }

    /** The pericardium: a thin line in the fat. */
    private void sac() {
        Oval hull = thorax.heart;
        canvas.shape(
                hull.centre,
                hull.reach + 2,
                (x, y, z) -> 0.9 - Math.abs(hull.depth(x, y, z) + 0.4),
                Brush.tint(20).over(Tissue.HEART.bit));
    }
}
