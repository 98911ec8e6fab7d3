package org.reg2rg.cohort;

/**
 * Anatomy of one person and the way in which she or he was scanned; all lengths in mm.
 *
 * @param habitus sex, age and build
 * @param pose how the person lies in the scanner
 * @param chest sizes of the inner organs
 * @param scan what the scanner did
 */
public record Body(Habitus habitus, Pose pose, Chest chest, Scan scan) {

    /** Sex of the person. */
    public enum Sex {
        FEMALE,
        MALE
    }

    /**
     * Build of the person.
     *
     * @param age in years
     * @param scale factor on all lengths; 1 is a man of middle size
     * @param fat thickness of the fat under the skin at the side
     * @param muscle thickness of muscle outside the ribs at the side
     * @param breast depth of a breast
     */
    public record Habitus(Sex sex, int age, double scale, double fat, double muscle, double breast) {}

    /**
     * How the person lies and breathes.
     *
     * @param rotation about the long axis, in degrees
     * @param shiftX off to the left
     * @param shiftY off to the back, both the centre of the table
     * @param breath 0 breathed out, 1 deep breath
     * @param curve sideways bend of the spine in mm
     */
    public record Pose(double rotation, double shiftX, double shiftY, double breath, double curve) {}

    /**
     * Inner organs.
     *
     * @param halfWidth of the chest cavity at its widest
     * @param halfDepth of the chest cavity, front to back
     * @param asymmetry left half over right half
     * @param heart factor on the heart's radii
     * @param rightDome height of the diaphragm's right dome over the carina
     * @param leftDome height of the left dome
     * @param kyphosis how far the spine bends forward at its ends
     */
    public record Chest(
            double halfWidth,
            double halfDepth,
            double asymmetry,
            double heart,
            double rightDome,
            double leftDome,
            double kyphosis) {}

    /**
     * The scan.
     *
     * @param noise standard deviation in HU in soft tissue
     * @param kernel in-plane weight of a neighbour: below 0 sharpens, above 0 smooths
     * @param contrast HU that contrast medium adds to blood; 0 in most studies
     * @param shiftZ how far the scanned range is shifted towards the head
     * @param roundField whether air outside the round field of view is padding (−1024)
     */
    public record Scan(double noise, double kernel, double contrast, double shiftZ, boolean roundField) {}

    /**
     * @param draw what stays from visit to visit
     * @param visit what differs
     * @param age01 0 young, 1 old
     */
    static Body draw(Draw draw, Draw visit, double age01, boolean largeHeart) {
        Sex sex = draw.chance(0.45) ? Sex.FEMALE : Sex.MALE;
        double scale = draw.around(sex == Sex.FEMALE ? 0.93 : 1.0, 0.045);
        double fat = draw.between(4, 16) + (draw.chance(0.25) ? draw.between(4, 18) : 0);
        double breast = sex == Sex.FEMALE ? draw.between(17, 40) : draw.between(7, 11);
        int age = (int) Math.round(22 + 66 * age01);
        var habitus = new Habitus(sex, age, scale, fat, draw.between(6, 14), breast);
        double breath = Math.pow(visit.between(0, 1), 0.7);
        var pose = new Pose(
                visit.around(0, 3), visit.around(0, 6), visit.around(0, 5), breath, draw.around(0, 1.5 + 5 * age01));
        double right = -72 - 26 * breath + draw.around(0, 6);
        double left = right - draw.between(2, 18);
        var chest = new Chest(
                draw.around(117, 5) * scale,
                (draw.around(84, 4) + 6 * age01) * scale,
                draw.around(0.98, 0.02),
                largeHeart ? visit.between(1.1, 1.3) : draw.between(0.8, 0.94),
                right * scale,
                left * scale,
                draw.between(6, 16 + 10 * age01));
        double contrast = visit.chance(0.25) ? visit.between(70, 190) : 0;
        double shiftZ = visit.chance(0.1) ? visit.between(-34, 26) : visit.around(0, 6);
        var scan = new Scan(visit.between(7, 24), visit.between(-0.07, 0.1), contrast, shiftZ, visit.chance(0.35));
        return new Body(habitus, pose, chest, scan);
    }

    double scale() {
        return habitus.scale();
    }

    boolean female() {
        return habitus.sex() == Sex.FEMALE;
    }
}
