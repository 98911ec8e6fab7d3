package org.reg2rg.segment;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.reg2rg.ct.CtVolume;
import org.reg2rg.ct.Region;
import org.reg2rg.ct.RegionMasks;
import org.reg2rg.ct.UsualVolume;
import org.reg2rg.ct.morphology.Box;
import org.reg2rg.ct.morphology.Components;
import org.reg2rg.ct.morphology.Components.Neighbours;
import org.reg2rg.ct.morphology.VoxelSet;
import org.reg2rg.segment.MaskCheck.Kind;
import org.reg2rg.segment.MaskCheck.Severity;

/**
 * Judges masks before they are used: each for itself (size, shape, place, brightness inside), against each other, and
 * against what the built-in segmentation sees in the same CT. All of it happens on a grid of 3 mm.
 */
public final class MaskChecks {
    static final double WORK_MM = 3;
    private static final double FRAGMENT_SHARE = 0.03;
    private static final double HOLE_SHARE = 0.02;
    private static final double OUTSIDE_SHARE = 0.03;
    private static final double OVERLAP_SHARE = 0.4;
    /** Masks that differ by less than this share are one and the same. */
    private static final double SAME_SHARE = 0.001;

    private static final Region[][] APART = {
        {Region.LUNG, Region.HEART},
        {Region.LUNG, Region.ABDOMEN},
        {Region.HEART, Region.ABDOMEN},
        {Region.BONE, Region.LUNG},
        {Region.BONE, Region.HEART},
        {Region.BONE, Region.THYROID},
        {Region.HEART, Region.THYROID},
        {Region.BREAST, Region.LUNG},
        {Region.BREAST, Region.HEART},
    };

    private final WorkVolume ct;
    private final VoxelSet body;
    private final Map<Region, VoxelSet> masks = new EnumMap<>(Region.class);
    private final List<MaskCheck> checks = new ArrayList<>();

    private MaskChecks(CtVolume volume, RegionMasks given) {
        ct = WorkVolume.of(volume, WORK_MM);
        body = Body.find(ct);
        given.masks().forEach((region, mask) -> masks.put(region, ct.take(mask)));
    }

    /**
     * All checks that need nothing but CT and masks.
     *
     * @return what was found, in the order of the regions; empty if all is well
     */
    public static List<MaskCheck> alone(CtVolume ct, RegionMasks masks) {
        var checks = new MaskChecks(ct, masks);
        checks.eachMask();
        checks.pairs();
        return List.copyOf(checks.checks);
    }

    /**
     * All checks, with the built-in segmentation of the same CT as witness.
     *
     * @param witness from {@link AnatomySegmenter#segment}
     */
    public static List<MaskCheck> against(CtVolume ct, RegionMasks masks, Segmentation witness) {
        List<MaskCheck> all = new ArrayList<>(alone(ct, masks));
        all.addAll(Agreement.check(ct, masks, witness));
        return List.copyOf(all);
    }

    private void eachMask() {
        masks.forEach((region, set) -> {
            if (set.isEmpty()) {
                add(Kind.EMPTY, Severity.WARNING, region, "the mask of the %s is empty", region.datasetName());
                return;
            }
            outside(region, set);
            fragments(region, set);
            holes(region, set);
            size(region, set);
            place(region, set);
            brightness(region, set);
            border(region, set);
        });
    }

    private void outside(Region region, VoxelSet set) {
        VoxelSet near = body.dilate(WORK_MM); // the skin itself is half air
        double share = 1 - (double) set.bits().countAnd(near.bits()) / set.count();
        if (share > OUTSIDE_SHARE) {
            add(
                    Kind.OUTSIDE_BODY,
                    Severity.WARNING,
                    region,
                    "%.0f %% of the %s mask lies outside the body",
                    100 * share,
                    region.datasetName());
        }
    }

