package org.reg2rg.evaluate.clinical;

import org.reg2rg.report.LabelledText;

/** What was read out of the reference and out of the prediction of one study. */
public record LabelPair(LabelledText reference, LabelledText prediction) {
    /** Labels without sentences, from {@link FindingBits}. */
    public static LabelPair of(int reference, int prediction) {
        return new LabelPair(
                LabelledText.of(FindingBits.toSet(reference)), LabelledText.of(FindingBits.toSet(prediction)));
    }

    public int referenceBits() {
        return FindingBits.of(reference.present());
    }

    public int predictionBits() {
        return FindingBits.of(prediction.present());
    }
}
