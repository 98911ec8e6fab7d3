package org.reg2rg.evaluate;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.reg2rg.ct.Region;
import org.reg2rg.evaluate.clinical.Audit;
import org.reg2rg.evaluate.read.ReportFile;
import org.reg2rg.evaluate.region.Recognition;
import org.reg2rg.evaluate.stat.Calibration;

/**
 * All that is found out about one file of reports.
 *
 * @param regions the regions that have a pair with words on both sides
 * @param studies one entry a scored row, in the order of the file
 */
public record Evaluation(
        Source source,
        Group whole,
        Map<Region, Group> regions,
        Regions recognition,
        List<Study> studies,
        Findings findings) {

    /** Where the numbers come from. */
    public record Source(ReportFile file, String labels, Settings settings, ReportFile.Oddities oddities) {}

    /** Recognition by both rules; calibration only where the file states a confidence. */
    public record Regions(Recognition published, Recognition strict, Optional<Calibration> calibration) {}

    /**
     * The audit of findings and of sizes.
     *
     * @param unlabelled ids without labels in a label file, the first few
     * @param unused studies of the label file that are not in the reports
     */
    public record Findings(Audit audit, SizeCounts sizes, int missing, List<String> unlabelled, int unused) {}

    /** Measurements of all texts: stated in the reference, in the prediction, and agreeing within one study. */
    public record SizeCounts(int reference, int prediction, int agreeing) {
        SizeCounts plus(SizeCounts other) {
            return new SizeCounts(
                    reference + other.reference, prediction + other.prediction, agreeing + other.agreeing);
        }
    }
}
