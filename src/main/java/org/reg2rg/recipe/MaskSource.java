package org.reg2rg.recipe;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Consumer;
import org.reg2rg.ct.LoadedCt;
import org.reg2rg.ct.MaskLoader;
import org.reg2rg.ct.Region;
import org.reg2rg.ct.RegionMasks;
import org.reg2rg.segment.AnatomySegmenter;
import org.reg2rg.segment.Segmentation;

/** Where the masks of a report come from: files, or the CT itself. */
final class MaskSource {
    private static final double LOW_CONFIDENCE = 0.5;

    private MaskSource() {}

    /**
     * Masks on the grid of the CT.
     *
     * @param missing regions that have none though they were looked for, with the reason
     */
    record Given(RegionMasks masks, Map<Region, String> missing, List<String> warnings) {}

    static Given files(Path path, LoadedCt ct, MaskLoader.Options options) throws IOException {
        return new Given(MaskLoader.load(path, ct.volume().grid(), options), Map.of(), List.of());
    }

    static Given segmented(LoadedCt ct, Consumer<String> say) {
        say.accept("No masks given: finding the regions in the CT");
        Segmentation found = AnatomySegmenter.segment(ct.volume());
        var missing = new LinkedHashMap<Region, String>();
        var warnings = new ArrayList<String>();
        warnings.add(
                "The masks were made from the CT by rules, without a trained segmenter: look at the outlines before you"
                        + " read the text.");
        found.findings().forEach((region, finding) -> {
            switch (finding) {
                case Segmentation.Missing(String reason) -> missing.put(region, reason);
                case Segmentation.Found mask
                when mask.confidence() < LOW_CONFIDENCE ->
                    warnings.add(String.format(
                            Locale.ROOT,
                            "The mask of %s is uncertain (confidence %.2f): %s",
                            region.datasetName(),
                            mask.confidence(),
                            mask.reason()));
                case Segmentation.Found _ -> {}
            }
        });
        say.accept(String.format(
                Locale.ROOT, "Found %d regions in %.1f s", found.masks().masks().size(), found.seconds()));
        return new Given(found.masks(), missing, warnings);
    }
}
