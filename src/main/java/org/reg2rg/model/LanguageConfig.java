package org.reg2rg.model;

/**
 * Numbers of the language model.
 *
 * @param family which decoder; {@code llama} is the only one so far
 * @param vocabulary number of words
 * @param width of a token
 * @param layers number of blocks
 * @param heads of attention, as many for keys and values
 * @param feedForward hidden width of the feed-forward part
 * @param normEpsilon of the RMS norms; 1e-5 or 1e-6, as the folder of the base model says
 * @param ropeBase of the rotary embedding
 * @param maxPositions longest text it can take
 * @param beginning id that starts a text
 * @param end id that ends an answer
 * @param padding id that fills up a batch
 */
public record LanguageConfig(
        String family,
        int vocabulary,
        int width,
        int layers,
        int heads,
        int feedForward,
        double normEpsilon,
        double ropeBase,
        int maxPositions,
        int beginning,
        int end,
        int padding) {
    public LanguageConfig {
        if (!family.equals("llama")) {
            throw new IllegalArgumentException("family must be llama, got '" + family + "'");
        }
        Checks.positive("vocabulary", vocabulary);
        Checks.positive("width", width);
        Checks.positive("layers", layers);
        Checks.positive("heads", heads);
        Checks.positive("feed_forward", feedForward);
        Checks.positive("max_positions", maxPositions);
        Checks.share("norm_epsilon", normEpsilon);
        if (ropeBase <= 1) {
            throw new IllegalArgumentException("rope_base must be above 1, got " + ropeBase);
        }
        if (width % heads != 0 || width / heads % 2 != 0) {
            throw new IllegalArgumentException("width " + width + " must be " + heads + " heads of an even width");
        }
        Checks.id("beginning", beginning, vocabulary);
        Checks.id("end", end, vocabulary);
        Checks.id("padding", padding, vocabulary);
    }

    /** The same decoder with another number of layers. */
    public LanguageConfig withLayers(int count) {
        return new LanguageConfig(
                family,
                vocabulary,
                width,
                count,
                heads,
                feedForward,
                normEpsilon,
                ropeBase,
                maxPositions,
                beginning,
                end,
                padding);
    }
}
