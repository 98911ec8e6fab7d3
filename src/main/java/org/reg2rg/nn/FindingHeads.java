package org.reg2rg.nn;

import java.util.Optional;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.ScalarTypeOptional;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;
import org.reg2rg.tensor.Rearrange;
import org.reg2rg.tensor.Tensors;

/**
 * What is to be said of a volume, before any word: which findings it shows, and how large its largest nodule is. They learn from
 * exact labels together with what they read, and a decoder that is given their answers need not find them again in the latents.
 */
public final class FindingHeads {
    private static final Rearrange FLAT = new Rearrange("b q e -> b (q e)");
    private static final Rearrange BY_FINDING = new Rearrange("b f c -> f b c");
    private static final Rearrange VIEWS = new Rearrange("f b v -> b (f v)");

    private final Tensor views;
    private final Linear trunk;
    private final Linear findings;
    private final Linear pooled;
    private final Linear size;
    private final Tensor poolScale;

    /**
     * The answers for b volumes, as logits.
     *
     * @param hidden [b, h], from which they come
     * @param findings [b, f] from latents and geometry alone
     * @param pooled [b, f] with the strongest cells of the map of findings beside them (multiple-instance learning), so that
     *     labels also train the map
     * @param size [b, s] classes of the size of the largest nodule
     */
    public record Answers(Tensor hidden, Tensor findings, Tensor pooled, Tensor size) {
        /** [b, 2 f + s]: how sure the findings are, from -1 to 1, and the share of each class of size. */
        public Tensor numbers() {
            return Tensors.cat(1, sure(findings), sure(pooled), size.softmax(1));
        }

        /** p - (1 - p) of the probability p that a logit means: beyond a point, to be still surer says nothing. */
        private static Tensor sure(Tensor logits) {
            return logits.mul(new Scalar(0.5)).tanh();
        }
    }

    /**
     * @param weights {@code views} [f, v, c + 6], {@code trunk} [h, q * e + d + f * v], {@code findings} and {@code pooled} [f, h],
     *     {@code pool_scale} [f, 3], {@code size} [s, h]
     */
    public FindingHeads(Weights weights) {
        this.views = weights.get("views");
        this.trunk = Linear.of(weights.at("trunk"));
        this.findings = Linear.of(weights.at("findings"));
        this.pooled = Linear.of(weights.at("pooled"));
        this.size = Linear.of(weights.at("size"));
        this.poolScale = weights.get("pool_scale");
    }

    /** How many {@link Answers#numbers} there are for so many findings and classes of size. */
    public static int numbers(int findings, int sizes) {
        return 2 * findings + sizes;
    }

    /**
     * @param found on the map of findings
     * @param latents [b, q, e]
     * @param geometry [b, 1, d]; of a whole volume, which has no mask, zeros stand for it
     */
    public Answers forward(FindingMap.Found found, Tensor latents, Optional<Tensor> geometry) {
        var seen = FLAT.apply(latents); // [b, q * e]
        var spots = VIEWS.apply(torch.relu(BY_FINDING.apply(found.spots()).bmm(views.transpose(1, 2)))); // [b, f * v]
        var shape = geometry.map(token -> token.select(1, 0).to(seen.scalar_type()))
                .orElseGet(() -> Tensors.zerosLike(
                        seen, seen.scalar_type(), seen.size(0), trunk.weight().size(1) - seen.size(1) - spots.size(1)));
        var hidden = torch.relu(trunk.forward(Tensors.cat(1, seen, shape, spots)));
        var strongest = found.summary().mul(poolScale).sum(new long[] {2}, false, new ScalarTypeOptional()); // [b, f]
        return new Answers(
                hidden, findings.forward(hidden), pooled.forward(hidden).add(strongest), size.forward(hidden));
    }
}
