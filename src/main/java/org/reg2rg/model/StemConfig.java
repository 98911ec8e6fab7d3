package org.reg2rg.model;

import java.util.List;

/**
 * Numbers of a stem of convolutions ({@link org.reg2rg.nn.ConvolutionStem}).
 *
 * @param channels after its four steps
 */
public record StemConfig(List<Integer> channels) {
    private static final int STEPS = 4;

    public StemConfig {
        channels = List.copyOf(channels);
        if (channels.size() != STEPS) {
            throw new IllegalArgumentException("channels must be " + STEPS + " numbers, got " + channels);
        }
        channels.forEach(c -> Checks.positive("channels", c));
    }

    /** Channels of the map at 1/8 × 1/8 × 1/4 of the volume. */
    public int mapChannels() {
        return channels.get(2);
    }
}
