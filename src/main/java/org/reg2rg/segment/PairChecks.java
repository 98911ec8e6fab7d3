package org.reg2rg.segment;

import java.util.ArrayList;
import java.util.List;
import org.reg2rg.ct.Region;
import org.reg2rg.ct.RegionMasks;
import org.reg2rg.ct.morphology.Box;
import org.reg2rg.ct.morphology.VoxelSet;
import org.reg2rg.segment.MaskCheck.Kind;
import org.reg2rg.segment.MaskCheck.Severity;

/** Judges masks against each other: overlaps that cannot be, lung and pleura the same, places seen from the lungs. */
final class PairChecks {
    private static final double OVERLAP_SHARE = 0.4;
    /** Masks that differ by less than this share are one and the same. */
    private static final double SAME_SHARE = 0.001;

    private static final double WHOLE_LUNGS_ML = 500;

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

    private final MaskScene scene;
    private final RegionMasks masks;
    private final List<MaskCheck> checks = new ArrayList<>();

    private PairChecks(MaskScene scene, RegionMasks masks) {
        this.scene = scene;
        this.masks = masks;
    }

    static List<MaskCheck> check(MaskScene scene, RegionMasks masks) {
        var pairs = new PairChecks(scene, masks);
        pairs.places();
        pairs.overlaps();
        pairs.lungAndPleura();
        return pairs.checks;
    }

    private void places() {
        VoxelSet lungs = scene.take(masks, Region.LUNG);
        if (lungs.millilitres() <= WHOLE_LUNGS_ML) {
            return;
        }
        Box box = Box.of(lungs);
        if (box.from()[2] <= 1 || box.to()[2] >= scene.ct.size().z() - 1) {
            return;
        }
        for (Region region : masks.masks().keySet()) {
            VoxelSet set = scene.take(masks, region);
            String odd = region == Region.LUNG || set.isEmpty()
                    ? ""
                    : Usual.of(region).oddPlace(Usual.place(set, lungs));
            if (!odd.isEmpty()) {
                String words = "the %s mask lies %s, measured by the lungs";
                add(Kind.PLACE, Severity.WARNING, List.of(region), MaskChecks.words(words, region.datasetName(), odd));
            }
        }
    }

    private void overlaps() {
        for (Region[] pair : APART) {
            VoxelSet a = scene.take(masks, pair[0]);
            VoxelSet b = scene.take(masks, pair[1]);
            double less = Math.min(a.count(), b.count());
            double share = less == 0 ? 0 : a.bits().countAnd(b.bits()) / less;
            if (share > OVERLAP_SHARE) {
                String words = "%.0f %% of the smaller of %s and %s lie in the other";
                add(
                        Kind.OVERLAP,
                        Severity.WARNING,
                        List.of(pair),
                        MaskChecks.words(words, 100 * share, pair[0].datasetName(), pair[1].datasetName()));
            }
        }
    }

    private void lungAndPleura() {
        VoxelSet lung = scene.take(masks, Region.LUNG);
        VoxelSet pleura = scene.take(masks, Region.PLEURA);
        double differs =
                lung.minus(pleura).count() + (double) pleura.minus(lung).count();
        if (!lung.isEmpty() && differs <= SAME_SHARE * lung.count()) {
            add(
                    Kind.LUNG_IS_PLEURA,
                    Severity.NOTE,
                    List.of(Region.LUNG, Region.PLEURA),
                    "lung and pleura have the same mask: their reports cannot differ by place");
        }
    }

    private void add(Kind kind, Severity severity, List<Region> regions, String words) {
        checks.add(new MaskCheck(kind, severity, regions, words, new Repair.None()));
    }
}
