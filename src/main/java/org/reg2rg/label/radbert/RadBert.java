package org.reg2rg.label.radbert;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch.ScalarType;
import org.reg2rg.core.InputException;
import org.reg2rg.label.Decision;
import org.reg2rg.label.Labeller;
import org.reg2rg.label.Labels;
import org.reg2rg.language.ByteLevelBpeTokenizer;
import org.reg2rg.language.Tokenizer;
import org.reg2rg.nn.Weights;
import org.reg2rg.report.Finding;
import org.reg2rg.tensor.Scope;
import org.reg2rg.tensor.Tensors;
import org.reg2rg.tensor.weights.KeyCheck;
import org.reg2rg.tensor.weights.WeightEntry;
import org.reg2rg.tensor.weights.WeightFiles;
import org.reg2rg.tensor.weights.WeightSource;
import org.reg2rg.tensor.weights.WeightTensors;

/**
 * The published label network as a labeller. A label is 1 where the sigmoid of its logit is at least one half. A missing
 * text (an empty cell, "NA" and what else the published script's reader takes for missing) is labelled as the word
 * "nan", as there. One thread at a time.
 */
public final class RadBert implements Labeller {
    /** The published file of weights. */
    public static final String WEIGHTS = "RadBertClassifier.pth";

    static final int PADDING = 1;
    private static final String POSITION_IDS = "model.embeddings.position_ids";
    private static final String MISSING = "nan";
    /** What pandas reads as a missing text. */
    private static final Set<String> READ_AS_MISSING = Set.of(
            "",
            "#N/A",
            "#N/A N/A",
            "#NA",
            "-1.#IND",
            "-1.#QNAN",
            "-NaN",
            "-nan",
            "1.#IND",
            "1.#QNAN",
            "<NA>",
            "N/A",
            "NA",
            "NULL",
            "NaN",
            "None",
            "n/a",
            "nan",
            "null");

    private final String folder;
    private final RadBertConfig config;
    private final Tokenizer tokenizer;
    private final List<Tensor> tensors;
    private final RadBertNetwork network;

    private RadBert(Path folder, RadBertConfig config, Tokenizer tokenizer, Map<String, Tensor> weights) {
        this.folder = folder.toString();
        this.config = config;
        this.tokenizer = tokenizer;
        this.tensors = List.copyOf(weights.values());
        this.network = new RadBertNetwork(config, Weights.of(weights));
    }

    /** Whether a folder holds the weights of this network. */
    public static boolean isIn(Path folder) {
        return Files.isRegularFile(folder.resolve(WEIGHTS));
    }

    /**
     * Loads the network of a folder: {@value #WEIGHTS}, {@code vocab.json}, {@code merges.txt} and perhaps
     * {@code config.json}; without the last it is RoBERTa-base.
     *
     * @throws InputException where a file is missing or the tensors are not those of the network
     */
    public static RadBert open(Path folder) throws IOException {
        RadBertConfig config = RadBertConfig.read(folder);
        Tokenizer tokenizer = ByteLevelBpeTokenizer.read(folder);
        if (tokenizer.size() > config.pieces()) {
            throw new InputException(
                    folder.resolve("vocab.json").toString(),
                    "has more pieces than the network knows (expected at most " + config.pieces() + ", got "
                            + tokenizer.size() + ")",
                    "give the vocabulary of this network");
        }
        return new RadBert(folder, config, tokenizer, load(folder.resolve(WEIGHTS), config));
    }

    private static Map<String, Tensor> load(Path file, RadBertConfig config) throws IOException {
        try (WeightSource source = WeightFiles.open(file)) {
            Map<String, List<Long>> wanted = config.keys();
            Map<String, List<Long>> found = new HashMap<>();
            for (WeightEntry entry : source.entries()) {
                if (!entry.name().equals(POSITION_IDS)) { // a constant, left out by newer libraries
                    found.put(entry.name(), entry.shape());
                }
            }
            KeyCheck.require(file.toString(), wanted, found);
            List<String> names = List.copyOf(wanted.keySet());
            List<Tensor> loaded = Scope.outlive(() -> names.stream()
                    .map(name -> WeightTensors.tensor(source, name, ScalarType.Float))
                    .toList());
            Map<String, Tensor> weights = new LinkedHashMap<>();
            for (int i = 0; i < names.size(); i++) {
                weights.put(names.get(i), loaded.get(i));
            }
            return weights;
        }
    }

    @Override
    public String name() {
        return "RadBERT in " + folder;
    }

    /** Texts as cells of a table: an empty one is a missing one, hence "nan". */
    @Override
    public List<Labels> readAll(List<String> reports) {
        var all = new ArrayList<Labels>();
        for (String report : reports) {
            float[] logits = logits(READ_AS_MISSING.contains(report) ? MISSING : report);
            Map<Finding, Decision> decisions = new EnumMap<>(Finding.class);
            for (Finding finding : Finding.values()) {
                decisions.put(finding, Decision.bare(finding, logits[finding.ordinal()] >= 0)); // sigmoid(0) = 1/2
            }
            all.add(new Labels(decisions));
        }
        return List.copyOf(all);
    }

    /** The 18 logits of one report, in the order of {@link Finding}. */
    public float[] logits(String report) {
        int[] ids = ids(report);
        return Scope.inference(() -> Tensors.toFloats(network.logits(ids)));
    }

    /** The last hidden states of ids that may end with padding, row-major [n, e]. */
    float[] hidden(int[] ids) {
        return Scope.inference(() -> Tensors.toFloats(network.hidden(ids)));
    }

    /** The ids of one report between its end marks, cut to what the network can see. */
    int[] ids(String report) {
        int[] text = tokenizer.encode(report);
        int length = Math.min(text.length, config.longest() - 2);
        var ids = new int[length + 2];
        ids[0] = tokenizer.beginning();
        System.arraycopy(text, 0, ids, 1, length);
        ids[length + 1] = tokenizer.end();
        return ids;
    }

    RadBertConfig config() {
        return config;
    }

    @Override
    public void close() {
        Scope.free(tensors);
    }
}
