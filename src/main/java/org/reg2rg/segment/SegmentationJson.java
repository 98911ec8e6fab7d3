package org.reg2rg.segment;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.reg2rg.ct.LoadedCt;
import org.reg2rg.ct.MaskStatistics;
import org.reg2rg.ct.Region;
import org.reg2rg.ct.RegionMask;
import org.reg2rg.segment.Segmentation.Found;
import org.reg2rg.segment.Segmentation.Missing;

/** The record of a segmentation, {@code segmentation.json}; its keys are described in docs/segment.md. */
public final class SegmentationJson {
    private SegmentationJson() {}

    public static Map<String, Object> of(Segmentation segmentation, LoadedCt ct, List<MaskCheck> checks) {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("format", "reg2rg-segmentation/1");
        json.put("method", "anatomy");
        json.put("ct", ct(ct));
        json.put("seconds", Math.round(segmentation.seconds() * 10) / 10.0);
        Map<String, Object> regions = new LinkedHashMap<>();
        for (Region region : Region.values()) {
            regions.put(region.datasetName(), region(segmentation, region));
        }
        json.put("regions", regions);
        json.put("checks", checks.stream().map(MaskCheck::json).toList());
        return json;
    }

    static Map<String, Object> ct(LoadedCt ct) {
        var size = ct.volume().size();
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("sha256", ct.sha256());
        json.put("size", List.of(size.x(), size.y(), size.z()));
        double[] mm = ct.volume().grid().spacing();
        json.put("spacing_mm", List.of(round(mm[0]), round(mm[1]), round(mm[2])));
        return json;
    }

    private static Map<String, Object> region(Segmentation segmentation, Region region) {
        Map<String, Object> json = new LinkedHashMap<>();
        switch (segmentation.finding(region)) {
            case Missing missing -> {
                json.put("status", "missing");
                json.put("reason", missing.reason());
            }
            case Found found -> {
                RegionMask mask = segmentation.mask(region).orElseThrow();
                MaskStatistics statistics = MaskStatistics.of(mask);
                json.put("status", "found");
                json.put("file", MaskFolder.file(region));
                json.put("volume_ml", round(statistics.volumeMl()));
                json.put("confidence", found.confidence());
                json.put("reason", found.reason());
                json.put("box_voxels", statistics.boxVoxels());
                json.put("centroid_mm", statistics.centroidMm());
                json.put("touches_border", statistics.touchesBorder());
            }
        }
        return json;
    }

    private static double round(double value) {
        return Math.round(value * 1000) / 1000.0;
    }
}
