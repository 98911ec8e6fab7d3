package org.reg2rg.model;

import java.util.List;

/**
 * Numbers of a stem of convolutions ({@link org.reg2rg.nn.ConvolutionStem}).
 *
 * @param channels after its four steps
 * @param findings that the map over its cells tells apart, each a token beside the patches ({@link org.reg2rg.nn.FindingMap})
 */
public record StemConfig(List<Integer> channels, int findings) {
    private static final int STEPS = 4;

    public StemConfig {
        channels = List.copyOf(channels);
        if (channels.size() != STEPS) {
            throw new IllegalArgumentException("channels must be " + STEPS + " numbers, got " + channels);
        }
        Checks.positive("findings", findings);
        channels.forEach(c -> Checks.positive("channels", c));
    }

    /** Channels of the map at 1/8 × 1/8 × 1/4 of the volume. */
    public int mapChannels() {
        return channels.get(2);
    }
}
