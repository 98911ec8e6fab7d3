package org.reg2rg.recipe;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;
import org.reg2rg.model.Familiarity;
import org.reg2rg.model.GlobalLook;
import org.reg2rg.model.LoadedModel;
import org.reg2rg.model.StudyVolumes.Voxels;
import org.reg2rg.report.Likeness;

/** Asks a model how like its training studies a study looks to it, if its folder has a measure of that. */
record LikenessOf(LoadedModel model, Optional<Familiarity> known) {
    static LikenessOf of(Path folder, LoadedModel model) throws IOException {
        return new LikenessOf(model, Familiarity.read(folder, GlobalLook.width(model.config())));
    }

    /** @param global the whole volume */
    Optional<Likeness> of(Voxels global) {
        return known.map(familiarity ->
                new Likeness(familiarity.distance(GlobalLook.of(model.model(), global)), familiarity.threshold()));
    }
}
