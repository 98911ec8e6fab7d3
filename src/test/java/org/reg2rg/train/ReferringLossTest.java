package org.reg2rg.train;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.bytedeco.pytorch.Tensor;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.reg2rg.Golden;
import org.reg2rg.Tolerance;
import org.reg2rg.ct.Region;
import org.reg2rg.model.ModelBuilder;
import org.reg2rg.model.ModelConfig;
import org.reg2rg.model.Reg2Rg;
import org.reg2rg.model.TinyModel;
import org.reg2rg.model.VisualTokens;
import org.reg2rg.nn.Weights;
import org.reg2rg.tensor.Scope;
import org.reg2rg.tensor.Tensors;

class ReferringLossTest {
    private static final ModelConfig CONFIG = TinyModel.config(300);
    private static final int WIDTH = CONFIG.language().width();

    @SuppressWarnings("NullAway.Init")
    private static Map<String, Tensor> weights;

    @SuppressWarnings("NullAway.Init")
    private static Reg2Rg model;

    @BeforeAll
    static void make() {
        weights = TinyModel.weights(CONFIG, 1);
        model = new ModelBuilder(CONFIG, Weights.of(weights)).reg2rg(false, new int[0]);
    }

    @AfterAll
    static void free() {
        Scope.free(weights.values());
    }

    private static final RegionReportAlignment ALIGNMENT = new RegionReportAlignment(
            CONFIG, text -> text.chars().map(c -> c + 3).toArray(), 2000);

    private static ReferringExample example(Region... regions) {
        return ALIGNMENT.inOrder(List.of(regions).stream()
                .map(r -> new RegionText(r, "nothing in the " + r.datasetName()))
                .toList());
    }

    private static ReferringExample weighing(float weight, ReferringExample one) {
        float[] weights = new float[one.ids().length];
        Arrays.fill(weights, weight);
        return new ReferringExample(one.ids(), one.labels(), weights, one.slots(), one.cut());
    }

    private static VisualTokens visual(long seed, int regions) {
        var random = new Draws(seed).of("visual", 0);
        int q = CONFIG.perceiver().latents();
        return new VisualTokens(gaussian(random, 1, q, WIDTH), gaussian(random, regions, q + 1, WIDTH));
    }

    private static Tensor gaussian(java.util.random.RandomGenerator random, long... shape) {
        float[] values = new float[(int) (shape[0] * shape[1] * shape[2])];
        for (int i = 0; i < values.length; i++) {
            values[i] = (float) random.nextGaussian();
        }
        return Tensors.floats(values, shape).set_requires_grad(true);
    }

    private static double loss(List<ReferringExample> examples, List<VisualTokens> visual) {
        double[] value = {0};
        Scope.run(() -> value[0] =
                ReferringLoss.of(model, ReferringBatch.of(examples), visual).item_double());
        return value[0];
    }

    @Test
    void aBatchIsTheMeanOverAllItsTokens() {
        Scope.run(() -> {
            var one = example(Region.LUNG);
            var other = example(Region.HEART, Region.BONE, Region.LUNG);
            double alone = loss(List.of(one), List.of(visual(1, 1)));
            double otherAlone = loss(List.of(other), List.of(visual(2, 3)));
            double both = loss(List.of(one, other), List.of(visual(1, 1), visual(2, 3)));
            int n = ReferringBatch.of(List.of(one)).labels();
            int m = ReferringBatch.of(List.of(other)).labels();
            assertThat(both).isCloseTo((n * alone + m * otherAlone) / (n + m), Tolerance.STATISTICS.offset());
            assertThat(alone).isNotCloseTo(otherAlone, Tolerance.STATISTICS.offset());
        });
    }

    @Test
    void heavyTokensCountMore() {
        Scope.run(() -> {
            var light = List.of(example(Region.LUNG), example(Region.HEART));
            var heavy = List.of(weighing(3, example(Region.LUNG)), example(Region.HEART));
            var visual = List.of(visual(1, 1), visual(2, 1));
            double first = loss(light.subList(0, 1), visual.subList(0, 1));
            double second = loss(light.subList(1, 2), visual.subList(1, 2));
            int n = ReferringBatch.of(light.subList(0, 1)).labels();
            int m = ReferringBatch.of(light.subList(1, 2)).labels();
            assertThat(loss(heavy, visual))
                    .isCloseTo((3 * n * first + m * second) / (3 * n + m), Tolerance.STATISTICS.offset());
        });
    }

    @Test
    void visualTokensGetTheGradientsOfTheirOwnStudy() {
        Scope.run(() -> {
            var examples = List.of(example(Region.LUNG), example(Region.HEART, Region.BONE));
            var together = List.of(visual(1, 1), visual(2, 2));
            ReferringLoss.of(model, ReferringBatch.of(examples), together).backward();
            var alone = visual(2, 2);
            ReferringLoss.of(model, ReferringBatch.of(examples.subList(1, 2)), List.of(alone))
                    .backward();
            int n = ReferringBatch.of(examples.subList(0, 1)).labels();
            int m = ReferringBatch.of(examples.subList(1, 2)).labels();
            float[] expected = Tensors.toFloats(alone.regions().grad());
            float[] got = Tensors.toFloats(together.get(1).regions().grad());
            for (int i = 0; i < got.length; i++) {
                got[i] *= (float) (n + m) / m;
            }
            assertThat(Golden.nmse(got, expected)).isLessThan(Tolerance.SAME_NMSE.absolute());
            assertThat(together.get(0).global().grad().norm().item_double()).isPositive();
        });
    }
}
