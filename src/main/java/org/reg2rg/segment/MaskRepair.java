package org.reg2rg.segment;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.Set;
import org.reg2rg.ct.Affine;
import org.reg2rg.ct.Bits;
import org.reg2rg.ct.CtVolume;
import org.reg2rg.ct.GridSize;
import org.reg2rg.ct.Region;
import org.reg2rg.ct.RegionMask;
import org.reg2rg.ct.RegionMasks;
import org.reg2rg.ct.morphology.Components;
import org.reg2rg.ct.morphology.Components.Neighbours;
import org.reg2rg.ct.morphology.VoxelSet;

/** Mends masks as far as their checks say how; every repair is put on record. */
public final class MaskRepair {
    private static final double NEAR_MM = 6;
    private static final double SURE = 0.5;
    private static final int LAST_RANK = 3;

    private final CtVolume ct;
    private final Segmentation witness;
    private final Map<Region, RegionMask> masks = new EnumMap<>(Region.class);
    private final List<String> done = new ArrayList<>();
    private final Set<Region> settled = EnumSet.noneOf(Region.class);

    private MaskRepair(CtVolume ct, RegionMasks masks, Segmentation witness) {
        this.ct = ct;
        this.witness = witness;
        this.masks.putAll(masks.masks());
    }

    /**
     * The outcome.
     *
     * @param masks with all repairs
     * @param done each repair in words
     */
    public record Repaired(RegionMasks masks, List<String> done) {}

    /** Mends what {@link MaskChecks#against} found. */
    public static Repaired apply(CtVolume ct, RegionMasks masks, List<MaskCheck> checks, Segmentation witness) {
        var repair = new MaskRepair(ct, masks, witness);
        // what moves or replaces a whole mask comes first and settles it
        for (int rank = 0; rank <= LAST_RANK; rank++) {
            int now = rank;
            checks.stream()
                    .map(MaskCheck::repair)
                    .filter(wanted -> rank(wanted) == now)
                    .forEach(repair::whole);
        }
        checks.forEach(check -> repair.part(check.repair()));
        SequencedMap<Region, RegionMask> ordered = new LinkedHashMap<>(repair.masks);
        return new Repaired(new RegionMasks(ordered, masks.sources()), List.copyOf(repair.done));
    }

    /** What explains most goes first: a mask that was mirrored is not dark where it should be, and need not be replaced. */
    private static int rank(Repair repair) {
        return switch (repair) {
            case Repair.FlipAll _ -> 0;
            case Repair.Exchange _ -> 1;
            case Repair.Flip _, Repair.Shift _ -> 2;
            case Repair.Replace _, Repair.Complete _ -> LAST_RANK;
            case Repair.None _, Repair.KeepMain _, Repair.Fill _, Repair.ClipToBody _, Repair.Trim _ -> LAST_RANK + 1;
        };
    }

    private void whole(Repair repair) {
        switch (repair) {
            case Repair.FlipAll(int axis) -> {
                masks.replaceAll((region, mask) -> Mirror.of(mask, axis));
                settled.addAll(masks.keySet());
                done.add(repair.words());
            }
            case Repair.Exchange(Region one, Region two) -> {
                if (!settled.contains(one) && !settled.contains(two)) {
                    settled.add(one);
                    settled.add(two);
                    RegionMask first = mask(one);
                    masks.put(one, mask(two));
                    masks.put(two, first);
                    done.add(repair.words());
                }
            }
            case Repair.Flip(Region region, int axis) -> settle(repair, region, Mirror.of(mask(region), axis));
            case Repair.Shift shift -> settle(repair, shift.region(), moved(shift));
            case Repair.Replace(Region region) -> own(region).ifPresent(own -> replace(region, own));
            case Repair.Complete(Region region) ->
                own(region).ifPresent(own -> settle(repair, region, mask(completed(set(region), set(own)))));
            case Repair.None _, Repair.KeepMain _, Repair.Fill _, Repair.ClipToBody _, Repair.Trim _ -> {}
        }
    }

    private void part(Repair repair) {
        switch (repair) {
            case Repair.KeepMain(Region region) -> change(repair, region, keepMain(region));
            case Repair.Fill(Region region) ->
                change(repair, region, set(region).fillHoles());
            case Repair.ClipToBody(Region region) ->
                change(repair, region, set(region).and(body()));
            case Repair.Trim(Region region) -> change(repair, region, trimmed(region));
            case Repair.None _,
                    Repair.FlipAll _,
                    Repair.Exchange _,
                    Repair.Flip _,
                    Repair.Shift _,
                    Repair.Complete _,
                    Repair.Replace _ -> {}
        }
    }

