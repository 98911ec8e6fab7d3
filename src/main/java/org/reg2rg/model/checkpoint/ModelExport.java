package org.reg2rg.model.checkpoint;

import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;
import org.reg2rg.core.InputException;
import org.reg2rg.core.Progress;
import org.reg2rg.model.Familiarity;
import org.reg2rg.model.ModelConfig;
import org.reg2rg.model.Parameter;
import org.reg2rg.model.ParameterTable;
import org.reg2rg.tensor.weights.KeyCheck;
import org.reg2rg.tensor.weights.TorchZipWriter;
import org.reg2rg.tensor.weights.WeightEntry;
import org.reg2rg.tensor.weights.WeightFiles;
import org.reg2rg.tensor.weights.WeightOutput;
import org.reg2rg.tensor.weights.WeightSource;
import org.reg2rg.tensor.weights.WeightType;
import org.reg2rg.tensor.weights.WeightValues;

/**
 * Writes a model folder as the published {@code pytorch_model.bin}: bfloat16, the published keys in the published order,
 * the word embedding under both names in one storage, and the rotary frequencies that the published code keeps.
 */
public final class ModelExport {
    private static final String LAST_BEFORE_ROTARY = ".self_attn.o_proj.weight";
    private static final String LAST_OF_LANGUAGE = ParameterTable.LANGUAGE + "lm_head.weight";

    private ModelExport() {}

    /**
     * Writes {@code file} whole or not at all and returns how many keys it has. A measure of familiarity, for which the
     * published file has no place, goes into a file beside it.
     *
     * @param folder a model folder
     */
    public static int run(Path folder, Path file, Progress.Style style) throws IOException {
        Path configFile = folder.resolve(ModelConfig.FILE);
        if (!Files.isRegularFile(configFile)) {
            throw new InputException(
                    folder.toString(),
                    "no model folder: it has no " + ModelConfig.FILE,
                    "give a folder that `reg2rg import` or `reg2rg train` wrote");
        }
        ModelConfig config = ModelConfig.read(configFile);
        try (WeightSource source = WeightFiles.open(folder)) {
            check(source, config);
            var tensors = new LinkedHashMap<String, WeightOutput>();
            ParameterTable.of(config).all().forEach(parameter -> add(tensors, source, parameter, config));
            try (Progress progress = Progress.of("exporting", "tensors", tensors.size(), style)) {
                tensors.replaceAll((_, tensor) -> counted(tensor, progress));
                TorchZipWriter.write(file, tensors);
            }
            Familiarity.copy(folder.resolve(Familiarity.FILE), Familiarity.besideCheckpoint(file));
            return tensors.size();
        }
    }

    private static void check(WeightSource source, ModelConfig config) {
        Map<String, List<Long>> expected = new LinkedHashMap<>();
        ParameterTable.of(config).all().forEach(parameter -> expected.put(parameter.name(), parameter.shape()));
        Map<String, List<Long>> found = new LinkedHashMap<>();
        for (WeightEntry entry : source.entries()) {
            found.put(entry.name(), entry.shape());
        }
        KeyCheck.require(source.subject(), expected, found);
    }

    private static void add(
            SequencedMap<String, WeightOutput> tensors, WeightSource source, Parameter parameter, ModelConfig config) {
        String name = parameter.name();
        tensors.put(name, WeightOutput.converted(name, source, name, WeightType.BFLOAT16));
        if (name.endsWith(LAST_BEFORE_ROTARY)) {
            WeightOutput frequencies =
                    frequencies(name.replace(LAST_BEFORE_ROTARY, ".self_attn.rotary_emb.inv_freq"), config);
            tensors.put(frequencies.name(), frequencies);
        }
        if (name.equals(LAST_OF_LANGUAGE)) {
            WeightOutput words = tensors.get(ParameterTable.WORDS);
            if (words != null) {
                tensors.put(ParameterTable.WORDS_ALIAS, words);
            }
        }
    }

    /** 1 / base^(2k/d), rounded to fp16 and then to bf16, as the published run left them. */
    private static WeightOutput frequencies(String name, ModelConfig config) {
        int headWidth = config.language().width() / config.language().heads();
        int count = headWidth / 2;
        var bytes = MemorySegment.ofArray(new byte[2 * count]);
        for (int k = 0; k < count; k++) {
            float exact = (float) (1 / Math.pow(config.language().ropeBase(), 2.0 * k / headWidth));
            float half = Float.float16ToFloat(Float.floatToFloat16(exact));
            WeightValues.putFloat(bytes, WeightType.BFLOAT16, k, half);
        }
        return WeightOutput.of(name, WeightType.BFLOAT16, List.of((long) count), bytes);
    }

    private static WeightOutput counted(WeightOutput tensor, Progress progress) {
        return new WeightOutput(tensor.name(), tensor.type(), tensor.shape(), out -> {
            tensor.data().writeTo(out);
            progress.advance();
        });
    }
}
