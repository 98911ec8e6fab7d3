package org.reg2rg.train;

import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.reg2rg.cohort.FindingType;
import org.reg2rg.ct.GridSize;
import org.reg2rg.ct.Region;
import org.reg2rg.data.InputSpec;

/**
 * Where the parts of one study lie in its record of a crop file: what the model reads, as bytes, and where the findings are,
 * as bits. Records have one length, so that any study is found at once.
 *
 * <p>Order: for each crop (the whole volume first, then the ten regions) texture bytes, then one bit a finding and cell of the
 * crop's map; then the ten masks; then 2 presence bytes (a bit a region, unused bits 0).
 */
public record CropLayout(InputSpec spec) {
    /** Input voxels of one cell of the dense map, along x, y, z. */
    private static final int[] CELL = {4, 4, 2};

    public static final int FINDINGS = FindingType.values().length;
    public static final int REGIONS = Region.values().length;
    static final int PRESENCE_BYTES = 2;

    /** The whole volume, then the regions in their order. */
    public static final int CROPS = 1 + REGIONS;

    /** Region of a crop; none for the whole volume. */
    public static Optional<Region> region(int crop) {
        return crop == 0 ? Optional.empty() : Optional.of(Region.values()[crop - 1]);
    }

    public static int crop(Region region) {
        return region.ordinal() + 1;
    }

    public GridSize size(int crop) {
        return region(crop).map(spec::texture).orElse(spec.volume());
    }

    /** The map of cells over a crop. */
    public GridSize cells(int crop) {
        GridSize size = size(crop);
        return new GridSize(size.x() / CELL[0], size.y() / CELL[1], size.z() / CELL[2]);
    }

    /** How many cells lie in a block of input voxels, along x, y, z. */
    static long[] cellsOf(List<Integer> voxels) {
        return IntStream.range(0, CELL.length)
                .mapToLong(axis -> voxels.get(axis) / CELL[axis])
                .toArray();
    }

    long textureAt(int crop) {
        return IntStream.range(0, crop)
                .mapToLong(c -> size(c).voxels() + bitBytes(c))
                .sum();
    }

    long bitsAt(int crop) {
        return textureAt(crop) + size(crop).voxels();
    }

    int bitBytes(int crop) {
        return (FINDINGS * cells(crop).voxels() + 7) / 8;
    }

    long maskAt(Region region) {
        return textureAt(CROPS) + (long) region.ordinal() * spec.mask().voxels();
    }

    long presenceAt() {
        return textureAt(CROPS) + (long) REGIONS * spec.mask().voxels();
    }

    /** Bytes of one record. */
    public int bytes() {
        return Math.toIntExact(presenceAt() + PRESENCE_BYTES);
    }
}