    private void fragments(Region region, VoxelSet set) {
        int usual = switch (region) {
            case LUNG, BREAST, PLEURA, THYROID -> 2;
            case HEART, ESOPHAGUS, ABDOMEN -> 1;
            // bones, hilar vessels and small bronchi are pieces by nature
            case BONE, MEDIASTINUM, TRACHEA_AND_BRONCHI -> Integer.MAX_VALUE;
        };
        VoxelSet joined = set.close(WORK_MM);
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
                    region,
                    "%.0f %% of the %s mask are %d pieces away from the main part",
                    100 * share,
                    region.datasetName(),
                    count);
        }
    }

    private void holes(Region region, VoxelSet set) {
        boolean solid = switch (region) {
            case LUNG, HEART, ABDOMEN, PLEURA -> true;
            case BONE, BREAST, ESOPHAGUS, MEDIASTINUM, THYROID, TRACHEA_AND_BRONCHI -> false;
        };
        double share = solid ? set.fillHoles().minus(set).count() / (double) set.count() : 0;
        if (share > HOLE_SHARE) {
            add(
                    Kind.HOLES,
                    Severity.WARNING,
                    region,
                    "the %s mask has holes that make up %.0f %% of it",
                    region.datasetName(),
                    100 * share);
        }
    }

    private void size(Region region, VoxelSet set) {
        UsualVolume usual = UsualVolume.of(region);
        double ml = set.millilitres();
        if (ml > usual.most() || ml < usual.least() && !atEnd(set)) {
            add(
                    Kind.VOLUME,
                    Severity.WARNING,
                    region,
                    "the %s mask has %.0f ml, usual are %.0f to %.0f ml",
                    region.datasetName(),
                    ml,
                    usual.least(),
                    usual.most());
        }
    }

    private void place(Region region, VoxelSet set) {
        VoxelSet lungs = masks.getOrDefault(Region.LUNG, ct.none());
        Box box = Box.of(lungs);
        boolean wholeLungs = lungs.millilitres() > 500
                && box.from()[2] > 1
                && box.to()[2] < ct.size().z() - 1;
        if (wholeLungs && region != Region.LUNG) {
            String odd = Usual.of(region).oddPlace(Usual.place(set, lungs));
            if (!odd.isEmpty()) {
                String words = "the %s mask lies %s, measured by the lungs";
                add(Kind.PLACE, Severity.WARNING, region, words, region.datasetName(), odd);
            }
        }
    }

    private void brightness(Region region, VoxelSet set) {
        double share = switch (region) {
            case LUNG -> share(set, -2000, -400);
            case BONE -> share(set, 110, 4000);
            case TRACHEA_AND_BRONCHI -> share(set, -2000, -300) + 0.2;
            case HEART, ABDOMEN, MEDIASTINUM, ESOPHAGUS, THYROID, BREAST -> share(set, -200, 500);
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
            String words = switch (region) {
                case LUNG, TRACHEA_AND_BRONCHI -> "the %s mask is not dark: the CT shows no air in %.0f %% of it";
                case BONE -> "the %s mask is not bright: the CT shows no bone in %.0f %% of it";
                case HEART, ABDOMEN, MEDIASTINUM, ESOPHAGUS, THYROID, BREAST, PLEURA ->
                    "the %s mask is not soft tissue: the CT shows air or bone in %.0f %% of it";
            };
            add(Kind.INTENSITY, Severity.ERROR, region, words, region.datasetName(), 100 * (1 - Math.min(1, share)));
        }
    }

    private double share(VoxelSet set, double low, double high) {
        return set.filter(n -> ct.hu()[n] >= low && ct.hu()[n] < high).count() / (double) set.count();
    }

    private boolean atEnd(VoxelSet set) {
        Box box = Box.of(set);
        return box.from()[2] <= 1 || box.to()[2] >= ct.size().z() - 1;
    }

    private void border(Region region, VoxelSet set) {
        if (region == Region.HEART && atEnd(set)) {
            add(Kind.CUT_AT_BORDER, Severity.NOTE, region, "the scan cuts the %s", region.datasetName());
        }
    }

    private void pairs() {
        for (Region[] pair : APART) {
            VoxelSet a = masks.getOrDefault(pair[0], ct.none());
            VoxelSet b = masks.getOrDefault(pair[1], ct.none());
            double less = Math.min(a.count(), b.count());
            double share = less == 0 ? 0 : a.bits().countAnd(b.bits()) / less;
            if (share > OVERLAP_SHARE) {
                checks.add(new MaskCheck(
                        Kind.OVERLAP,
                        Severity.WARNING,
                        List.of(pair),
                        words(
                                "%.0f %% of the smaller of %s and %s lie in the other",
                                100 * share, pair[0].datasetName(), pair[1].datasetName()),
                        new Repair.None()));
            }
        }
        VoxelSet lung = masks.getOrDefault(Region.LUNG, ct.none());
        VoxelSet pleura = masks.getOrDefault(Region.PLEURA, ct.none());
        double differs =
                lung.minus(pleura).count() + (double) pleura.minus(lung).count();
        if (!lung.isEmpty() && differs <= SAME_SHARE * lung.count()) {
            checks.add(new MaskCheck(
                    Kind.LUNG_IS_PLEURA,
                    Severity.NOTE,
                    List.of(Region.LUNG, Region.PLEURA),
                    "lung and pleura have the same mask: their reports cannot differ by place",
                    new Repair.None()));
        }
    }

    private void add(Kind kind, Severity severity, Region region, String format, Object... arguments) {
        Repair repair = switch (kind) {
            case EMPTY, INTENSITY -> new Repair.Replace(region);
            case FRAGMENTS -> new Repair.KeepMain(region);
            case HOLES -> new Repair.Fill(region);
            case OUTSIDE_BODY -> new Repair.ClipToBody(region);
            case CUT_AT_BORDER,
                    VOLUME,
                    PLACE,
                    LUNG_IS_PLEURA,
                    OVERLAP,
                    FLIPPED,
                    SHIFTED,
                    SWAPPED,
                    INCOMPLETE,
                    LEAK,
                    OTHER_PATIENT,
                    UNSUPPORTED -> new Repair.None();
        };
        checks.add(new MaskCheck(kind, severity, List.of(region), words(format, arguments), repair));
    }

    static String words(String format, Object... arguments) {
        return String.format(Locale.ROOT, format, arguments);
    }
}
