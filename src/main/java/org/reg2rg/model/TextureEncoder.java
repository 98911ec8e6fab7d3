package org.reg2rg.model;

import java.util.Optional;
import org.bytedeco.pytorch.Tensor;
import org.reg2rg.nn.FindingHeads;
import org.reg2rg.nn.FindingMap;
import org.reg2rg.nn.PerceiverResampler;
import org.reg2rg.nn.VisionEncoder;
import org.reg2rg.tensor.Tap;
import org.reg2rg.tensor.Tensors;

/**
 * Texture features: what a volume shows at full input size, as tokens of the language model. The same encoder reads the
 * masked and cropped regions and the whole volume (arXiv 2411.15539, local feature decoupling; upstream
 * my_embedding_layer.py).
 *
 * @param vision the frozen 3-D ViT
 * @param perceiver many patches to few tokens
 * @param heads that answer which findings are there, of a model that has them
 * @param toWords to the width of the language model
 */
public record TextureEncoder(
        VisionEncoder vision, PerceiverResampler perceiver, Optional<FindingHeads> heads, ToWords toWords) {
    /**
     * What is seen, before the way into the language model.
     *
     * @param latents [b, q, e]
     * @param numbers [b, n], of a model with a map of findings
     */
    public record Looked(Tensor latents, Optional<Tensor> numbers) {}

    /** volume [b, c, X, Y, Z], geometry token [b, 1, d] of a region; the whole volume has none */
    public Looked look(Tensor volume, Optional<Tensor> geometry) {
        var features = vision.features(volume);
        var latents = perceiver.forward(features.tokens());
        return new Looked(latents, features.found().map(found -> numbers(found, latents, geometry)));
    }

    private Tensor numbers(FindingMap.Found found, Tensor latents, Optional<Tensor> geometry) {
        return heads.map(answering -> Tensors.cat(
                        1,
                        found.numbers(),
                        answering.forward(found, latents, geometry).numbers()))
                .orElse(found.numbers());
    }

    /** volume [b, c, X, Y, Z], geometry token [b, 1, d] of a region → [b, q, d] */
    public Tensor forward(Tensor volume, Optional<Tensor> geometry) {
        var looked = look(volume, geometry);
        return Tap.at("fc", toWords.forward(looked.latents(), looked.numbers()));
    }
}
