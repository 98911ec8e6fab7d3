package org.reg2rg.evaluate;

/** A reference and a prediction, as they are scored. */
record TextPair(String reference, String prediction) {
    /** The reference of this pair beside the prediction of another one. */
    TextPair withPredictionOf(TextPair other) {
        return new TextPair(reference, other.prediction);
    }

    boolean oneSided() {
        return reference.isBlank() != prediction.isBlank();
    }
}
