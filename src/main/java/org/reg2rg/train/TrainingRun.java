package org.reg2rg.train;

import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.bytedeco.pytorch.Tensor;
import org.reg2rg.core.ConfigRecords;
import org.reg2rg.core.InputException;
import org.reg2rg.core.Json;
import org.reg2rg.core.Progress;
import org.reg2rg.core.Version;
import org.reg2rg.model.LoadedModel;
import org.reg2rg.model.ModelBuilder;
import org.reg2rg.model.ModelConfig;
import org.reg2rg.model.ModelFolder;
import org.reg2rg.model.ParameterTable;
import org.reg2rg.model.TextureEncoder;
import org.reg2rg.nn.Weights;
import org.reg2rg.tensor.Precision;
import org.reg2rg.tensor.Scope;
import org.reg2rg.tensor.Torch;

/** A training from its config to the model folder, stage by stage; what an interrupted one finished is not done again. */
public final class TrainingRun {
    /** The file beside the weights that says where they come from. */
    public static final String PROVENANCE = "training.json";

    private static final int WORKERS = 2;

    private final RunFolder folder;
    private final TrainConfig config;
    private final Progress.Style style;
    private final TextJudge judge;
    private final LastStep lastStep = new LastStep();
    private volatile boolean stopping;

    /** Open while steps are made, so that there is something to wait for. */
    private volatile CountDownLatch stepping = new CountDownLatch(0);

    /** @param judge of the texts of the published training */
    public TrainingRun(RunFolder folder, Progress.Style style, TextJudge judge) {
        this.folder = folder;
        this.config = folder.config();
        this.style = style;
        this.judge = judge;
    }

    /**
     * Called from another thread: the step that is being made ends in a checkpoint, and {@link #run} returns. Waits for that as
     * long as such a step takes, but not for ever, and not for what is safe anyway.
     */
    public void stop() {
        stopping = true;
        try {
            if (!stepping.await(lastStep.patience().toMillis(), TimeUnit.MILLISECONDS)) {
                System.err.println("the last step takes long; left at the checkpoint before it");
            }
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt(); // the newest checkpoint is on disk already
        }
    }

    /** Trains what is left to train; returns whether the model is there, that is, nobody said stop. */
    public boolean run() throws IOException {
        var metrics = Metrics.open(folder.metrics());
        var shared = new StageProgress.Shared(
                metrics, new TrainingPage(folder), config.logEvery(), () -> stopping, lastStep);
        try (TrainingSources data = TrainingSources.prepare(folder, StartModel.shape(config.model()), WORKERS, style)) {
            StartModel model = StartModel.of(config, folder.tokenizer(), data.training());
            if (config.vision().isPresent()) {
                vision(config.vision().get(), model, data.drawn(), shared);
            }
            if (config.language().isPresent() && !stopping) {
                language(config.language().get(), model, data.drawn(), shared);
            }
            if (config.referring().isPresent() && !stopping) {
                model = referring(config.referring().get(), model, data, shared);
            }
            if (stopping) {
                return false;
            }
            data.tell(folder);
            var made = new StartModel(shape(model), model.weights(), model.tokenizer());
            ModelFolder.save(folder.model(), made.config(), made.weights(), made.tokenizer(), part -> {
                Json.write(part.resolve(PROVENANCE), provenance(data));
                try (LoadedModel written = made.loaded(made.config().precision(), Torch.device("cpu"))) {
                    FamiliarStudies.store(part, written, data.training(), data.validation(), style);
                }
            });
        }
        if (config.data().cache().isEmpty()) {
            TrainingData.delete(folder.data());
        }
        shared.page().write(metrics);
        return true;
    }

    private void vision(VisionStage.Settings settings, StartModel model, TrainingData data, StageProgress.Shared shared)
            throws IOException {
        VisionStage.unfit(model.config()).ifPresent(why -> {
            throw new InputException(
                    config.model().folder().orElse("[model]"), why, "start from another model, or remove [vision]");
        });
        Map<String, Tensor> weights = new LinkedHashMap<>(model.weights());
        weights.putAll(VisionHeads.fresh(model.config(), new Draws(config.seed()).of("heads", 0)));
        var network = new VisionNetwork(model.config(), weights, settings.convolutionPrecision());
        var stage = new VisionStage(network, data.training(), settings, config.seed());
        CropFile held = data.validation();
        run(
                stage,
                () -> VisionScores.of(network, held, settings.sees(), settings.workers())
                        .validation(held.size()),
                shared);
    }

