package org.reg2rg.model;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.bytedeco.pytorch.Tensor;
import org.reg2rg.language.AnswerWriter;
import org.reg2rg.language.Decoding;
import org.reg2rg.language.GeneratedIds;
import org.reg2rg.language.Tokenizer;
import org.reg2rg.prompt.ReferringPrompt;
import org.reg2rg.tensor.Scope;

/** From a study to text: encodes volume after volume, asks, and writes the answer word by word. */
public final class Generator {
    /** The end of a text whose last character is not complete yet. */
    private static final String INCOMPLETE = "\uFFFD";

    private final LoadedModel loaded;
    private final Reg2Rg model;

    public Generator(LoadedModel loaded) {
        this.loaded = loaded;
        this.model = loaded.model();
    }

    /** Sees the work go on. */
    public interface Listener {
        /** A volume has been encoded: the whole one, then one per region. */
        default void encoded(int done, int total) {}

        /** Further text has been written. */
        default void written(String piece) {}
    }

    /** Sees nothing. */
    public static final Listener SILENT = new Listener() {};

    /**
     * How an answer is written.
     *
     * @param maxNewTokens limit of its length; 500 as published
     * @param trace sees the inner values, if there is one
     */
    public record Settings(int maxNewTokens, Decoding decoding, Optional<Trace> trace) {
        /** As published: greedy, at most 500 tokens. */
        public static final Settings GREEDY = new Settings(500, new Decoding.Greedy(), Optional.empty());
    }

    /** The report of a study. */
    public GeneratedText generate(StudyVolumes study, Settings settings, Listener listener) {
        ReferringPrompt prompt = loaded.prompt(study.regions().size());
        int[] promptIds = loaded.ids(prompt);
        settings.trace().ifPresent(trace -> traceInputs(trace, study, promptIds));
        return Scope.inference(() -> {
            VisualTokens visual = encode(study, listener);
            var embeddings = model.embed(promptIds, visual);
            settings.trace().ifPresent(trace -> traceVisual(trace, study, visual, embeddings));
            var writer =
                    new AnswerWriter(model.decoder(), loaded.config().language().end());
            var stream = new Stream(loaded.tokenizer(), listener, settings.trace());
            GeneratedIds ids = writer.write(embeddings, settings.maxNewTokens(), settings.decoding(), stream);
            settings.trace().ifPresent(trace -> trace.ids("generated.ids", ids.ids()));
            return new GeneratedText(
                    stream.finish(),
                    stream.tokens,
                    ids,
                    prompt.text(loaded.config().tokens()));
        });
    }

    /** Each volume's inner tensors are freed before the next. */
    public VisualTokens encode(StudyVolumes study, Listener listener) {
        int total = 1 + study.regions().size();
        return Scope.inference(() -> new StudyEncoder(model).encode(study, done -> listener.encoded(done, total)));
    }

    private static void traceInputs(Trace trace, StudyVolumes study, int[] promptIds) {
        trace.ids("prompt.ids", promptIds);
        trace.volume("input.global", study.global());
        for (StudyVolumes.RegionVolumes region : study.regions()) {
            String name = region.region().datasetName();
            trace.volume("input.texture." + name, region.texture());
            trace.volume("input.mask." + name, region.mask());
        }
    }

    private static void traceVisual(Trace trace, StudyVolumes study, VisualTokens visual, Tensor embeddings) {
        trace.floats("visual.global", visual.global().select(0, 0));
        for (int slot = 0; slot < study.regions().size(); slot++) {
            String name = study.regions().get(slot).region().datasetName();
            trace.floats("visual.region." + name, visual.regions().select(0, slot));
        }
        trace.floats("embeddings", embeddings.select(0, 0));
    }

    /** Turns ids into text as they come; a character of several tokens is held back until it is whole. */
    private static final class Stream implements AnswerWriter.Listener {
        private final Tokenizer tokenizer;
        private final Listener listener;
        private final Optional<Trace> trace;
        private final List<GeneratedText.Token> tokens = new ArrayList<>();
        private int[] ids = new int[0];
        private String told = "";

        Stream(Tokenizer tokenizer, Listener listener, Optional<Trace> trace) {
            this.tokenizer = tokenizer;
            this.listener = listener;
            this.trace = trace;
        }

        @Override
        public void promptRead(float[] logits) {
            trace.ifPresent(t -> t.floats("logits.prefill", logits));
        }

        @Override
        public void word(int id, double logProbability) {
            if (id == tokenizer.end()) {
                return;
            }
            ids = Arrays.copyOf(ids, ids.length + 1);
            ids[ids.length - 1] = id;
            String text = tokenizer.decode(ids);
            tokens.add(new GeneratedText.Token(text.codePointCount(0, text.length()), logProbability));
            if (!text.endsWith(INCOMPLETE)) {
                tell(text);
            }
        }

        private void tell(String text) {
            if (text.length() > told.length() && text.startsWith(told)) {
                listener.written(text.substring(told.length()));
                told = text;
            }
        }

        String finish() {
            String text = tokenizer.decode(ids);
            tell(text);
            return text;
        }
    }
}
