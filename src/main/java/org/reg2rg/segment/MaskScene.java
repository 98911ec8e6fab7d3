package org.reg2rg.segment;

import java.util.EnumMap;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.reg2rg.ct.CtVolume;
import org.reg2rg.ct.Region;
import org.reg2rg.ct.RegionMask;
import org.reg2rg.ct.RegionMasks;
import org.reg2rg.ct.morphology.VoxelSet;
import org.reg2rg.segment.Segmentation.Found;

/** What masks are judged with: the CT on a grid of 3 mm, the body, and what the built-in segmentation sees. */
final class MaskScene {
    static final double WORK_MM = 3;
    /** Below this confidence the built-in segmentation is no witness. */
    static final double SURE = 0.5;

    private static final double SKIN_MM = 3;
    private static final double FAR_MM = 12;
    private static final double RIM_MM = 6;
    private static final double AERATED_HU = -500;
    /** What is darker may be gas of stomach or bowel. */
    private static final double GAS_HU = -930;

    final WorkVolume ct;
    final VoxelSet body;
    /** The body and its skin, which is half air. */
    final VoxelSet nearBody;

    private final Map<Region, Own> own = new EnumMap<>(Region.class);
    private final Map<RegionMask, Map<Integer, VoxelSet>> taken = new IdentityHashMap<>();

    /**
     * A region as the built-in segmentation cuts it.
     *
     * @param set all of it
     * @param zone all of it and what is near
     * @param core what lies well within; of the lungs only what holds air
     */
    record Own(VoxelSet set, VoxelSet zone, VoxelSet core) {}

    private MaskScene(CtVolume volume) {
        ct = WorkVolume.of(volume, WORK_MM);
        body = Body.find(ct);
        nearBody = body.dilate(SKIN_MM);
    }

    /** Without a witness. */
    static MaskScene of(CtVolume volume) {
        return new MaskScene(volume);
    }

    static MaskScene of(CtVolume volume, Segmentation witness) {
        var scene = new MaskScene(volume);
        for (Region region : Region.values()) {
            Optional<RegionMask> mask = witness.mask(region);
            boolean sure = witness.finding(region) instanceof Found found && found.confidence() >= SURE;
            if (mask.isPresent() && sure) {
                VoxelSet set = scene.ct.take(mask.get());
                VoxelSet core = set.erode(RIM_MM);
                if (region == Region.LUNG) {
                    core = core.filter(
                            n -> scene.ct.hu()[n] < AERATED_HU && scene.ct.hu()[n] > GAS_HU);
                }
                scene.own.put(region, new Own(set, set.dilate(FAR_MM), core));
            }
        }
        return scene;
    }

    /** What the witness says of a region, if it is sure enough. */
    Optional<Own> own(Region region) {
        return Optional.ofNullable(own.get(region));
    }

    /** The mask of a region on the grid of this scene; empty if there is none. */
    VoxelSet take(RegionMasks masks, Region region) {
        RegionMask mask = masks.masks().get(region);
        return mask == null ? ct.none() : take(mask);
    }

    VoxelSet take(RegionMask mask) {
        return taken(mask, -1);
    }

    /** The mask with an array axis (0 to 2) running the other way. */
    VoxelSet mirrored(RegionMask mask, int axis) {
        return taken(mask, axis);
    }

    private VoxelSet taken(RegionMask mask, int axis) {
        Map<Integer, VoxelSet> sets = taken.computeIfAbsent(mask, m -> new HashMap<>());
        return Objects.requireNonNull(sets.computeIfAbsent(axis, a -> ct.take(a < 0 ? mask : Mirror.of(mask, a))));
    }

    static double dice(VoxelSet a, VoxelSet b) {
        int sum = a.count() + b.count();
        return sum == 0 ? 1 : 2.0 * a.bits().countAnd(b.bits()) / sum;
    }
}