    private void language(
            LanguageStage.Settings settings, StartModel model, TrainingData data, StageProgress.Shared shared)
            throws IOException {
        Map<String, Tensor> weights = decoderIn(settings.decoderPrecision(), model.weights());
        var loaded = LoadedModel.of(shape(model), weights, model.tokenizer(), false);
        VisualCache seen = cache("encoding training", settings.sees(), loaded, data.training());
        VisualCache heldSeen = cache("encoding validation", settings.sees(), loaded, data.validation());
        var stage = new LanguageStage(loaded, seen, data.training(), settings, config.seed());
        run(stage, new WrittenTexts(loaded, heldSeen, data.validation(), settings)::now, shared);
        Scope.inference(() -> {
            model.weights().forEach((name, weight) -> weight.detach().copy_(weights.get(name)));
            return weights.size();
        });
    }

    private StartModel referring(
            ReferringStage.Settings settings, StartModel model, TrainingSources data, StageProgress.Shared shared)
            throws IOException {
        List<LoadedModel> loaded = settings.devices().stream()
                .map(device -> model.loaded(settings.precision(model.config()), Torch.device(device)))
                .toList();
        var stage = new ReferringStage(loaded, data.training(), settings, config.seed());
        var validation =
                new ReferringValidation(stage, data.validation(), config.data().asked(), judge);
        try {
            run(stage, validation::now, shared);
        } finally {
            data.tell(folder);
        }
        return model.with(stage.learned());
    }

    /** The model as it leaves training. */
    private ModelConfig shape(StartModel model) {
        boolean twin = config.language()
                .filter(language -> language.sees() == Sees.GLOBAL)
                .isPresent();
        return twin ? model.config().withBlankRegions() : model.config();
    }

    /** The same tensors, but those of the decoder in this number format. */
    private static Map<String, Tensor> decoderIn(Precision format, Map<String, Tensor> weights) {
        var cast = new LinkedHashMap<String, Tensor>();
        weights.forEach((name, weight) -> cast.put(
                name, name.startsWith(ParameterTable.LANGUAGE) ? Scope.outlive(() -> format.cast(weight)) : weight));
        return cast;
    }

    private VisualCache cache(String what, Sees sees, LoadedModel model, CropFile studies) throws IOException {
        var builder = new ModelBuilder(model.config(), Weights.of(model.weights()));
        // As the vision stage saw; the rounding is far below the noise of the volumes.
        Precision convolutions =
                config.vision().map(VisionStage.Settings::convolutionPrecision).orElse(Precision.FLOAT32);
        TextureEncoder texture = config.vision().isPresent()
                ? builder.textureEncoder(builder.findingVision(convolutions.scalarType()))
                : builder.textureEncoder();
        Path place = SeenFile.folder(studies, model.config(), model.weights(), sees + " " + convolutions.title());
        try (PackingLock _ = PackingLock.of(place);
                Progress progress = Progress.of(what, "studies", studies.size(), style)) {
            return VisualCache.of(
                    studies, sees, texture, builder.geometryEncoder(), new SeenFile(place), WORKERS, progress);
        }
    }

    private void run(Stage stage, Validation.Source validation, StageProgress.Shared shared) throws IOException {
        Path checkpoints = folder.checkpoints(stage);
        long made = Checkpoint.steps(checkpoints);
        shared.metrics().cut(stage.name(), made);
        try (Progress progress = Progress.of(stage.name(), "studies", stage.steps() * stage.studies(), style)) {
            progress.skip(made * stage.studies());
            stepping = new CountDownLatch(1);
            stage.run(checkpoints, stage.steps(), new StageProgress(stage, validation, shared, progress));
        } finally {
            stepping.countDown();
        }
    }

    /** Nothing that differs between two runs of one config: the folder's bytes are a function of it. */
    private Map<String, Object> provenance(TrainingSources data) {
        var facts = new LinkedHashMap<String, Object>();
        facts.put("version", Version.CURRENT);
        facts.put("config_sha256", config.sha256());
        facts.put("seed", config.seed());
        facts.put("training_studies", data.training().size());
        facts.put("validation_studies", data.validation().size());
        facts.put("config", ConfigRecords.tree(config.recipe()));
        return facts;
    }
}
