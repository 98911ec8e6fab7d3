package org.reg2rg.language;

import java.util.ArrayList;
import java.util.List;
import org.bytedeco.pytorch.Tensor;
import org.reg2rg.tensor.Scope;
import org.reg2rg.tensor.Tensors;

/** Writes an answer word by word: the prompt once, then each word through the cache, until the end id or the limit. */
public final class AnswerWriter {
    private final LlamaDecoder decoder;
    private final int end;

    /** @param end id that ends an answer */
    public AnswerWriter(LlamaDecoder decoder, int end) {
        this.decoder = decoder;
        this.end = end;
    }

    /** Sees the work go on. */
    @FunctionalInterface
    public interface Listener {
        /** A word has been chosen. */
        void word(int id, double logProbability);

        /** The prompt has been read; these are the logits of the first word. */
        default void promptRead(float[] logits) {}
    }

    /**
     * Each word's tensors are freed with it, so that memory does not grow with the text.
     *
     * @param embeddings of the prompt, [1, n, d]
     * @param maxNewTokens limit of the answer
     */
    public GeneratedIds write(Tensor embeddings, int maxNewTokens, Decoding decoding, Listener listener) {
        long room = decoder.maxPositions() - embeddings.size(1);
        int limit = (int) Math.min(maxNewTokens, room);
        List<Integer> ids = new ArrayList<>();
        List<Double> logProbabilities = new ArrayList<>();
        boolean ended = false;
        try (KvCache cache = decoder.newCache(1, embeddings.size(1) + limit)) {
            float[] logits = logitsAfter(embeddings, cache);
            listener.promptRead(logits);
            while (ids.size() < limit && !ended) {
                int id = decoding.choose(logits);
                ids.add(id);
                logProbabilities.add(Logits.logProbability(logits, id));
                listener.word(id, logProbabilities.getLast());
                ended = id == end;
                if (!ended && ids.size() < limit) {
                    logits = logitsAfter(id, cache);
                }
            }
        }
        return new GeneratedIds(
                ids.stream().mapToInt(Integer::intValue).toArray(),
                logProbabilities.stream().mapToDouble(Double::doubleValue).toArray(),
                ended);
    }

    private float[] logitsAfter(int id, KvCache cache) {
        return Scope.inference(
                () -> logitsAfter(decoder.embed(Tensors.longs(id)).unsqueeze(0), cache));
    }

    /** Logits of the word after the last position. */
    private float[] logitsAfter(Tensor embeddings, KvCache cache) {
        return Scope.inference(() -> {
            var hidden = decoder.forward(embeddings, cache);
            return Tensors.toFloats(decoder.logits(hidden.select(1, hidden.size(1) - 1)));
        });
    }
}
