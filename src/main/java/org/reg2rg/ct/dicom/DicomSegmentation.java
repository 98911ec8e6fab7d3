package org.reg2rg.ct.dicom;

import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.SequencedMap;
import org.reg2rg.core.InputException;
import org.reg2rg.ct.Grid;
import org.reg2rg.ct.RegionMask;

/**
 * A DICOM segmentation object (PS3.3 A.51): binary, fractional, overlapping, or a label map. Its segments become masks
 * on the grid of a CT, by their place in the patient.
 */
public final class DicomSegmentation {
    private static final String SOP_CLASS = "1.2.840.10008.5.1.4.1.1.66.4";
    private static final String LABELMAP_CLASS = "1.2.840.10008.5.1.4.1.1.66.7";

    private DicomSegmentation() {}

    /** Whether the file is a segmentation object. */
    public static boolean recognises(Path path) throws IOException {
        return DicomMasks.isOfClass(path, SOP_CLASS) || DicomMasks.isOfClass(path, LABELMAP_CLASS);
    }

    /**
     * Reads all segments.
     *
     * @param grid of the CT
     * @return segment label → mask on this grid, in the order of the file; equal labels are numbered. Fractional segments
     *     are factors in [0, 1], others are binary
     * @throws InputException if it is no segmentation, damaged, or of another direction than this CT
     */
    public static SequencedMap<String, RegionMask> read(Path path, Grid grid) throws IOException {
        try (DicomFile file = DicomFile.open(new PathSource(path), ReadLimits.HEADER)) {
            DicomData data = file.data();
            String sopClass = data.text(Tag.SOP_CLASS).orElse("");
            if (!sopClass.equals(SOP_CLASS) && !sopClass.equals(LABELMAP_CLASS)) {
                throw new InputException(
                        path.toString(),
                        "not a DICOM segmentation (modality "
                                + data.text(Tag.MODALITY).orElse("unknown") + ")",
                        "give the SEG file");
            }
            SegmentFrames frames = SegmentFrames.read(file);
            int most = Math.max(1, data.integer(Tag.MAXIMUM_FRACTIONAL_VALUE).orElse(255));
            var sampler = new SegmentSampler(path.toString(), frames, grid, most);
            Map<Integer, RegionMask> masks = sampler.masks();
            var named = new LinkedHashMap<String, RegionMask>();
            for (DicomData segment : data.items(Tag.SEGMENT_SEQUENCE)) {
                int number = segment.integer(Tag.SEGMENT_NUMBER).orElse(-1);
                RegionMask mask = masks.get(number);
                named.put(
                        DicomMasks.unique(label(segment, number), named.keySet()),
                        mask != null ? mask : sampler.empty());
            }
            return named;
        }
    }

    private static String label(DicomData segment, int number) {
        String label = segment.text(Tag.SEGMENT_LABEL)
                .or(() -> segment.first(Tag.SEGMENTED_PROPERTY_TYPE_SEQUENCE).text(Tag.CODE_MEANING))
                .orElse("segment " + number);
        return SeriesFacts.printable(label);
    }
}
