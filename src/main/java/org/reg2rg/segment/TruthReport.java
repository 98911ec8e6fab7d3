package org.reg2rg.segment;

import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import org.reg2rg.ct.Region;
import org.reg2rg.ct.RegionMask;
import org.reg2rg.ct.RegionMasks;

/** Masks against the truth, region by region, and the lungs side by side. */
public final class TruthReport {
    private final Map<String, MaskComparison> rows = new LinkedHashMap<>();

    private TruthReport() {}

    /** Compares every region that has a truth; a region without a found mask counts as empty. */
    public static TruthReport of(RegionMasks found, RegionMasks truth) {
        var report = new TruthReport();
        truth.masks().forEach((region, mask) -> {
            RegionMask own = found.masks().get(region);
            RegionMask compared = own == null ? empty(mask) : own;
            report.rows.put(region.datasetName(), MaskComparison.of(compared, mask));
            if (region == Region.LUNG) {
                LungSides a = LungSides.of(compared.grid(), MaskComparison.bits(compared));
                LungSides b = LungSides.of(mask.grid(), MaskComparison.bits(mask));
                report.rows.put("left lung", MaskComparison.of(mask.grid(), a.left(), b.left()));
                report.rows.put("right lung", MaskComparison.of(mask.grid(), a.right(), b.right()));
            }
        });
        return report;
    }

    private static RegionMask empty(RegionMask like) {
        return new RegionMask.Binary(
                like.grid(), new org.reg2rg.ct.Bits(like.grid().size().voxels()));
    }

    /** Row name (a region, "left lung", "right lung") → comparison. */
    public Map<String, MaskComparison> rows() {
        return rows;
    }

    /** A table for the terminal. */
    public String text() {
        var text = new StringBuilder(String.format(
                Locale.ROOT,
                "%-22s %6s %12s %9s %9s %11s %11s%n",
                "region",
                "Dice",
                "surface 2mm",
                "HD95 mm",
                "volume",
                "found ml",
                "true ml"));
        rows.forEach((name, c) -> text.append(String.format(
                Locale.ROOT,
                "%-22s %6.3f %12.3f %9.1f %+8.1f%% %11.1f %11.1f%n",
                name,
                c.dice(),
                c.surfaceDice(),
                c.hausdorff95(),
                100 * c.volumeError(),
                c.foundMl(),
                c.trueMl())));
        return text.toString();
    }

    /** For JSON: row → numbers; what cannot be computed is left out. */
    public Map<String, Object> json() {
        Map<String, Object> json = new LinkedHashMap<>();
        rows.forEach((name, c) -> {
            Map<String, Object> row = new LinkedHashMap<>();
            put(row, "dice", c.dice());
            put(row, "surface_dice_2mm", c.surfaceDice());
            put(row, "hausdorff95_mm", c.hausdorff95());
            put(row, "volume_error", c.volumeError());
            put(row, "found_ml", c.foundMl());
            put(row, "true_ml", c.trueMl());
            json.put(name, row);
        });
        return json;
    }

    private static void put(Map<String, Object> row, String key, double value) {
        if (Double.isFinite(value)) {
            row.put(key, Math.round(value * 1e4) / 1e4);
        }
    }
}
