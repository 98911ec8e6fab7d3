package org.reg2rg.evaluate;

import java.util.Optional;
import java.util.OptionalInt;

/**
 * The numbers of one study that are kept.
 *
 * @param index its place in the scores of the whole reports
 * @param recognition right slots of all by the published rule; NaN where the reference names no region
 * @param strictRecognition the same by the strict rule
 * @param labels place in the labels of the whole reports, where the study has labels
 */
public record Study(
        String id, int index, Words words, double recognition, double strictRecognition, OptionalInt labels) {
    /** Lengths, and what is odd about the texts. */
    public record Words(int reference, int prediction, Optional<String> note) {}
}
