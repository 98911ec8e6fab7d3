package org.reg2rg.cohort;

import java.util.List;
import java.util.Set;
import org.reg2rg.ct.CtVolume;
import org.reg2rg.ct.RegionMasks;

/** Draws synthetic chest CTs. Equal seed, study number and size give equal studies. */
public final class Phantom {
    private Phantom() {}

    /**
     * Draws one study. As scanners differ, spacing departs a little from the wanted one (in-plane by up to 6 %, along
     * the body by up to 8 %), and some scans begin too low or end too high; the volume's affine says which.
     *
     * @param seed of the cohort
     * @param study its number in the cohort, from 0
     */
    public static PhantomStudy generate(long seed, int study, PhantomSize size) {
        double age = Draw.of(seed, StudyName.patient(study), "age").normal();
        Set<FindingType> present = Illness.draw(Draw.of(seed, study, "illness"), age);
        Body body = Body.draw(
                Draw.of(seed, StudyName.patient(study), "person"),
                Draw.of(seed, study, "visit"),
                Normal.share(age),
                present.contains(FindingType.CARDIOMEGALY));
        Draw scanner = Draw.of(seed, study, "scanner");
        PhantomSize spaced = size.scaled(scanner.between(0.94, 1.06), scanner.between(0.94, 1.08));
        Draw draw = Draw.of(seed, study, "painting");
        int collapsed = present.contains(FindingType.FRACTURE) && draw.chance(0.5) ? draw.whole(4, 12) : 0;
        Scene scene = anatomy(body, spaced, collapsed, draw);
        List<TrueFinding> findings = new FindingsPainter(scene, present).paint(collapsed);
        Canvas canvas = scene.canvas();
        double back = scene.thorax().slice(0).yBody
                + scene.thorax().slice(0).bodyB
                + body.pose().shiftY();
        new Scanner(canvas, body.scan(), draw).finish(back + 16);
        RegionMasks masks = Masks.of(canvas);
        var report = new ReportWriter(Draw.of(seed, study, "report")).write(findings, masks);
        var volume = new CtVolume(canvas.grid, canvas.hu);
        return new PhantomStudy(StudyName.of(study), volume, masks, findings, report, body);
    }

    private static Scene anatomy(Body body, PhantomSize size, int collapsed, Draw draw) {
        var thorax = new Thorax(body);
        double age01 = (body.habitus().age() - 22) / 66.0;
        double marrow = 235 - 110 * age01 + draw.around(0, 20);
        double blood = 41 + body.scan().contrast();
        var canvas =
                new Canvas(size, body.pose(), -24 * body.scale() + body.scan().shiftZ());
        var spine = new Spine(thorax, marrow);
        if (collapsed > 0) {
            spine.collapse(collapsed, draw.between(0.4, 0.65));
        }
        var vessels = new GreatVessels(canvas, thorax, blood);
        var belly = new BellyPainter(canvas, thorax, draw);
        var heart = new HeartPainter(canvas, thorax, blood);
        var lungs = new LungPainter(canvas, thorax, vessels, blood, draw);
        var skeleton = new Skeleton(canvas, thorax, spine, marrow);
        new Torso(canvas, thorax, spine, draw).paint();
        belly.paint();
        vessels.paint();
        heart.paint();
        lungs.paint();
        skeleton.paint();
        return new Scene(canvas, thorax, spine, skeleton, vessels, heart, lungs, belly, blood, draw);
    }
}
