package org.reg2rg.nn;

import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;

/**
 * Linear, exact GELU, linear.
 *
 * @param in [f, e]
 * @param out [e, f]
 * @param dropout after each of the two
 */
public record FeedForward(Linear in, Linear out, double dropout) {
    /** x [.., e] → [.., e] */
    public Tensor forward(Tensor x) {
        var hidden = Dropout.apply(torch.gelu(in.forward(x)), dropout); // [.., f]
        return Dropout.apply(out.forward(hidden), dropout);
    }
}
