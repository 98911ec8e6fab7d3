package org.reg2rg.model;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.bytedeco.pytorch.Tensor;
import org.junit.jupiter.api.Test;
import org.reg2rg.nn.Weights;
import org.reg2rg.tensor.Scope;
import org.reg2rg.tensor.Tensors;

class ToWordsTest {
    /** Latents of width 2 are doubled, and 1 is added to the first number. */
    private static final Map<String, Tensor> TEXTURE = Map.of(
            "fc.weight", Tensors.floats(new float[] {2, 0, 0, 2}, 2, 2),
            "fc.bias", Tensors.floats(new float[] {1, 0}, 2));

    private static final float[] LATENTS = {1, 2, 3, 4};

    @Test
    void addsTheNumbersOfTheMapToTheTokenTheyBelongTo() {
        var weights = new LinkedHashMap<>(TEXTURE);
        // Three numbers; the first goes to token 0, the last to both parts of token 1.
        weights.put("finding_fc.weight", Tensors.floats(new float[] {10, 0, 0, 0, 0, 0, 0, 0, 100, 0, 0, 1000}, 4, 3));
        var numbers = Optional.of(Tensors.floats(new float[] {1, 7, 2}, 1, 3));
        assertThat(words(weights, numbers)).containsExactly(3 + 10, 4, 7 + 200, 8 + 2000);
    }

    @Test
    void withoutAMapTheLatentsAreAll() {
        assertThat(words(TEXTURE, Optional.empty())).containsExactly(3, 4, 7, 8);
    }

    private static float[] words(Map<String, Tensor> weights, Optional<Tensor> numbers) {
        return Scope.inference(() ->
                Tensors.toFloats(ToWords.of(Weights.of(weights)).forward(Tensors.floats(LATENTS, 1, 2, 2), numbers)));
    }
}
