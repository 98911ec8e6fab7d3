package org.reg2rg.language;

/**
 * Numbers of a LLaMA decoder that its weights do not tell.
 *
 * @param layers number of blocks
 * @param heads of attention
 * @param headWidth of one head
 * @param normEpsilon of the RMS norms
 * @param ropeBase of the rotary embedding
 * @param maxPositions longest text
 * @param loraScale of the low-rank additions, where the weights have them
 * @param loraDropout on their input during training
 */
public record LlamaShape(
        int layers,
        int heads,
        int headWidth,
        double normEpsilon,
        double ropeBase,
        int maxPositions,
        double loraScale,
        double loraDropout) {}
