package org.reg2rg.cohort;

import java.util.List;
import org.reg2rg.ct.CtVolume;
import org.reg2rg.ct.RegionMasks;

/** Draws synthetic chest CTs. Equal seed, study number and size give equal studies. */
public final class Phantom {
    private Phantom() {}

    /**
     * Draws one study.
     *
     * @param seed of the cohort
     * @param study its number in the cohort, from 0
     */
    public static PhantomStudy generate(long seed, int study, PhantomSize size) {
        Body body = Body.draw(
                Draw.of(seed, StudyName.patient(study), "person"),
                Draw.of(seed, study, "visit"),
                Draw.of(seed, StudyName.patient(study), "age").between(0, 1));
        Canvas canvas = paint(body, size, seed, study);
        List<TrueFinding> findings = List.of();
        RegionMasks masks = Masks.of(canvas);
        var report = new ReportWriter(Draw.of(seed, study, "report")).write(findings, masks);
        return new PhantomStudy(StudyName.of(study), volume(canvas), masks, findings, report, body);
    }

    private static Canvas paint(Body body, PhantomSize size, long seed, int study) {
        Draw draw = Draw.of(seed, study, "painting");
        var thorax = new Thorax(body);
        double age01 = (body.habitus().age() - 22) / 66.0;
        double marrow = 235 - 110 * age01 + draw.around(0, 20);
        var canvas =
                new Canvas(size, body.pose(), -24 * body.scale() + body.scan().shiftZ());
        var spine = new Spine(thorax, marrow);
        double blood = 41 + body.scan().contrast();
        new Torso(canvas, thorax, spine, draw).paint();
        new BellyPainter(canvas, thorax, draw).paint();
        var vessels = new GreatVessels(canvas, thorax, blood);
        vessels.paint();
        new HeartPainter(canvas, thorax, blood).paint();
        new LungPainter(canvas, thorax, vessels, blood, draw).paint();
        new Skeleton(canvas, thorax, spine, marrow).paint();
        double back =
                thorax.slice(0).yBody + thorax.slice(0).bodyB + body.pose().shiftY();
        new Scanner(canvas, body.scan(), draw).finish(back + 16);
        return canvas;
    }

    private static CtVolume volume(Canvas canvas) {
        return new CtVolume(canvas.grid, canvas.hu);
    }
}
