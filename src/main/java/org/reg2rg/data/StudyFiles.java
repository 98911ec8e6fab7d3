package org.reg2rg.data;

import java.nio.file.Path;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedMap;
import org.reg2rg.ct.Region;

/**
 * One study of a data set, of which nothing but names has been read.
 *
 * @param name of the CT file, as {@code Volumename} and {@code AccNum} have it
 * @param patient the folder of the patient, empty where the layout has none
 * @param split of {@code splits.csv}, if it names the study
 * @param ct its file
 * @param masks mask files in the order of {@link Region}; at least one
 * @param texts reports of regions, as written in the table, blanks included; only of regions that have one
 */
public record StudyFiles(
        String name,
        String patient,
        Optional<String> split,
        Path ct,
        SequencedMap<Region, Path> masks,
        Map<Region, String> texts) {
    public StudyFiles {
        masks = Collections.unmodifiableSequencedMap(new LinkedHashMap<>(masks));
        texts = Collections.unmodifiableMap(new LinkedHashMap<>(texts));
    }

    /** Regions with a mask and a report: what training uses, as published. */
    public List<Region> reported() {
        return masks.keySet().stream().filter(texts::containsKey).toList();
    }

    /** The report of a region; empty without one, as the published test has it. */
    public String text(Region region) {
        return texts.getOrDefault(region, "");
    }

    /**
     * The reference report of these slots as one text, as published: each slot's number and region, its text, and a blank,
     * also behind the last.
     */
    public String combined(List<Region> slots) {
        var combined = new StringBuilder();
        for (int slot = 0; slot < slots.size(); slot++) {
            Region region = slots.get(slot);
            combined.append("The region ").append(slot).append(" is ").append(region.datasetName());
            combined.append(": ").append(text(region)).append(' ');
        }
        return combined.toString();
    }
}
