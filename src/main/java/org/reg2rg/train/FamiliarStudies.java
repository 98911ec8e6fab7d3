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

/** The last step of training: stores with the weights what the studies that they learned from look like to them. */
public final class FamiliarStudies {
    private static final int MOST_STUDIES = 2000;

    private FamiliarStudies() {}

    /**
     * Adds the measure to a model folder, or, where there are too few studies for one, nothing; see the command {@code familiarise}
     * for studies on the disk.
     *
     * @param model what the folder holds
     * @param training studies that the model was trained on; at least {@value Familiarity#FEWEST}
     * @param heldOut studies of the same kind that it was not trained on, which decide the limit
     */
    public static Optional<Familiarity> store(
            Path folder, LoadedModel model, StudySource training, StudySource heldOut, Progress.Style style)
            throws IOException {
        if (training.size() < Familiarity.FEWEST || heldOut.size() == 0) {
            return Optional.empty();
        }
        List<float[]> known = looks(model, training, style);
        List<float[]> unseen = looks(model, heldOut, style);
        if (known.size() < Familiarity.FEWEST || unseen.isEmpty()) {
            return Optional.empty();
        }
        Familiarity familiarity = Familiarity.learn(known, unseen, Familiarity.FLAGGED);
        familiarity.write(folder);
        return Optional.of(familiarity);
    }

    private static List<float[]> looks(LoadedModel model, StudySource studies, Progress.Style style)
            throws IOException {
        int count = Math.min(MOST_STUDIES, studies.size());
        var looks = new ArrayList<float[]>();
        try (Progress progress = Progress.of("Looking", "studies", count, style)) {
            for (int study = 0; study < count; study++) {
                studies.global(study).ifPresent(global -> looks.add(GlobalLook.of(model.model(), global)));
                progress.advance(1, "");
            }
        }
        return looks;
    }
}
