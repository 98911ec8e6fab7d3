package org.reg2rg.train;

import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.reg2rg.ct.Region;
import org.reg2rg.model.StudyVolumes;

/** Where training takes its studies from: a data folder, or a cohort that was drawn and packed. */
public interface StudySource {
    /** Number of studies, those included that turn out to be unusable. */
    int size();

    /**
     * One study, or nothing where it cannot be used; the same each time. Called from a thread of its own, ahead of need and
     * one at a time.
     *
     * @param index from 0
     */
    Optional<Study> study(int index) throws IOException;

    /** The reports of a study's regions, without a look at its volumes. */
    Map<Region, String> texts(int index);

    /** The whole volume of a study alone, or nothing where it cannot be read. */
    Optional<StudyVolumes.Voxels> global(int index) throws IOException;

    /**
     * What training needs to know of a study.
     *
     * @param name for people
     * @param volumes what the model sees
     * @param texts what it learns to say, one per region of the volumes
     */
    record Study(String name, StudyVolumes volumes, List<RegionText> texts) {
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
