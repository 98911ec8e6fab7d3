package org.reg2rg.train;

import java.util.Map;
import java.util.NoSuchElementException;
import java.util.Optional;
import org.reg2rg.ct.Region;
import org.reg2rg.model.StudyVolumes;

/** Where no study was set aside to be asked about. */
enum NoStudies implements StudySource {
    NONE;

    @Override
    public int size() {
        return 0;
    }

    @Override
    public Optional<Study> study(int index) {
        throw new NoSuchElementException("no study " + index);
    }

    @Override
    public Map<Region, String> texts(int index) {
        throw new NoSuchElementException("no study " + index);
    }

    @Override
    public Optional<StudyVolumes.Voxels> global(int index) {
        throw new NoSuchElementException("no study " + index);
    }
}
