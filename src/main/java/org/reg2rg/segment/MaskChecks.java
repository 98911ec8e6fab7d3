package org.reg2rg.segment;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.reg2rg.ct.CtVolume;
import org.reg2rg.ct.Region;
import org.reg2rg.ct.RegionMask;
import org.reg2rg.ct.RegionMasks;

/**
 * Judges masks before they are used: each for itself (size, shape, place, brightness inside), against each other, and
 * against what the built-in segmentation sees in the same CT. All of it happens on a grid of 3 mm. What was found of a mask
 * is kept, so that the next set of masks of the same CT costs only what has changed.
 */
public final class MaskChecks {
    private final MaskScene scene;
    private final Map<RegionMask, Map<Region, List<MaskCheck>>> single = new IdentityHashMap<>();
    private final Map<RegionMask, Map<Region, Optional<MaskCheck>>> agreement = new IdentityHashMap<>();

    private MaskChecks(MaskScene scene) {
        this.scene = scene;
    }

    /**
     * Checks for the masks of one CT.
     *
     * @param witness of the same CT, from {@link AnatomySegmenter#segment}
     */
    public static MaskChecks of(CtVolume ct, Segmentation witness) {
        return new MaskChecks(MaskScene.of(ct, witness));
    }

    /**
     * All checks that need nothing but CT and masks.
     *
     * @return what was found, in the order of the regions; empty if all is well
     */
    public static List<MaskCheck> alone(CtVolume ct, RegionMasks masks) {
        return new MaskChecks(MaskScene.of(ct)).check(masks);
    }

    /** All checks, with the built-in segmentation of the same CT as witness. */
    public static List<MaskCheck> against(CtVolume ct, RegionMasks masks, Segmentation witness) {
        return of(ct, witness).check(masks);
    }

    /** What is wrong with these masks: first each for itself, then against each other, then against the witness. */
    public List<MaskCheck> check(RegionMasks masks) {
        List<MaskCheck> all = new ArrayList<>();
        masks.masks().forEach((region, mask) -> all.addAll(single(region, mask)));
        all.addAll(PairChecks.check(scene, masks));
        all.addAll(Agreement.check(scene, masks, agreement));
        return List.copyOf(all);
    }

    private List<MaskCheck> single(Region region, RegionMask mask) {
        return Objects.requireNonNull(single.computeIfAbsent(mask, m -> new EnumMap<>(Region.class))
                .computeIfAbsent(region, r -> OneMask.check(scene, r, scene.take(mask))));
    }

    static String words(String format, Object... arguments) {
        return String.format(Locale.ROOT, format, arguments);
    }
}
