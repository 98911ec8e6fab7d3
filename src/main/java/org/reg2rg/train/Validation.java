package org.reg2rg.train;

import java.io.IOException;
import java.util.List;
import java.util.Map;

/**
 * What a model knows of studies that it never learned from.
 *
 * @param studies how many were asked
 * @param scores by name, the first two the most telling; {@code score.part} is a score of one part, as of one finding
 * @param recognition how often each region (row) was taken for each (column), in the order of {@link org.reg2rg.ct.Region};
 *     empty where nobody was asked
 * @param samples texts beside the truth; empty before there are words
 */
public record Validation(
        int studies, Map<String, Double> scores, List<List<Integer>> recognition, List<Sample> samples) {

    /** Between the name of a score and of the part that it is of. */
    static final String PART = ".";

    /** One text that was written, and the one that was to be written. */
    public record Sample(String study, String region, String truth, String written) {}

    /** Asks the model as it is now. */
    @FunctionalInterface
    public interface Source {
        Validation now() throws IOException;
    }
}
