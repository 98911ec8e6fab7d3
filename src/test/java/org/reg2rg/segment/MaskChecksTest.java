package org.reg2rg.segment;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.reg2rg.cohort.Phantom;
import org.reg2rg.cohort.PhantomSize;
import org.reg2rg.cohort.PhantomStudy;
import org.reg2rg.ct.Bits;
import org.reg2rg.ct.CtVolume;
import org.reg2rg.ct.GridSize;
import org.reg2rg.ct.Region;
import org.reg2rg.ct.RegionMask;
import org.reg2rg.ct.RegionMasks;
import org.reg2rg.ct.morphology.VoxelSet;
import org.reg2rg.segment.MaskCheck.Kind;
import org.reg2rg.segment.MaskCheck.Severity;

/** Good masks are left in peace; damaged ones are noticed and, where that is possible, mended. */
class MaskChecksTest {
    @SuppressWarnings("NullAway.Init")
    private static PhantomStudy study;

    @SuppressWarnings("NullAway.Init")
    private static Segmentation witness;

    @BeforeAll
    static void segment() {
        study = Phantom.generate(3, 1, new PhantomSize(new GridSize(96, 96, 72), 3.4, 3.4, 4));
        witness = AnatomySegmenter.segment(study.volume());
    }

    private static CtVolume ct() {
        return study.volume();
    }

    private static VoxelSet set(Region region) {
        return new VoxelSet(ct().size(), ct().grid().spacing(), MaskComparison.bits(study.mask(region)));
    }

    private static RegionMask mask(Bits bits) {
        return new RegionMask.Binary(ct().grid(), bits);
    }

    private static RegionMasks with(Map<Region, RegionMask> changed) {
        var masks = new LinkedHashMap<>(study.masks().masks());
        masks.putAll(changed);
        return new RegionMasks(masks, Map.of());
    }

    private static List<MaskCheck> serious(RegionMasks masks) {
        return MaskChecks.against(ct(), masks, witness).stream()
                .filter(check -> check.severity() != Severity.NOTE)
                .toList();
    }

    private static double mended(RegionMasks damaged, Region region) {
        var checks = MaskChecks.against(ct(), damaged, witness);
        var repaired = MaskRepair.apply(ct(), damaged, checks, witness);
        assertThat(repaired.done()).isNotEmpty();
        RegionMask mask = Objects.requireNonNull(repaired.masks().masks().get(region));
        return MaskComparison.of(mask, study.mask(region)).dice();
    }

    @Test
    void theBuiltInRegionsLieOnTheTruth() {
        for (Region region : Region.values()) {
            RegionMask found = witness.mask(region).orElseThrow();
            double least = region == Region.ESOPHAGUS || region == Region.THYROID ? 0.55 : 0.7;
            assertThat(MaskComparison.of(found, study.mask(region)).dice())
                    .as(region.datasetName())
                    .isGreaterThan(least);
        }
    }

    @Test
    void goodMasksAreLeftInPeace() {
        assertThat(serious(study.masks())).isEmpty();
    }

    @Test
    void aMirroredGridIsNoticedAndTurnedBack() {
        for (int axis = 0; axis < 3; axis++) {
            int along = axis;
            Map<Region, RegionMask> turned = new EnumMap<>(Region.class);
            study.masks().masks().forEach((region, mask) -> turned.put(region, Mirror.of(mask, along)));
            RegionMasks damaged = with(turned);
            assertThat(serious(damaged)).anyMatch(check -> check.kind() == Kind.FLIPPED);
            assertThat(mended(damaged, Region.HEART)).isEqualTo(1);
        }
    }

    @Test
    void aShiftedMaskIsNoticedAndMovedBack() {
        VoxelSet moved = Mirror.moved(set(Region.LUNG), new int[] {0, 6, 0});
        RegionMasks damaged = with(Map.of(Region.LUNG, mask(moved.bits())));
        assertThat(serious(damaged)).anyMatch(check -> check.kind() == Kind.SHIFTED);
        assertThat(mended(damaged, Region.LUNG)).isGreaterThan(0.9);
    }

    @Test
    void exchangedNamesAreNoticedAndExchangedBack() {
        RegionMasks damaged =
                with(Map.of(Region.HEART, study.mask(Region.LUNG), Region.LUNG, study.mask(Region.HEART)));
        assertThat(serious(damaged)).anyMatch(check -> check.kind() == Kind.SWAPPED);
        assertThat(mended(damaged, Region.LUNG)).isEqualTo(1);
        assertThat(mended(damaged, Region.HEART)).isEqualTo(1);
    }

    @Test
    void aMissingHalfIsNoticedAndTakenFromTheBuiltInMask() {
        for (Region region : List.of(Region.LUNG, Region.HEART, Region.BONE)) {
            RegionMasks damaged = MaskDamage.HALVED.apply(study.masks(), region, study.masks());
            assertThat(serious(damaged)).anyMatch(check -> check.kind() == Kind.INCOMPLETE);
            double builtIn = MaskComparison.of(witness.mask(region).orElseThrow(), study.mask(region))
                    .dice();
            assertThat(mended(damaged, region)).as(region.datasetName()).isGreaterThan(builtIn);
        }
    }

    @Test
    void piecesElsewhereAreDroppedAndTheRestIsKept() {
        RegionMasks damaged = MaskDamage.ISLANDS.apply(study.masks(), Region.ESOPHAGUS, study.masks());
        assertThat(mended(damaged, Region.ESOPHAGUS)).isGreaterThan(0.9);
    }

    @Test
    void anEmptyMaskIsToldAndReplaced() {
        RegionMasks damaged = with(Map.of(Region.BONE, mask(new Bits(ct().size().voxels()))));
        assertThat(serious(damaged)).extracting(MaskCheck::words).containsExactly("the mask of the bone is empty");
        assertThat(mended(damaged, Region.BONE)).isGreaterThan(0.75);
    }
}
