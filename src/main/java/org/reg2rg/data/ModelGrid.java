package org.reg2rg.data;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import org.reg2rg.core.InputException;
import org.reg2rg.ct.Affine;
import org.reg2rg.ct.CtVolume;
import org.reg2rg.ct.Grid;
import org.reg2rg.ct.GridSize;
import org.reg2rg.ct.Orientation;
import org.reg2rg.ct.Region;
import org.reg2rg.ct.RegionMask;
import org.reg2rg.ct.RegionMasks;
import org.reg2rg.ct.Resample;

/**
 * The grid on which a model has learned: axes to L, P and S with this spacing. The published model learned on RadGenome's
 * 1×1×3 mm (RadGenome's preprocess script: monai {@code Orientation("LPS")}, then a trilinear resize); its files carry
 * an identity affine and are there already.
 *
 * @param x spacing towards L in mm
 * @param y spacing towards P in mm
 * @param z spacing towards S in mm
 */
public record ModelGrid(double x, double y, double z) {
    public static final ModelGrid RADGENOME = new ModelGrid(1, 1, 3);

    private static final double OBLIQUE_DEGREES = 5;

    public ModelGrid {
        if (!(x > 0 && y > 0 && z > 0)) {
            throw new IllegalArgumentException("spacing must be positive, got " + x + ", " + y + ", " + z);
        }
    }

    /** What {@code --grid} can be. */
    public enum Choice {
        /** Stored for an identity affine, else the model's grid. */
        AUTO,
        /** The array as it is. */
        STORED,
        /** RadGenome's grid, whatever the affine says. */
        RADGENOME
    }

    /**
     * A study on the grid that the model reads.
     *
     * @param ct the CT, resampled or as it was
     * @param masks its masks, likewise
     * @param resampled whether anything was changed
     * @param warnings sentences for the user
     */
    public record Placed(CtVolume ct, RegionMasks masks, boolean resampled, List<String> warnings) {}

    /**
     * Brings a CT and its masks to the grid of the choice.
     *
     * @param subject the CT as the user knows it, for errors
     * @throws InputException if the result would be too large for one array
     */
    public Placed place(String subject, CtVolume ct, RegionMasks masks, Choice choice) {
        return switch (choice) {
            case STORED -> new Placed(ct, masks, false, List.of());
            case RADGENOME -> RADGENOME.resample(subject, ct, masks);
            case AUTO ->
                ct.grid().toWorld().isIdentity()
                        ? new Placed(ct, masks, false, List.of())
                        : resample(subject, ct, masks);
        };
    }

    private Placed resample(String subject, CtVolume ct, RegionMasks masks) {
        requireRoom(subject, ct.grid());
        Resample resample = Resample.toLps(ct.grid(), x, y, z);
        var placed = new LinkedHashMap<Region, RegionMask>();
        masks.masks().forEach((region, mask) -> placed.put(region, resample.nearest(mask)));
        double oblique = Orientation.of(ct.grid().toWorld()).obliquenessDegrees();
        List<String> warnings = oblique > OBLIQUE_DEGREES
                ? List.of(String.format(
                        Locale.ROOT,
                        "the axes are turned by %.0f degrees against the patient's; the model has learned on straight "
                                + "ones",
                        oblique))
                : List.of();
        return new Placed(resample.linear(ct), new RegionMasks(placed, masks.sources()), true, warnings);
    }

    private void requireRoom(String subject, Grid grid) {
        Affine affine = grid.toWorld();
        GridSize size = grid.size();
        double millilitres = size.voxels() * grid.voxelMillilitres();
        double voxels = millilitres * 1000 / (x * y * z);
        if (voxels > GridSize.MOST_VOXELS / 2) {
            throw new InputException(
                    subject,
                    String.format(
                            Locale.ROOT,
                            "%.3g × %.3g × %.3g mm voxels make %.0f litres, which is no chest",
                            affine.spacing(0),
                            affine.spacing(1),
                            affine.spacing(2),
                            millilitres / 1000),
                    "repair the voxel size in the header, or give --grid stored");
        }
    }
}
