package org.reg2rg.model.checkpoint;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.reg2rg.core.InputException;
import org.reg2rg.model.Parameter;
import org.reg2rg.model.ParameterTable;
import org.reg2rg.tensor.weights.KeyCheck;
import org.reg2rg.tensor.weights.WeightEntry;
import org.reg2rg.tensor.weights.WeightFiles;
import org.reg2rg.tensor.weights.WeightOutput;
import org.reg2rg.tensor.weights.WeightSource;
import org.reg2rg.tensor.weights.WeightType;

/** One published file, seen under the newest spelling of its keys. */
final class PublishedWeights implements AutoCloseable {
    private final PublishedFile kind;
    private final WeightSource source;
    private final Map<String, WeightEntry> entries = new LinkedHashMap<>();

    private PublishedWeights(PublishedFile kind, WeightSource source) {
        this.kind = kind;
        this.source = source;
        boolean adapted =
                source.entries().stream().anyMatch(entry -> entry.name().contains(".lora_"));
        for (WeightEntry entry : source.entries()) {
            Optional<String> key = kind.newest(entry.name(), adapted);
            WeightEntry other = key.isEmpty() ? null : entries.putIfAbsent(key.get(), entry);
            if (other != null) {
                throw new InputException(
                        source.subject(),
                        "keys '" + other.name() + "' and '" + entry.name() + "' are the same weight",
                        "keep one of them");
            }
        }
    }

    @SuppressWarnings("MustBeClosedChecker")
    static PublishedWeights open(PublishedFile kind, Path path) throws IOException {
        WeightSource source = WeightFiles.open(path);
        try {
            return new PublishedWeights(kind, source);
        } catch (RuntimeException e) {
            source.close();
            throw e;
        }
    }

    List<Path> files() {
        return source.files();
    }

    /** The shapes of what it holds, under our names. */
    Map<String, List<Long>> shapes() {
        var shapes = new LinkedHashMap<String, List<Long>>();
        entries.forEach((key, entry) -> shapes.put(kind.parameterOf(key), entry.shape()));
        return shapes;
    }

    /**
     * Checks that it holds all parameters that its kind should, in their shapes, and nothing else.
     *
     * @throws InputException that names every missing, unexpected and wrongly shaped key
     */
    void check(ParameterTable table) {
        var expected = new LinkedHashMap<String, List<Long>>();
        for (Parameter parameter : table.all()) {
            kind.keyOf(parameter.name()).ifPresent(key -> expected.put(key, parameter.shape()));
        }
        List<Long> words = expected.get(ParameterTable.WORDS);
        if (kind == PublishedFile.CHECKPOINT && words != null) {
            expected.put(ParameterTable.WORDS_ALIAS, words);
        }
        var found = new LinkedHashMap<String, List<Long>>();
        entries.forEach((key, entry) -> found.put(key, entry.shape()));
        KeyCheck.require(source.subject(), expected, found);
        if (kind == PublishedFile.CHECKPOINT) {
            checkWords();
        }
    }

    /** The two names of the word embedding must mean the same values, as only one of them is kept. */
    private void checkWords() {
        WeightEntry words = Objects.requireNonNull(entries.get(ParameterTable.WORDS));
        WeightEntry alias = Objects.requireNonNull(entries.get(ParameterTable.WORDS_ALIAS));
        boolean oneStorage = words.storage().equals(alias.storage()) && words.offset() == alias.offset();
        if (!oneStorage && source.bytes(words.name()).mismatch(source.bytes(alias.name())) >= 0) {
            throw new InputException(
                    source.subject(),
                    "'" + words.name() + "' and '" + alias.name() + "' differ, but they are one word embedding",
                    "export the checkpoint again");
        }
    }

    /** A parameter of ours to be written, if this file holds it. */
    Optional<WeightOutput> output(Parameter parameter, WeightType type) {
        return kind.keyOf(parameter.name())
                .map(entries::get)
                .map(entry -> WeightOutput.converted(parameter.name(), source, entry.name(), type));
    }

    @Override
    public void close() {
        source.close();
    }

    static void closeAll(List<PublishedWeights> all) {
        new ArrayList<>(all).forEach(PublishedWeights::close);
    }
}
