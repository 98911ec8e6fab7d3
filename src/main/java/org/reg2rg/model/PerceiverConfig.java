package org.reg2rg.model;

/**
 * Numbers of the perceiver that turns a volume's patches into few tokens.
 *
 * @param latents how many tokens it gives
 * @param depth number of layers
 * @param heads of attention
 * @param headWidth of one head
 * @param feedForward hidden width of the feed-forward part
 */
public record PerceiverConfig(int latents, int depth, int heads, int headWidth, int feedForward) {
    public PerceiverConfig {
        Checks.positive("latents", latents);
        Checks.positive("depth", depth);
        Checks.positive("heads", heads);
        Checks.positive("head_width", headWidth);
        Checks.positive("feed_forward", feedForward);
    }
}
