package org.reg2rg.model;

import java.util.List;
import java.util.Optional;
import org.reg2rg.nn.FindingHeads;
import org.reg2rg.nn.FindingMap;

/**
 * Numbers of a stem of convolutions ({@link org.reg2rg.nn.ConvolutionStem}).
 *
 * @param channels after its four steps
 * @param findings that the map over its cells tells apart, each a token beside the patches ({@link FindingMap})
 * @param findingHeads whose answers the decoder gets beside the visual tokens, if there are any
 */
public record StemConfig(List<Integer> channels, int findings, Optional<FindingHeadsConfig> findingHeads) {
    private static final int STEPS = 4;

    public StemConfig {
        channels = List.copyOf(channels);
        if (channels.size() != STEPS) {
            throw new IllegalArgumentException("channels must be " + STEPS + " numbers, got " + channels);
        }
        Checks.positive("findings", findings);
        channels.forEach(c -> Checks.positive("channels", c));
    }

    /** How many numbers of findings go past the perceiver to the decoder: those of the map, then the answers of the heads. */
    public int numbers() {
        return findings * FindingMap.NUMBERS
                + findingHeads
                        .map(heads -> FindingHeads.numbers(findings, heads.sizes()))
                        .orElse(0);
    }

    /** Channels of the map at 1/4 × 1/4 × 1/2 of the volume. */
    public int fineChannels() {
        return channels.get(1);
    }

    /** Channels of the map at 1/8 × 1/8 × 1/4 of the volume. */
    public int mapChannels() {
        return channels.get(2);
    }
}
