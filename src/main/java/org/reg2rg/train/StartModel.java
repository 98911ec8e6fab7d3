package org.reg2rg.train;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.bytedeco.pytorch.Device;
import org.bytedeco.pytorch.Tensor;
import org.reg2rg.core.ConfigRecords;
import org.reg2rg.core.InputException;
import org.reg2rg.language.BpeTrainer;
import org.reg2rg.language.SentencePieceModel;
import org.reg2rg.model.LoadOptions;
import org.reg2rg.model.LoadedModel;
import org.reg2rg.model.ModelConfig;
import org.reg2rg.model.ModelFolder;
import org.reg2rg.prompt.ReferringPrompt;
import org.reg2rg.prompt.Segment;
import org.reg2rg.tensor.Precision;
import org.reg2rg.tensor.Scope;
import org.reg2rg.tensor.Torch;
import tools.jackson.databind.node.ObjectNode;

/**
 * The model that training starts from.
 *
 * @param config its shape
 * @param weights by name, changed by training in place
 * @param tokenizer its words
 */
record StartModel(ModelConfig config, Map<String, Tensor> weights, SentencePieceModel tokenizer) {

    /** The shape alone, which decides how studies are packed; a fresh model's vocabulary is not final. */
    static ModelConfig shape(TrainConfig.Model model) throws IOException {
        return model.fresh().isPresent()
                ? model.fresh().get()
                : ModelFolder.config(Path.of(model.folder().orElseThrow()));
    }

    /**
     * Loads or makes it; with no scope open.
     *
     * @param tokenizerFile where the tokenizer of a fresh model is kept
     */
    static StartModel of(TrainConfig config, Path tokenizerFile, StudySource training) throws IOException {
        Torch.load();
        ModelConfig shape = shape(config.model());
        if (config.model().folder().isPresent()) {
            Path folder = Path.of(config.model().folder().get());
            var options = new LoadOptions(shape.precision(), Torch.device("cpu"), false);
            return new StartModel(
                    shape,
                    ModelFolder.weights(folder, shape, options),
                    SentencePieceModel.read(folder.resolve(ModelFolder.TOKENIZER)));
        }
        if (!Files.exists(tokenizerFile)) {
            tokenizer(shape, training).write(tokenizerFile);
        }
        SentencePieceModel tokenizer = SentencePieceModel.read(tokenizerFile);
        ModelConfig whole = withVocabulary(shape, tokenizer.pieces().size());
        return new StartModel(whole, FreshWeights.of(whole, new Draws(config.seed()).of("weights", 0)), tokenizer);
    }

    /** The model with weights of another number format and place, without gradients; what has both already is not copied. */
    LoadedModel loaded(Precision precision, Device device) {
        var moved = new LinkedHashMap<String, Tensor>();
        weights.forEach((name, weight) ->
                moved.put(name, Scope.outlive(() -> weight.detach().to(device, precision.scalarType()))));
        return LoadedModel.of(config, moved, tokenizer, false);
    }

    /** The same model with other values of some weights. */
    StartModel with(Map<String, Tensor> learned) {
        var all = new LinkedHashMap<>(weights);
        all.putAll(learned);
        return new StartModel(config, all, tokenizer);
    }

    /** Learns the words of the prompt and of the reports. */
    private static SentencePieceModel tokenizer(ModelConfig config, StudySource training) {
        List<String> texts = new ArrayList<>();
        for (Segment segment :
                ReferringPrompt.of(config.promptVariant(), config.maxRegions()).segments()) {
            if (segment instanceof Segment.Words(String text)) {
                texts.add(text);
            }
        }
        for (int study = 0; study < training.size(); study++) {
            training.texts(study)
                    .forEach((region, text) -> texts.add("The region 0 is " + region.datasetName() + ": " + text));
        }
        try {
            return BpeTrainer.train(texts, config.language().vocabulary(), BpeTrainer.Numbers.WHOLE);
        } catch (IllegalArgumentException e) {
            throw new InputException("model.fresh.language.vocabulary", String.valueOf(e.getMessage()), "raise it", e);
        }
    }

    private static ModelConfig withVocabulary(ModelConfig config, int vocabulary) {
        ObjectNode tree = (ObjectNode) ConfigRecords.tree(config);
        ((ObjectNode) tree.get("language")).put("vocabulary", vocabulary);
        return ConfigRecords.read("model.fresh", tree, ModelConfig.class);
    }
}
