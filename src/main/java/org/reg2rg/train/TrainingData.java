package org.reg2rg.train;

import java.io.IOException;
import java.nio.file.Path;
import org.reg2rg.core.AtomicFiles;
import org.reg2rg.core.Hashes;
import org.reg2rg.core.Progress;
import org.reg2rg.data.ModelGrid;
import org.reg2rg.model.ModelConfig;

/**
 * The studies of a run, packed for its model.
 *
 * @param training to learn from
 * @param validation to be asked about
 */
record TrainingData(CropFile training, CropFile validation) implements AutoCloseable {
    private static final int HASH_DIGITS = 8;

    /** Draws and packs what is not there yet. */
    static TrainingData prepare(TrainConfig config, Path own, ModelConfig model, int workers, Progress.Style style)
            throws IOException {
        Path folder = config.data().cache().map(Path::of).orElse(own);
        var layout = new CropLayout(ModelVolumes.spec(model));
        var grid = ModelVolumes.grid(model);
        var packing = new Packing(folder, layout, grid, workers, style);
        return new TrainingData(
                packing.open("training", config.data().cohort().orElseThrow()),
                packing.open("validation", config.data().validation().orElseThrow()));
    }

    private record Packing(Path folder, CropLayout layout, ModelGrid grid, int workers, Progress.Style style) {
        CropFile open(String what, TrainConfig.Drawn drawn) throws IOException {
            // Everything that decides the bytes is in the name, so that a cache never hands out other studies.
            String key = Hashes.sha256(CropFile.FORMAT + " " + layout + " " + grid + " " + drawn.phantomSize());
            Path place =
                    folder.resolve("seed" + drawn.seed() + "-" + drawn.studies() + "-" + key.substring(0, HASH_DIGITS));
            // Another run may draw the same studies into the same cache now; then its work is waited for.
            try (PackingLock _ = PackingLock.of(place);
                    Progress progress = Progress.of("drawing " + what, "studies", drawn.studies(), style)) {
                new CropFileBuilder(layout, grid, drawn.seed(), drawn.phantomSize())
                        .build(place, drawn.studies(), workers, progress);
            }
            return CropFile.open(layout, place);
        }
    }

    /** Deletes what {@link #prepare} made in the run's own folder. */
    static void delete(Path own) throws IOException {
        AtomicFiles.deleteTree(own);
    }

    @Override
    public void close() {
        training.close();
        validation.close();
    }
}