    /** Where a mask is right but for pieces that do not belong to it, dropping these is better than the built-in mask. */
    private void replace(Region region, RegionMask own) {
        VoxelSet main = keepMain(region);
        boolean right =
                MaskScene.dice(main, set(own)) >= Usual.of(region).witness().agreement();
        if (right && main.count() < set(region).count()) {
            settle(new Repair.KeepMain(region), region, mask(main));
        } else {
            settle(new Repair.Replace(region), region, own);
        }
    }

    /** What is there stays; from the built-in mask comes what is further off than borders differ. */
    private static VoxelSet completed(VoxelSet given, VoxelSet own) {
        VoxelSet missing = own.minus(given);
        return given.or(missing.minus(given.dilate(NEAR_MM)).dilate(NEAR_MM).and(missing));
    }

    private RegionMask mask(VoxelSet set) {
        return new RegionMask.Binary(ct.grid(), set.bits());
    }

    private void settle(Repair repair, Region region, RegionMask mask) {
        if (settled.add(region)) {
            masks.put(region, mask);
            done.add(repair.words());
        }
    }

    private void change(Repair repair, Region region, VoxelSet set) {
        if (!settled.contains(region) && !done.contains(repair.words())) {
            masks.put(region, mask(set));
            done.add(repair.words());
        }
    }

    private RegionMask mask(Region region) {
        RegionMask mask = masks.get(region);
        return mask != null
                ? mask
                : new RegionMask.Binary(ct.grid(), new Bits(ct.size().voxels()));
    }

    private VoxelSet set(Region region) {
        return set(mask(region));
    }

    private VoxelSet set(RegionMask mask) {
        return new VoxelSet(ct.size(), ct.grid().spacing(), MaskComparison.bits(mask));
    }

    /** The built-in mask where it is trustworthy. */
    private Optional<RegionMask> own(Region region) {
        boolean sure = witness.finding(region) instanceof Segmentation.Found found && found.confidence() >= SURE;
        return sure ? witness.mask(region) : Optional.empty();
    }

    private RegionMask moved(Repair.Shift shift) {
        Affine inverse = ct.grid().toWorld().inverse();
        int[] steps = new int[3];
        for (int row = 0; row < 3; row++) {
            steps[row] = (int) Math.round(inverse.at(row, 0) * shift.right()
                    + inverse.at(row, 1) * shift.front()
                    + inverse.at(row, 2) * shift.up());
        }
        return mask(Mirror.moved(set(shift.region()), steps));
    }

    /** The parts of which at least half lie by the built-in mask; where there is none, all parts of a tenth of the largest. */
    private VoxelSet keepMain(Region region) {
        VoxelSet set = set(region);
        Components parts = set.components(Neighbours.FACES_EDGES_CORNERS);
        Optional<RegionMask> own = own(region);
        if (own.isPresent()) {
            VoxelSet there = set(own.get()).dilate(NEAR_MM);
            int[] inside = new int[parts.count()];
            parts.forEachRun((part, start, end) -> {
                for (int n = start; n < end; n++) {
                    inside[part] += there.contains(n) ? 1 : 0;
                }
            });
            VoxelSet near = new VoxelSet(set.size(), set.mm(), parts.select(c -> 2 * inside[c] >= parts.voxels(c)));
            return near.isEmpty() ? set.largest() : near;
        }
        int most = parts.count() == 0 ? 0 : parts.voxels(parts.bySize()[0]);
        return new VoxelSet(set.size(), set.mm(), parts.select(c -> parts.voxels(c) * 10 >= most));
    }

    private VoxelSet trimmed(Region region) {
        Optional<RegionMask> own = own(region);
        return own.isPresent() ? set(region).and(set(own.get()).dilate(NEAR_MM)) : set(region);
    }

    private VoxelSet body() {
        WorkVolume work = WorkVolume.of(ct, MaskScene.WORK_MM);
        GridSize size = ct.size();
        Bits bits = Surface.carry(ct, work, Body.find(work), Surface.SMOOTH).bits();
        return new VoxelSet(size, ct.grid().spacing(), bits);
    }
}
