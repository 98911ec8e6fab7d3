package org.reg2rg.train;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.reg2rg.ct.GridSize;
import org.reg2rg.ct.Region;
import org.reg2rg.model.StudyVolumes;
import org.reg2rg.model.StudyVolumes.RegionVolumes;
import org.reg2rg.model.StudyVolumes.Voxels;

/** A drawn cohort as it was packed. As in a data folder, what is learned are the regions with both a mask and a report. */
record CropStudies(CropFile data) implements StudySource {
    @Override
    public int size() {
        return data.size();
    }

    @Override
    public Optional<Study> study(int index) {
        Map<Region, String> reports = texts(index);
        List<Region> regions = Arrays.stream(Region.values())
                .filter(region -> data.present(index, region) && reports.containsKey(region))
                .toList();
        if (regions.isEmpty()) {
            return Optional.empty();
        }
        List<RegionVolumes> seen = regions.stream()
                .map(region -> new RegionVolumes(
                        region, texture(index, CropLayout.crop(region)), new Voxels(maskSize(), mask(index, region))))
                .toList();
        List<RegionText> said = reports.entrySet().stream()
                .filter(report -> regions.contains(report.getKey()))
                .map(report -> new RegionText(report.getKey(), report.getValue()))
                .toList();
        return Optional.of(new Study(data.facts(index).volume(), new StudyVolumes(texture(index, 0), seen), said));
    }

    @Override
    public Map<Region, String> texts(int index) {
        return data.facts(index).texts();
    }

    @Override
    public Optional<Voxels> global(int index) {
        return Optional.of(texture(index, 0));
    }

    private Voxels texture(int study, int crop) {
        GridSize size = data.layout().size(crop);
        float[] values = new float[size.voxels()];
        data.texture(study, crop, values, 0);
        return new Voxels(size, values);
    }

    private GridSize maskSize() {
        return data.layout().spec().mask();
    }

    private float[] mask(int study, Region region) {
        float[] values = new float[maskSize().voxels()];
        data.mask(study, region, values, 0);
        return values;
    }
}
