package org.reg2rg.data;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.reg2rg.core.InputException;
import org.reg2rg.ct.Affine;
import org.reg2rg.ct.Bits;
import org.reg2rg.ct.CtVolume;
import org.reg2rg.ct.Grid;
import org.reg2rg.ct.GridSize;
import org.reg2rg.ct.Region;
import org.reg2rg.ct.RegionMask;
import org.reg2rg.ct.RegionMasks;

/** What a user reads of a study that cannot be used. */
class StudyPreprocessorTest {
    private static final Grid GRID = new Grid(new GridSize(4, 4, 4), Affine.scaled(2, 2, 2));

    private static RegionMask mask(int... voxels) {
        var bits = new Bits(64);
        Arrays.stream(voxels).forEach(bits::set);
        return new RegionMask.Binary(GRID, bits);
    }

    private static void apply(Map<Region, RegionMask> masks) {
        float[] hu = new float[64];
        Arrays.fill(hu, -1024);
        hu[0] = 40;
        new StudyPreprocessor(InputSpec.PUBLISHED)
                .apply("ct.nii.gz", new CtVolume(GRID, hu), new RegionMasks(new LinkedHashMap<>(masks), Map.of()));
    }

    @Test
    void regionsAndReasonsAreNamedInWords() {
        var masks = new LinkedHashMap<Region, RegionMask>();
        masks.put(Region.TRACHEA_AND_BRONCHI, mask(5));
        masks.put(Region.HEART, mask());
        assertThatThrownBy(() -> apply(masks))
                .isInstanceOf(InputException.class)
                .hasMessage(
                        "ct.nii.gz: no region is left: trachea and bronchie (nothing in its mask is denser than air:"
                                + " no voxel is above -1000 HU), heart (its mask is empty); give masks that belong to this CT");
    }

    @Test
    void masksWithoutAnyVoxelAreCounted() {
        assertThatThrownBy(() -> apply(Map.of(Region.HEART, mask())))
                .hasMessage("ct.nii.gz: every region mask is empty (1 of 1); give masks that belong to this CT");
    }
}
