package org.reg2rg.train;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.reg2rg.cohort.PhantomStudy;
import org.reg2rg.cohort.TrueFinding;
import org.reg2rg.ct.GridSize;
import org.reg2rg.ct.Region;
import org.reg2rg.ct.RegionMask;
import org.reg2rg.ct.RegionMasks;
import org.reg2rg.ct.Resample;
import org.reg2rg.ct.VoxelBox;
import org.reg2rg.data.ModelGrid;
import org.reg2rg.data.RegionInput;
import org.reg2rg.data.StudyInput;
import org.reg2rg.data.StudyPreprocessor;

/** Packs one study into the bytes of a {@link CropLayout}. */
final class CropRecord {
    private final CropLayout layout;
    private final byte[] bytes;

    private CropRecord(CropLayout layout) {
        this.layout = layout;
        this.bytes = new byte[layout.bytes()];
    }

    /** A study as the model with this grid reads it. */
    static byte[] of(CropLayout layout, ModelGrid grid, PhantomStudy study) {
        var record = new CropRecord(layout);
        Resample resample = Resample.toLps(study.volume().grid(), grid.x(), grid.y(), grid.z());
        var placed = new LinkedHashMap<Region, RegionMask>();
        study.masks().masks().forEach((region, mask) -> placed.put(region, resample.nearest(mask)));
        var findings = new ArrayList<Placed>();
        for (TrueFinding finding : study.findings()) {
            var voxels = new RegionMask.Binary(study.volume().grid(), finding.voxels());
            findings.add(new Placed(finding, resample.nearest(voxels)));
        }
        StudyInput input = new StudyPreprocessor(layout.spec())
                .apply(study.name().accNum(), resample.linear(study.volume()), new RegionMasks(placed, Map.of()));
        record.put(input.global(), layout.textureAt(0), 127.5f, 127.5f);
        record.cells(findings, 0, input.globalBox());
        input.regions().forEach((region, seen) -> record.region(findings, region, seen));
        return record.bytes;
    }

    /** A finding on the grid of the model. */
    private record Placed(TrueFinding finding, RegionMask voxels) {}

    private void region(List<Placed> findings, Region region, RegionInput input) {
        int crop = CropLayout.crop(region);
        put(input.texture(), layout.textureAt(crop), 127.5f, 127.5f);
        put(input.mask(), layout.maskAt(region), 255, 0);
        cells(findings, crop, input.box());
        int bit = region.ordinal();
        bytes[(int) layout.presenceAt() + bit / 8] |= (byte) (1 << (bit % 8));
    }

    private void put(float[] values, long at, float factor, float offset) {
        for (int i = 0; i < values.length; i++) {
            bytes[(int) at + i] = (byte) Math.round(values[i] * factor + offset);
        }
    }

    /** Marks each cell of the crop that a finding touches; a region's crop holds only the findings of that region. */
    private void cells(List<Placed> findings, int crop, VoxelBox box) {
        GridSize cells = layout.cells(crop);
        var region = CropLayout.region(crop);
        for (Placed placed : findings) {
            if (region.isPresent() && region.get() != placed.finding.region()) {
                continue;
            }
            int first = placed.finding.type().ordinal() * cells.voxels();
            GridSize size = placed.voxels.grid().size();
            for (int n = 0; n < size.voxels(); n++) {
                int cell = placed.voxels.contains(n) ? cell(n, size, box, cells) : -1;
                if (cell >= 0) {
                    int bit = first + cell;
                    bytes[(int) layout.bitsAt(crop) + bit / 8] |= (byte) (1 << (bit % 8));
                }
            }
        }
    }

    /** Row-major [x, y, z] cell of a voxel, or -1 outside of the box. */
    private static int cell(int voxel, GridSize size, VoxelBox box, GridSize cells) {
        int x = voxel % size.x();
        int y = voxel / size.x() % size.y();
        int z = voxel / (size.x() * size.y());
        if (x < box.x0() || y < box.y0() || z < box.z0() || x >= box.x1() || y >= box.y1() || z >= box.z1()) {
            return -1;
        }
        GridSize extent = box.size();
        int i = (x - box.x0()) * cells.x() / extent.x();
        int j = (y - box.y0()) * cells.y() / extent.y();
        int k = (z - box.z0()) * cells.z() / extent.z();
        return (i * cells.y() + j) * cells.z() + k;
    }
}
