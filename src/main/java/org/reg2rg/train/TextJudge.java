package org.reg2rg.train;

import java.util.List;
import java.util.Map;

/** Scores what a model in training has written; the measures live above this room, so the program hands them in. */
@FunctionalInterface
public interface TextJudge {
    /** Knows no measure. */
    TextJudge NONE = _ -> Map.of();

    /**
     * Two whole reports, "The region 0 is …" and all.
     *
     * @param truth the reference
     * @param written the model's own
     */
    record Pair(String truth, String written) {}

    /** Scores by name, mean over the studies. */
    Map<String, Double> scores(List<Pair> pairs);
}
