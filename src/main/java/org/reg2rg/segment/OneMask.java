package org.reg2rg.segment;

import java.util.ArrayList;
import java.util.List;
import org.reg2rg.ct.Region;
import org.reg2rg.ct.UsualVolume;
import org.reg2rg.ct.morphology.Box;
import org.reg2rg.ct.morphology.Components;
import org.reg2rg.ct.morphology.Components.Neighbours;
import org.reg2rg.ct.morphology.VoxelSet;
import org.reg2rg.segment.MaskCheck.Kind;
import org.reg2rg.segment.MaskCheck.Severity;

/** Judges one mask with nothing but the CT: emptiness, pieces, holes, size, brightness inside. */
final class OneMask {
    private static final double FRAGMENT_SHARE = 0.03;
    private static final double HOLE_SHARE = 0.02;
    private static final double OUTSIDE_SHARE = 0.03;
    private static final double AIR_HU = -200;
    /** The walls of trachea and bronchi, and a plug in one, are not thicker than twice this. */
    private static final double PLUG_MM = 7;

    private final MaskScene scene;
    private final Region region;
    private final VoxelSet set;
    private final List<MaskCheck> checks = new ArrayList<>();

    private OneMask(MaskScene scene, Region region, VoxelSet set) {
        this.scene = scene;
        this.region = region;
        this.set = set;
    }

    static List<MaskCheck> check(MaskScene scene, Region region, VoxelSet set) {
        var one = new OneMask(scene, region, set);
        if (set.isEmpty()) {
            one.add(Kind.EMPTY, Severity.WARNING, new Repair.Replace(region), "the mask of the %s is empty");
        } else {
            one.outside();
            one.fragments();
            one.holes();
            one.size();
            one.brightness();
            one.border();
        }
        return one.checks;
    }

    private void outside() {
        double share = 1 - (double) set.bits().countAnd(scene.nearBody.bits()) / set.count();
        if (share > OUTSIDE_SHARE) {
            add(
                    Kind.OUTSIDE_BODY,
                    Severity.WARNING,
                    new Repair.ClipToBody(region),
                    percent(share) + " of the %s mask lies outside the body");
        }
    }

    private void fragments() {
        int usual = switch (region) {
            case LUNG, BREAST, PLEURA, THYROID -> 2;
            case HEART, ESOPHAGUS, ABDOMEN -> 1;
            // bones, hilar vessels and small bronchi are pieces by nature
            case BONE, MEDIASTINUM, TRACHEA_AND_BRONCHI -> Integer.MAX_VALUE;
        };
        VoxelSet joined = set.close(MaskScene.WORK_MM);
        Components parts = joined.components(Neighbours.FACES_EDGES_CORNERS);
        int[] order = parts.bySize();
        double rest = 0;
        int count = 0;
        for (int n = usual; n < order.length; n++) {
            rest += parts.voxels(order[n]);
            count++;
        }
        double share = rest / joined.count();
        if (share > FRAGMENT_SHARE) {
            add(
                    Kind.FRAGMENTS,
                    Severity.WARNING,
                    new Repair.KeepMain(region),
                    percent(share) + " of the %s mask are "
                            + (count == 1 ? "a piece" : count + " pieces")
                            + " away from the main part");
        }
    }

    private void holes() {
        boolean solid = switch (region) {
            case LUNG, HEART, ABDOMEN, PLEURA -> true;
            case BONE, BREAST, ESOPHAGUS, MEDIASTINUM, THYROID, TRACHEA_AND_BRONCHI -> false;
        };
        double share = solid ? set.fillHoles().minus(set).count() / (double) set.count() : 0;
        if (share > HOLE_SHARE) {
            add(
                    Kind.HOLES,
                    Severity.WARNING,
                    new Repair.Fill(region),
                    "the %s mask has holes that make up " + percent(share) + " of it");
        }
    }

    private void size() {
        UsualVolume usual = UsualVolume.of(region);
        double ml = set.millilitres();
        if (ml > usual.most() || ml < usual.least() && !atEnd()) {
            String words = MaskChecks.words("%.0f ml, usual are %.0f to %.0f ml", ml, usual.least(), usual.most());
            add(Kind.VOLUME, Severity.WARNING, new Repair.None(), "the %s mask has " + words);
        }
    }

    private void brightness() {
        double share = switch (region) {
            case LUNG -> share(-2000, -400);
            case BONE -> share(110, 4000);
            case TRACHEA_AND_BRONCHI -> share(-2000, -300) + 0.2;
            case HEART, ABDOMEN, MEDIASTINUM, ESOPHAGUS, THYROID, BREAST -> share(-200, 500);
            case PLEURA -> 1;
        };
        double least = switch (region) {
            case LUNG -> 0.45;
            case BONE -> 0.5;
            case TRACHEA_AND_BRONCHI -> 0.45;
            case HEART -> 0.85;
            case ABDOMEN, MEDIASTINUM, ESOPHAGUS, THYROID, BREAST -> 0.6;
            case PLEURA -> 0;
        };
        if (share < least) {
            String rest = percent(1 - Math.min(1, share));
            String words = switch (region) {
                case LUNG, TRACHEA_AND_BRONCHI -> "the %s mask is not dark: the CT shows no air in " + rest + " of it";
                case BONE -> "the %s mask is not bright: the CT shows no bone in " + rest + " of it";
                case HEART, ABDOMEN, MEDIASTINUM, ESOPHAGUS, THYROID, BREAST, PLEURA ->
                    "the %s mask is not soft tissue: the CT shows air or bone in " + rest + " of it";
            };
            add(Kind.INTENSITY, Severity.ERROR, new Repair.Replace(region), words);
        } else if (region == Region.TRACHEA_AND_BRONCHI) {
            plug();
        }
    }

    /** A lump of solid tissue in what should be tubes of air. */
    private void plug() {
        VoxelSet solid = set.filter(n -> scene.ct.hu()[n] > AIR_HU);
        if (RegionAgreement.widest(solid) > PLUG_MM) {
            add(
                    Kind.LEAK,
                    Severity.WARNING,
                    new Repair.Trim(region),
                    "the %s mask holds a lump of tissue where tubes of air should be");
        }
    }

    private double share(double low, double high) {
        return set.filter(n -> scene.ct.hu()[n] >= low && scene.ct.hu()[n] < high)
                        .count()
                / (double) set.count();
    }

    private boolean atEnd() {
        Box box = Box.of(set);
        return box.from()[2] <= 1 || box.to()[2] >= scene.ct.size().z() - 1;
    }

    private void border() {
        if (region == Region.HEART && atEnd()) {
            add(Kind.CUT_AT_BORDER, Severity.NOTE, new Repair.None(), "the scan cuts the %s");
        }
    }

    private static String percent(double share) {
        return Math.round(100 * share) + " %%";
    }

    private void add(Kind kind, Severity severity, Repair repair, String words) {
        checks.add(
                new MaskCheck(kind, severity, List.of(region), MaskChecks.words(words, region.datasetName()), repair));
    }
}
