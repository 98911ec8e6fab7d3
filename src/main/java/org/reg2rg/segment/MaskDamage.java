package org.reg2rg.segment;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import org.reg2rg.ct.Affine;
import org.reg2rg.ct.Bits;
import org.reg2rg.ct.Grid;
import org.reg2rg.ct.GridSize;
import org.reg2rg.ct.Region;
import org.reg2rg.ct.RegionMask;
import org.reg2rg.ct.RegionMasks;
import org.reg2rg.ct.morphology.VoxelSet;

/** What goes wrong with masks, made on purpose: to measure how much of it the checks notice. */
public enum MaskDamage {
    ALL_FLIPPED_1("all mirrored along the first axis", true),
    ALL_FLIPPED_2("all mirrored along the second axis", true),
    ALL_FLIPPED_3("all mirrored along the third axis", true),
    ALL_SHIFTED("all shifted by 20 mm", true),
    OTHER_PATIENT("masks of another patient", true),
    FLIPPED("one mirrored along the second axis", false),
    SHIFTED("one shifted by 20 mm", false),
    SWAPPED("two with each other's names", false),
    HALVED("one half erased", false),
    ISLANDS("five islands of 2 cm", false),
    LEAK("a leak of a third of the volume", false);

    private static final double SHIFT_MM = 20;
    private static final double ISLAND_MM = 10;

    private final String words;
    private final boolean ofAll;

    MaskDamage(String words, boolean ofAll) {
        this.words = words;
        this.ofAll = ofAll;
    }

    public String words() {
        return words;
    }

    /** Whether it befalls all masks of a study, or one. */
    public boolean ofAll() {
        return ofAll;
    }

    /**
     * The masks with this damage.
     *
     * @param region the one that is damaged, unless all are
     * @param other masks of another patient on a grid of the same size
     */
    public RegionMasks apply(RegionMasks good, Region region, RegionMasks other) {
        Map<Region, RegionMask> masks = new LinkedHashMap<>(good.masks());
        switch (this) {
            case ALL_FLIPPED_1, ALL_FLIPPED_2, ALL_FLIPPED_3 ->
                masks.replaceAll((r, mask) -> Mirror.of(mask, ordinal() - ALL_FLIPPED_1.ordinal()));
            case ALL_SHIFTED -> masks.replaceAll((r, mask) -> shifted(mask));
            case OTHER_PATIENT ->
                masks.replaceAll((r, mask) -> new RegionMask.Binary(
                        mask.grid(),
                        MaskComparison.bits(Objects.requireNonNull(other.masks().get(r)))));
            case SWAPPED -> {
                Region with = region == Region.LUNG ? Region.HEART : Region.LUNG;
                RegionMask one = of(masks, region);
                masks.put(region, of(masks, with));
                masks.put(with, one);
            }
            case FLIPPED, SHIFTED, HALVED, ISLANDS, LEAK -> masks.put(region, alone(of(masks, region)));
        }
        return new RegionMasks(new LinkedHashMap<>(masks), Map.of());
    }

    private static RegionMask of(Map<Region, RegionMask> masks, Region region) {
        return Objects.requireNonNull(masks.get(region));
    }

    private RegionMask alone(RegionMask mask) {
        VoxelSet set = set(mask);
        return switch (this) {
            case FLIPPED -> Mirror.of(mask, 1);
            case SHIFTED -> shifted(mask);
            case HALVED -> {
                double middle = set.centre()[2];
                GridSize size = set.size();
                yield binary(mask.grid(), set.filter(n -> n / (size.x() * size.y()) >= middle));
            }
            case ISLANDS -> binary(mask.grid(), set.or(islands(set)));
            case LEAK -> binary(mask.grid(), set.or(leak(set)));
            case ALL_FLIPPED_1, ALL_FLIPPED_2, ALL_FLIPPED_3, ALL_SHIFTED, OTHER_PATIENT, SWAPPED -> mask;
        };
    }

    private static VoxelSet set(RegionMask mask) {
        return new VoxelSet(mask.grid().size(), mask.grid().spacing(), MaskComparison.bits(mask));
    }

    private static RegionMask binary(Grid grid, VoxelSet set) {
        return new RegionMask.Binary(grid, set.bits());
    }

    private static RegionMask shifted(RegionMask mask) {
        Affine a = mask.grid().toWorld();
        int steps = (int) Math.round(SHIFT_MM / a.spacing(1));
        return binary(mask.grid(), Mirror.moved(set(mask), new int[] {0, steps, 0}));
    }

    /** Balls at the same five places of every scan. */
    private static VoxelSet islands(VoxelSet set) {
        GridSize size = set.size();
        double[][] places = {
            {0.35, 0.5, 0.15}, {0.62, 0.4, 0.3}, {0.45, 0.62, 0.5}, {0.3, 0.45, 0.7}, {0.55, 0.55, 0.88}
        };
        Bits seeds = new Bits(size.voxels());
        for (double[] p : places) {
            seeds.set(size.index((int) (p[0] * size.x()), (int) (p[1] * size.y()), (int) (p[2] * size.z())));
        }
        return new VoxelSet(size, set.mm(), seeds).dilate(ISLAND_MM);
    }

    /** A ball of a third of the volume that begins at the upper end of the mask. */
    private static VoxelSet leak(VoxelSet set) {
        int last = 0;
        for (int n = set.bits().nextSet(0); n >= 0; n = set.bits().nextSet(n + 1)) {
            last = n;
        }
        Bits seed = new Bits(set.size().voxels());
        seed.set(last);
        double halfOutside = Math.cbrt(2 * set.millilitres() * 1000 / (4 * Math.PI));
        return new VoxelSet(set.size(), set.mm(), seed).dilate(halfOutside).minus(set);
    }
}
