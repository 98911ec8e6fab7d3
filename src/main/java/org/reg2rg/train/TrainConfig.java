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
 * @param referring settings of {@link ReferringStage}
 */
public record TrainConfig(
        String about,
        long seed,
        long logEvery,
        Data data,
        Model model,
        Optional<VisionStage.Settings> vision,
        Optional<LanguageStage.Settings> language,
        Optional<ReferringStage.Settings> referring) {

    /**
     * Studies to learn from: a drawn cohort, or a folder.
     *
     * @param cohort drawn for training
     * @param validation drawn to be asked after each checkpoint; none learns from them
     * @param cache where packed studies of a cohort are kept for other runs; without it they go when the run has ended well
     * @param folder a data set in the layout of {@link org.reg2rg.data.StudyFolder}
     * @param split of the folder's {@code splits.csv} to learn from; without it every study that is not in
     *     {@code validationSplit}
     * @param validationSplit of which studies are asked about after each checkpoint; without it none
     * @param validationStudies how many of them at most, evenly spread; {@value #ASKED}, which goes without saying
     */
    public record Data(
            Optional<Drawn> cohort,
            Optional<Drawn> validation,
            Optional<String> cache,
            Optional<String> folder,
            Optional<String> split,
            Optional<String> validationSplit,
            Optional<Integer> validationStudies) {
        /** What the measure of unfamiliar studies needs, which comes with every model of a cohort. */
        private static final int FEWEST_STUDIES = 3;

        /** Writing takes longer than learning; these many studies tell enough to watch a run. */
        static final int ASKED = 24;

        public Data {
            if (cohort.isPresent() == folder.isPresent()) {
                throw new IllegalArgumentException("give either cohort or folder");
            }
            if (folder.isPresent()) {
                absent("validation", validation, "cohort");
                absent("cache", cache, "cohort");
                if (split.isPresent() && split.equals(validationSplit)) {
                    throw new IllegalArgumentException(
                            "validation_split must differ from split, got '" + split.get() + "' twice");
                }
            } else {
                absent("split", split, "folder");
                absent("validation_split", validationSplit, "folder");
                checkDrawn(cohort.orElseThrow(), validation);
            }
            validationStudies.ifPresent(count -> StageChecks.positive("validation_studies", count));
        }

        private static void absent(String key, Optional<?> value, String owner) {
            if (value.isPresent()) {
                throw new IllegalArgumentException(key + " belongs to " + owner + ", which is not there; leave it out");
            }
        }

        private static void checkDrawn(Drawn cohort, Optional<Drawn> validation) {
            if (validation.isEmpty()) {
                throw new IllegalArgumentException("a cohort needs a table validation with a seed of its own");
            }
            if (cohort.studies < FEWEST_STUDIES) {
                throw new IllegalArgumentException(
                        "cohort.studies must be at least " + FEWEST_STUDIES + ", got " + cohort.studies);
            }
            if (cohort.seed == validation.get().seed) {
                throw new IllegalArgumentException(
                        "validation.seed must differ from cohort.seed, or the same studies come back; got "
                                + cohort.seed + " twice");
            }
        }

        int asked() {
            return validationStudies.orElse(ASKED);
        }

        private Data uncached() {
            return new Data(cohort, validation, Optional.empty(), folder, split, validationSplit, validationStudies);
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
        if (vision.isEmpty() && language.isEmpty() && referring.isEmpty()) {
            throw new IllegalArgumentException("no stage to train; give a table [vision], [language] or [referring]");
        }
        if (vision.isPresent()) {
            model.fresh.flatMap(VisionStage::unfit).ifPresent(why -> {
                throw new IllegalArgumentException("model.fresh: " + why);
            });
        }
        if (data.folder.isPresent() && (vision.isPresent() || language.isPresent())) {
            throw new IllegalArgumentException(
                    (vision.isPresent() ? "[vision]" : "[language]")
                            + " learns from data.cohort, whose findings are known exactly; of data.folder only [referring] learns");
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
        return new TrainConfig(about, seed, logEvery, data.uncached(), model, vision, language, referring);
    }

    /** Lower-case hex SHA-256 of the text of {@link #recipe}. */
    public String sha256() {
        return Hashes.sha256(recipe().text());
    }
}
