package org.reg2rg.cohort;

/** Spleen, stomach, kidneys, colon and gall bladder in the fat under the diaphragm; the liver comes from the torso. */
final class BellyPainter {
    private final Canvas canvas;
    private final double s;
    private final double dome;
    private final double spine;
    private final double contrast;
    private final Draw draw;

    BellyPainter(Canvas canvas, Thorax thorax, Draw draw) {
        this.canvas = canvas;
        this.draw = draw;
        s = thorax.s;
        dome = thorax.body.chest().leftDome();
        spine = thorax.slice(-120 * s).ySpine;
        contrast = thorax.body.scan().contrast();
    }

    private static Brush organ(double hu) {
        return Brush.fill(hu, Tissue.ABDOMEN).over(Tissue.ABDOMEN.bit);
    }

    Point kidney(int side) {
        return new Point(side * 54 * s, spine + 8 * s, dome - (side < 0 ? 84 : 70) * s);
    }

    Point spleen() {
        return new Point(84 * s, 40 * s, dome - 40 * s);
    }

    Point stomach() {
        return new Point(52 * s, -18 * s, dome - 36 * s);
    }

    void paint() {
        canvas.oval(
                new Oval(spleen(), new Point(0.5, 0.6, 0.6), new Point(1, 0, 0), 46 * s, 22 * s, 40 * s),
                organ(50 + 0.5 * contrast));
        stomachWithAir();
        for (int side = -1; side <= 1; side += 2) {
            Point c = kidney(side);
            canvas.oval(new Oval(c, 27 * s, 26 * s, 52 * s), organ(33 + 0.9 * contrast));
            canvas.oval(new Oval(c.plus(-side * 10 * s, -6 * s, 0), 13 * s, 11 * s, 26 * s), organ(-70));
        }
        canvas.oval(new Oval(new Point(-38 * s, -42 * s, dome - 68 * s), 14 * s, 14 * s, 24 * s), organ(10));
        Point bend = new Point(80 * s, -40 * s, dome - 62 * s);
        canvas.rod(bend, bend.plus(-70 * s, -18 * s, -22 * s), 17 * s, 15 * s, organ(30));
        Brush gas = Brush.tint(-940).over(Tissue.ABDOMEN.bit);
        canvas.rod(bend.plus(0, -3, 2), bend.plus(-30 * s, -12 * s, -9 * s), 12 * s, 9 * s, gas);
        // pancreas, lying before the spine
        Point head = new Point(-18 * s, 2 * s, dome - 72 * s);
        canvas.rod(head, new Point(30 * s, 8 * s, dome - 62 * s), 11 * s, 8 * s, organ(40 + 0.5 * contrast));
    }

    private void stomachWithAir() {
        Point c = stomach();
        var hull = new Oval(c, new Point(0.35, -0.5, -0.6), new Point(1, 0.3, 0), 52 * s, 37 * s, 36 * s);
        canvas.oval(hull, organ(42));
        double filling = draw.between(18, 38);
        double level = c.y() + draw.between(-18, 8) * s;
        canvas.shape(c, 60 * s, (x, y, z) -> hull.depth(x, y, z) - 4.5, organ(filling));
        canvas.shape(c, 60 * s, (x, y, z) -> Math.min(hull.depth(x, y, z) - 4.5, level - y), organ(-960));
    }
}
