package org.reg2rg.recipe;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Objects;
import org.reg2rg.ct.Affine;
import org.reg2rg.ct.CtVolume;
import org.reg2rg.ct.Grid;
import org.reg2rg.ct.Region;
import org.reg2rg.ct.RegionMask;
import org.reg2rg.ct.RegionMasks;
import org.reg2rg.data.ModelGrid;

/**
 * A study where the patient is known to lie. RadGenome's own files have an identity affine, which by the letter would mean
 * axes to the right, front and head and cubes of 1 mm; their axes really go to the left, back and head with the model's
 * spacing. Pictures and checks need the truth.
 *
 * @param warnings what was assumed
 */
record Placement(CtVolume ct, RegionMasks masks, List<String> warnings) {
    static Placement of(CtVolume ct, RegionMasks masks, ModelGrid grid) {
        if (!ct.grid().toWorld().isIdentity()) {
            return new Placement(ct, masks, List.of());
        }
        var real = new Grid(ct.size(), Affine.scaled(-grid.x(), -grid.y(), grid.z()));
        var moved = new LinkedHashMap<Region, RegionMask>();
        masks.masks().forEach((region, mask) -> moved.put(region, onGrid(mask, real)));
        return new Placement(
                new CtVolume(real, ct.hu()),
                new RegionMasks(moved, masks.sources()),
                List.of("The file has an identity affine: taken as RadGenome's own grid, axes to left, back and head, "
                        + grid.x() + " x " + grid.y() + " x " + grid.z() + " mm."));
    }

    RegionMask mask(Region region) {
        return Objects.requireNonNull(masks.masks().get(region));
    }

    private static RegionMask onGrid(RegionMask mask, Grid grid) {
        return switch (mask) {
            case RegionMask.Binary binary -> new RegionMask.Binary(grid, binary.bits());
            case RegionMask.Fractional fractional -> new RegionMask.Fractional(grid, fractional.values());
        };
    }
}
