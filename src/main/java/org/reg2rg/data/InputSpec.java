package org.reg2rg.data;

import java.util.Map;
import org.reg2rg.ct.GridSize;
import org.reg2rg.ct.Region;

/**
 * The sizes that a model reads.
 *
 * @param volume size of the global volume and of each region's texture volume
 * @param mask size of each region's mask on the whole volume
 * @param textureOf regions whose texture volume has another size than {@code volume}
 */
public record InputSpec(GridSize volume, GridSize mask, Map<Region, GridSize> textureOf) {
    /** 256×256×64 throughout, as published. */
    public static final InputSpec PUBLISHED = of(new GridSize(256, 256, 64));

    public InputSpec {
        textureOf = Map.copyOf(textureOf);
    }

    /** One size for everything. */
    public static InputSpec of(GridSize size) {
        return new InputSpec(size, size, Map.of());
    }

    /** Size of one region's texture volume. */
    public GridSize texture(Region region) {
        return textureOf.getOrDefault(region, volume);
    }
}
