package org.reg2rg.tensor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.bytedeco.pytorch.global.torch;
import org.junit.jupiter.api.Test;

class ShapesTest {
    static {
        Torch.load();
    }

    @Test
    void namesTheArgumentThatIsWrong() {
        var latents = torch.zeros(2, 32, 768);
        var mask = torch.zeros(3, 256, 255);
        Shapes shapes = Shapes.of("e g", 768, 255).and("latents", "b q e", latents);
        assertThat(shapes.size("q")).isEqualTo(32);
        assertThatThrownBy(() -> shapes.and("mask", "b p g", mask))
                .hasMessage("mask must be [b p g] with {e=768, g=255, b=2, q=32}, got [3, 256, 255]");
        assertThatThrownBy(() -> Shapes.of().and("x", "b 3", torch.zeros(2, 4)))
                .hasMessage("x must be [b 3] with {}, got [2, 4]");
    }

    @Test
    void rearrangesAsEinopsDoes() {
        var x = torch.arange(new org.bytedeco.pytorch.Scalar(12)).reshape(1, 2, 6);
        var y = new Rearrange("b n (h k) -> b h n k").with("h", 2).apply(x);
        assertThat(y.shape()).containsExactly(1, 2, 2, 3);
        assertThat(Tensors.toLongs(y)).containsExactly(0, 1, 2, 6, 7, 8, 3, 4, 5, 9, 10, 11);
        var back = new Rearrange("b h n k -> b n (h k)").apply(y);
        assertThat(back.equal(x)).isTrue();
    }

    @Test
    void aBadPatternOrSizeIsSaid() {
        assertThatThrownBy(() -> new Rearrange("a b -> a c"))
                .hasMessage("'a b -> a c' must name the same axes on both sides, each once");
        assertThatThrownBy(() -> new Rearrange("a (b c -> a b c")).hasMessageContaining("leaves a bracket open");
        assertThatThrownBy(() -> new Rearrange("b (h k) -> b h k").with("h", 5).apply(torch.zeros(2, 24)))
                .hasMessage("axis 1 is 24, not made of [h, k] with {b=2, h=5}");
    }

    @Test
    void volumesComeInNiftiOrder() {
        var volume = Tensors.volume(new float[] {0, 1, 2, 3, 4, 5}, 3, 2, 1); // value = i + 3 j
        assertThat(volume.shape()).containsExactly(3, 2, 1);
        assertThat(volume.select(0, 2).select(0, 1).item_float()).isEqualTo(5f);
        assertThat(volume.select(0, 1).select(0, 0).item_float()).isEqualTo(1f);
    }

    @Test
    void tapsAreSeenOnlyWhileARecorderIsInstalled() {
        var seen = new java.util.ArrayList<String>();
        Tap.at("before", torch.zeros(1));
        try (var _ = Tap.install((name, _) -> seen.add(name))) {
            Tap.at("inside", torch.zeros(1));
        }
        Tap.at("after", torch.zeros(1));
        assertThat(seen).containsExactly("inside");
    }
}
