package org.reg2rg.train;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.reg2rg.cohort.PhantomSize;
import org.reg2rg.core.ConfigRecords;
import org.reg2rg.core.Hashes;
import org.reg2rg.core.Toml;
import org.reg2rg.model.ModelConfig;
import tools.jackson.databind.node.ObjectNode;

/**
 * A training config: everything that decides the weights that come out. Its stages run in this order, those that it names.
 *
 * @param about what it does, on which hardware, how long, and what to expect
 * @param seed of everything that is random
 * @param logEvery steps between two lines of metrics
 * @param data what is learned from
 * @param model what learns
 * @param vision settings of {@link VisionStage}
 * @param language settings of {@link LanguageStage}
 */
public record TrainConfig(
        String about,
        long seed,
        long logEvery,
        Data data,
        Model model,
        Optional<VisionStage.Settings> vision,
        Optional<LanguageStage.Settings> language) {

    /**
     * Studies to learn from.
     *
     * @param cohort drawn for training
     * @param validation drawn to be asked after each checkpoint; none learns from them
     * @param cache where packed studies are kept for other runs; without it they go when the run has ended well
     */
    public record Data(Drawn cohort, Drawn validation, Optional<String> cache) {
        /** What the measure of unfamiliar studies needs, which comes with every model. */
        private static final int FEWEST_STUDIES = 3;

        public Data {
            if (cohort.studies < FEWEST_STUDIES) {
                throw new IllegalArgumentException(
                        "cohort.studies must be at least " + FEWEST_STUDIES + ", got " + cohort.studies);
            }
            if (cohort.seed == validation.seed) {
                throw new IllegalArgumentException(
                        "validation.seed must differ from cohort.seed, or the same studies come back; got "
                                + cohort.seed + " twice");
            }
        }
    }

    /**
     * Studies of the synthetic cohort.
     *
     * @param seed of the cohort
     * @param studies how many, from study 0
     * @param size voxels and spacing, such as {@code 160x160x96@2x2x3}, which is also what goes without saying
     */
    public record Drawn(long seed, int studies, Optional<String> size) {
        public Drawn {
            StageChecks.positive("studies", studies);
            size.ifPresent(text -> PhantomSize.parse("size", text));
        }

        PhantomSize phantomSize() {
            return size.map(text -> PhantomSize.parse("size", text)).orElse(PhantomSize.USUAL);
        }
    }

    /**
     * The model that training starts from: one of the two.
     *
     * @param folder a model folder
     * @param fresh an untrained model of this shape, with a tokenizer learned from the training studies
     */
    public record Model(Optional<String> folder, Optional<ModelConfig> fresh) {
        public Model {
            if (folder.isPresent() == fresh.isPresent()) {
                throw new IllegalArgumentException("give either folder or fresh");
            }
        }
    }

    public TrainConfig {
        if (about.isBlank()) {
            throw new IllegalArgumentException("about must say what this training does");
        }
        StageChecks.positive("log_every", logEvery);
        if (vision.isEmpty() && language.isEmpty()) {
            throw new IllegalArgumentException("no stage to train; give a table [vision] or [language]");
        }
    }

    /**
     * Reads a config file and sets keys over it.
     *
     * @param settings each {@code dotted.key=value}
     * @throws org.reg2rg.core.InputException naming the key that is unknown, missing or wrong
     */
    public static TrainConfig read(Path file, List<String> settings) throws IOException {
        ObjectNode tree = Toml.read(file);
        Toml.set(tree, settings);
        String subject = settings.isEmpty() ? file.toString() : file + " with --set";
        return ConfigRecords.read(subject, tree, TrainConfig.class);
    }

    /** The config as a file that {@link #read} reads, each key with its full name. */
    public String text() {
        return Toml.text(ConfigRecords.tree(this));
    }

    /** The config without what cannot change the weights: where studies are cached. */
    TrainConfig recipe() {
        Data uncached = new Data(data.cohort, data.validation, Optional.empty());
        return new TrainConfig(about, seed, logEvery, uncached, model, vision, language);
    }

    /** Lower-case hex SHA-256 of the text of {@link #recipe}. */
    public String sha256() {
        return Hashes.sha256(recipe().text());
    }
}
