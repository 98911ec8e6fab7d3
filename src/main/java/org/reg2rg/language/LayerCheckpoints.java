package org.reg2rg.language;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.bytedeco.pytorch.Tensor;
import org.reg2rg.tensor.Gradients;
import org.reg2rg.tensor.Scope;

/**
 * Gradient checkpointing of a decoder: on the way up only the input of each layer is kept; on the way down a layer is computed
 * a second time, with what its gradient needs, and forgotten again. One layer's inner tensors are in memory at a time, for
 * one more pass through the decoder.
 *
 * <pre>var passed = LayerCheckpoints.forward(decoder, embeddings);
 * loss(passed.hidden()).backward();
 * passed.backward();</pre>
 */
public final class LayerCheckpoints {
    private final LlamaDecoder decoder;
    private final Tensor embeddings;
    private final List<Tensor> inputs = new ArrayList<>();
    private final Tensor last;
    private final Tensor hidden;

    private LayerCheckpoints(LlamaDecoder decoder, Tensor embeddings) {
        this.decoder = decoder;
        this.embeddings = embeddings;
        var x = embeddings.detach();
        for (int i = 0; i < decoder.layers(); i++) {
            inputs.add(x);
            x = through(i, x);
        }
        this.last = x.set_requires_grad(true);
        this.hidden = decoder.normed(last);
    }

    private Tensor through(int layer, Tensor x) {
        return Scope.inference(() -> decoder.layer(layer, x, Optional.empty()));
    }

    /** embeddings [b, n, d], through all layers. */
    public static LayerCheckpoints forward(LlamaDecoder decoder, Tensor embeddings) {
        return new LayerCheckpoints(decoder, embeddings);
    }

    /** The last hidden states [b, n, d], normed: what {@link LlamaDecoder#forward(Tensor)} gives. */
    public Tensor hidden() {
        return hidden;
    }

    /** Goes on from the gradient that a loss has sent into {@link #hidden}: into the layers, and into what the embeddings are made of. */
    public void backward() {
        var gradient = last.grad();
        for (int i = inputs.size() - 1; i >= 0; i--) {
            gradient = backward(i, gradient);
        }
        if (embeddings.requires_grad()) {
            Gradients.of(embeddings, gradient);
        }
    }

    /** Gradient of a layer's output → gradient of its input. */
    private Tensor backward(int layer, Tensor gradient) {
        return Scope.keep(() -> {
            var x = inputs.get(layer).detach().set_requires_grad(true);
            Gradients.of(decoder.layer(layer, x, Optional.empty()), gradient);
            return x.grad().detach();
        });
    }
}
