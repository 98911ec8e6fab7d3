package org.reg2rg.model;

import org.bytedeco.pytorch.Tensor;
import org.reg2rg.nn.PerceiverResampler;
import org.reg2rg.nn.VisionEncoder;
import org.reg2rg.tensor.Tap;

/**
 * Texture features: what a volume shows at full input size, as tokens of the language model. The same encoder reads the
 * masked and cropped regions and the whole volume (arXiv 2411.15539, local feature decoupling; upstream
 * my_embedding_layer.py).
 *
 * @param vision the frozen 3-D ViT
 * @param perceiver many patches to few tokens
 * @param toWords to the width of the language model
 */
public record TextureEncoder(VisionEncoder vision, PerceiverResampler perceiver, ToWords toWords) {
    /** volume [b, c, X, Y, Z] → [b, q, d] */
    public Tensor forward(Tensor volume) {
        var seen = vision.features(volume);
        return Tap.at("fc", toWords.forward(perceiver.forward(seen.tokens()), seen.findings()));
    }
}
