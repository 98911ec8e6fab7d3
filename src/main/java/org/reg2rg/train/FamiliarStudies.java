package org.reg2rg.train;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.reg2rg.core.Progress;
import org.reg2rg.model.Familiarity;
import org.reg2rg.model.GlobalLook;
import org.reg2rg.model.LoadedModel;
import org.reg2rg.model.ModelFolder;
import org.reg2rg.model.StudyVolumes.Voxels;

/** The last step of training: stores with the weights what the studies that they learned from look like to them. */
public final class FamiliarStudies {
    private static final int MOST_STUDIES = 2000;

    private FamiliarStudies() {}

    /**
     * Adds the measure to a model folder, or, where there are too few studies for one, nothing; see the command {@code familiarise} for studies on the disk.
     *
     * @param training studies that the model was trained on; at least {@value Familiarity#FEWEST}
     * @param heldOut studies of the same kind that it was not trained on, which decide the limit
     */
    public static Optional<Familiarity> store(Path folder, CropFile training, CropFile heldOut, Progress.Style style)
            throws IOException {
        if (training.size() < Familiarity.FEWEST || heldOut.size() == 0) {
            return Optional.empty();
        }
        try (LoadedModel model = ModelFolder.load(folder)) {
            Familiarity familiarity =
                    Familiarity.learn(looks(model, training, style), looks(model, heldOut, style), Familiarity.FLAGGED);
            familiarity.write(folder);
            return Optional.of(familiarity);
        }
    }

    private static List<float[]> looks(LoadedModel model, CropFile data, Progress.Style style) {
        int count = Math.min(MOST_STUDIES, data.size());
        var size = data.layout().spec().volume();
        var looks = new ArrayList<float[]>();
        try (Progress progress = Progress.of("Looking", "studies", count, style)) {
            for (int study = 0; study < count; study++) {
                float[] global = new float[size.voxels()];
                data.texture(study, 0, global, 0);
                looks.add(GlobalLook.of(model.model(), new Voxels(size, global)));
                progress.advance(1, "");
            }
        }
        return looks;
    }
}
