package org.reg2rg.train;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.reg2rg.core.InputException;
import org.reg2rg.ct.GridSize;
import org.reg2rg.ct.Region;
import org.reg2rg.data.LeftOut;
import org.reg2rg.data.ModelGrid;
import org.reg2rg.data.StudyDataset;
import org.reg2rg.data.StudyFiles;
import org.reg2rg.data.StudyReader;
import org.reg2rg.model.ModelConfig;
import org.reg2rg.model.StudyVolumes.Voxels;

/**
 * Studies of a data folder, read and preprocessed each time they are drawn: packed, those of RadGenome-ChestCT would fill
 * several terabytes.
 */
final class FolderStudies implements StudySource {
    private final StudyDataset dataset;
    private final StudyReader reader;
    private final GridSize volume;

    /** @throws InputException if no study has a region with both a mask and a report */
    FolderStudies(List<StudyFiles> studies, ModelConfig model) {
        this.reader = new StudyReader(ModelVolumes.spec(model), ModelVolumes.grid(model), ModelGrid.Choice.AUTO);
        this.dataset = new StudyDataset(studies, reader);
        this.volume = model.inputGrid();
    }

    @Override
    public int size() {
        return dataset.size();
    }

    /** Names of the studies, in their order. */
    List<String> names() {
        var names = new ArrayList<String>();
        for (int i = 0; i < size(); i++) {
            names.add(dataset.files(i).name());
        }
        return names;
    }

    @Override
    public Optional<Study> study(int index) throws IOException {
        return dataset.read(index)
                .map(example -> new Study(
                        example.name(),
                        ModelVolumes.of(example.input()),
                        example.texts().entrySet().stream()
                                .map(text -> new RegionText(text.getKey(), text.getValue()))
                                .toList()));
    }

    @Override
    public Map<Region, String> texts(int index) {
        return dataset.files(index).texts();
    }

    @Override
    public Optional<Voxels> global(int index) throws IOException {
        try {
            return Optional.of(new Voxels(volume, reader.global(dataset.files(index))));
        } catch (InputException _) {
            return Optional.empty(); // told by whoever reads the study as a whole
        }
    }

    /** What was left out, as far as is known by now. */
    List<LeftOut> leftOut() {
        return dataset.leftOut();
    }
}
