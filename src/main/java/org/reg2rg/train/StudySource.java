package org.reg2rg.train;

import java.io.IOException;
import java.util.List;
import org.reg2rg.ct.Region;
import org.reg2rg.model.StudyVolumes;

/** Where training takes its studies from: a data folder, a file of prepared volumes, a cohort drawn on the way. */
public interface StudySource {
    /** Number of studies. */
    int size();

    /**
     * One study; the same each time. Called from a thread of its own, ahead of need and one at a time.
     *
     * @param index from 0
     */
    Study study(int index) throws IOException;

    /**
     * What training needs to know of a study.
     *
     * @param volumes what the model sees
     * @param texts what it learns to say, one per region of the volumes
     */
    record Study(StudyVolumes volumes, List<RegionText> texts) {
        public Study {
            texts = List.copyOf(texts);
            List<Region> seen = volumes.regions().stream()
                    .map(StudyVolumes.RegionVolumes::region)
                    .sorted()
                    .toList();
            List<Region> said = texts.stream().map(RegionText::region).sorted().toList();
            if (!seen.equals(said)) {
                throw new IllegalArgumentException("volumes of " + seen + ", but texts of " + said);
            }
        }
    }
}
