package org.reg2rg.model;

import java.util.List;
import java.util.Optional;
import org.reg2rg.nn.ConvolutionStem;

/**
 * Numbers of a 3-D vision transformer.
 *
 * @param patch voxels of a patch along x, y, z
 * @param channels of the input; a volume of one channel is repeated, or read through as many windows by a stem
 * @param width of a token
 * @param depth number of blocks
 * @param heads of attention
 * @param headWidth of one head
 * @param feedForward hidden width of the feed-forward part
 * @param positions rows of the three position tables
 * @param dropout during training
 * @param stem convolutions in the place of the linear patch embedding; the published models have none
 */
public record VisionConfig(
        List<Integer> patch,
        int channels,
        int width,
        int depth,
        int heads,
        int headWidth,
        int feedForward,
        List<Integer> positions,
        double dropout,
        Optional<StemConfig> stem) {
    public VisionConfig {
        patch = Checks.three("patch", patch);
        positions = Checks.three("positions", positions);
        Checks.positive("channels", channels);
        Checks.positive("width", width);
        Checks.positive("depth", depth);
        Checks.positive("heads", heads);
        Checks.positive("head_width", headWidth);
        Checks.positive("feed_forward", feedForward);
        Checks.share("dropout", dropout);
        if (stem.isPresent() && !patch.equals(ConvolutionStem.PATCH)) {
            throw new IllegalArgumentException(
                    "patch must be " + ConvolutionStem.PATCH + " with a stem of convolutions, got " + patch);
        }
        if (stem.isPresent() && channels != ConvolutionStem.CHANNELS) {
            throw new IllegalArgumentException(
                    "channels must be " + ConvolutionStem.CHANNELS + " with a stem of convolutions, got " + channels);
        }
        if (width % 3 != 0) {
            throw new IllegalArgumentException(
                    "width must be a multiple of 3, one part for each position table, got " + width);
        }
    }

    /** A transformer with the published, linear patch embedding. */
    public VisionConfig(
            List<Integer> patch,
            int channels,
            int width,
            int depth,
            int heads,
            int headWidth,
            int feedForward,
            List<Integer> positions,
            double dropout) {
        this(patch, channels, width, depth, heads, headWidth, feedForward, positions, dropout, Optional.empty());
    }

    /** Numbers in a patch over all channels. */
    int patchNumbers() {
        return patch.get(0) * patch.get(1) * patch.get(2) * channels;
    }

    /** Checks that volumes of this size are made of whole patches, no more than the tables have rows. */
    void checkInput(String key, List<Integer> size) {
        for (int axis = 0; axis < 3; axis++) {
            int voxels = size.get(axis);
            int step = patch.get(axis);
            if (voxels % step != 0 || voxels / step > positions.get(axis)) {
                throw new IllegalArgumentException(key + " " + size + " must be made of patches of " + patch
                        + ", at most " + positions + " of them along the axes");
            }
        }
    }
}
