package org.reg2rg.train;

import java.util.ArrayList;
import java.util.List;

/**
 * Several examples of different lengths and regions side by side, padded on the right, where a causal decoder sees nothing
 * that a label depends on.
 *
 * @param ids of each example, not padded yet: {@link org.reg2rg.model.Reg2Rg#embed(List, List)} does that
 * @param length of the longest
 * @param places row · length + position from which each label is predicted: the one before it
 * @param targets the labels
 * @param weights of the labels
 */
@SuppressWarnings("ArrayRecordComponent") // batches are never compared with equals
public record ReferringBatch(List<int[]> ids, int length, int[] places, int[] targets, float[] weights) {
    public ReferringBatch {
        ids = List.copyOf(ids);
    }

    /** Collates examples; what has no label is left out of places, targets and weights. */
    public static ReferringBatch of(List<ReferringExample> examples) {
        int length = examples.stream().mapToInt(e -> e.ids().length).max().orElseThrow();
        int labels = examples.stream().mapToInt(ReferringBatch::labels).sum();
        if (labels == 0) {
            throw new IllegalArgumentException("nothing to learn in " + examples.size() + " examples");
        }
        int[] places = new int[labels];
        int[] targets = new int[labels];
        float[] weights = new float[labels];
        var ids = new ArrayList<int[]>();
        int n = 0;
        for (ReferringExample example : examples) {
            for (int i = 1; i < example.ids().length; i++) {
                if (example.labels()[i] != ReferringExample.NO_LABEL) {
                    places[n] = ids.size() * length + i - 1;
                    targets[n] = example.labels()[i];
                    weights[n++] = example.weights()[i];
                }
            }
            ids.add(example.ids());
        }
        return new ReferringBatch(ids, length, places, targets, weights);
    }

    private static int labels(ReferringExample example) {
        int count = 0;
        for (int i = 1; i < example.labels().length; i++) {
            count += example.labels()[i] == ReferringExample.NO_LABEL ? 0 : 1;
        }
        return count;
    }

    /** Number of tokens that are learned. */
    public int labels() {
        return targets.length;
    }
}
