package org.reg2rg.nn;

import java.util.Optional;
import org.bytedeco.pytorch.Tensor;
import org.reg2rg.tensor.Tensors;

/** A vision transformer on a stem of convolutions, with a map of findings over the stem's cells whose tokens it adds. */
public final class FindingVision implements VisionEncoder {
    private final ConvolutionStem stem;
    private final VisionTransformer3d transformer;
    private final FindingMap findings;

    /**
     * What is seen in a volume.
     *
     * @param patches [b, p, e]
     * @param found on the map of cells
     */
    public record Seen(Tensor patches, FindingMap.Found found) {
        /** [b, p + f, e]: what a perceiver reads */
        public Tensor tokens() {
            return Tensors.cat(1, patches, found.tokens());
        }
    }

    /** @param transformer whose embedding is {@code stem} */
    public FindingVision(ConvolutionStem stem, VisionTransformer3d transformer, FindingMap findings) {
        this.stem = stem;
        this.transformer = transformer;
        this.findings = findings;
    }

    /** volume [b, 1, X, Y, Z] */
    public Seen see(Tensor volume) {
        var maps = stem.maps(volume);
        var patches = transformer.encode(
                stem.tokens(maps.coarse()), new long[] {volume.size(2), volume.size(3), volume.size(4)});
        return new Seen(patches, findings.forward(maps, patches));
    }

    @Override
    public Features features(Tensor volume) {
        var seen = see(volume);
        return new Features(seen.tokens(), Optional.of(seen.found()));
    }

    @Override
    public Tensor patches(Tensor volume) {
        return stem.forward(volume);
    }
}
