package org.reg2rg.nn;

import java.util.List;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.ScalarOptional;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorOptional;
import org.bytedeco.pytorch.global.torch;
import org.bytedeco.pytorch.global.torch.MemoryFormat;
import org.bytedeco.pytorch.global.torch.ScalarType;
import org.reg2rg.tensor.Rearrange;
import org.reg2rg.tensor.Tensors;

/**
 * Strided 3-D convolutions in the place of the linear patch embedding: where a model is trained from scratch on few studies,
 * they find small things (calcium, nodules, nodes) long before a linear map of whole patches does. Steps: 2, (2, 2, 1) to a fine
 * map of 1/4 × 1/4 × 1/2 of the volume, 2 to a coarse one of 1/8 × 1/8 × 1/4, one residual convolution on each, one more step of
 * 2, a linear map, a norm.
 *
 * <p>A CT has one channel; the stem reads it through windows of the same value (all of it, lung, haze, soft tissue): a subsolid
 * nodule lies between lung and soft tissue and looks in the windows of both like their edge. A fifth channel is what lies
 * outside of the mask. Preprocessing gives that the darkest value, which is also the value of destroyed
 * lung: as long as the two look the same, emphysema is not learned at all. So the lung window is grey there.
 */
public final class ConvolutionStem implements PatchEmbedding {
    /** Voxels along x, y, z that make one token. */
    public static final List<Integer> PATCH = List.of(16, 16, 8);

    /** All, lung, haze, soft tissue, outside. */
    public static final int CHANNELS = 5;

    /** A unit that is off for good learns nothing more; at the rates of this stem a fifth of plain ReLUs end like that. */
    private static final double LEAK = 0.1;

    /** Above this nothing is taken for outside: half a step of a byte above the darkest value. */
    private static final double DARKEST = -1 + 1 / 255.0;

    private static final long[] HALVED = {2, 2, 2};
    private static final long[] HALVED_IN_PLANE = {2, 2, 1};
    private static final long[] SAME = {1, 1, 1};
    private static final long[] PADDING = {1, 1, 1};
    private static final long[] DILATION = {1, 1, 1};
    private static final Rearrange TO_TOKENS = new Rearrange("b c x y z -> b (x y z) c");

    private final Linear first;
    private final Linear second;
    private final Linear third;
    private final Linear fineResidual;
    private final Linear residual;
    private final Linear last;
    private final Linear toToken;
    private final LayerNorm norm;
    private final ScalarType format;

    /** Convolves in float32; see the other constructor. */
    public ConvolutionStem(Weights weights) {
        this(weights, ScalarType.Float);
    }

    /**
     * @param format of the convolutions; bfloat16 halves the time of training on a CPU that multiplies it
     * @param weights {@code 0}, {@code 1}, {@code 2}, {@code fine}, {@code residual}, {@code last} (kernels [out, in, 3, 3, 3]),
     *     {@code token}, {@code norm}
     */
    public ConvolutionStem(Weights weights, ScalarType format) {
        this.format = format;
        this.first = Linear.of(weights.at(0));
        this.second = Linear.of(weights.at(1));
        this.third = Linear.of(weights.at(2));
        this.fineResidual = Linear.of(weights.at("fine"));
        this.residual = Linear.of(weights.at("residual"));
        this.last = Linear.of(weights.at("last"));
        this.toToken = Linear.of(weights.at("token"));
        this.norm = LayerNorm.of(weights.at("norm"));
    }

    @Override
    public List<Integer> patch() {
        return PATCH;
    }

    /**
     * What the convolutions see, in their number format: a nodule of 8 mm is smaller than a coarse cell, and the fine ones know
     * little of what is around them.
     *
     * @param fine [b, c, X/4, Y/4, Z/2]
     * @param coarse [b, c', X/8, Y/8, Z/4]
     */
    public record Maps(Tensor fine, Tensor coarse) {}

    /** volume [b, 1, X, Y, Z] */
    public Maps maps(Tensor volume) {
        var steps = steps(volume);
        return new Maps(withResidual(steps, fineResidual), coarse(steps));
    }

    private Tensor steps(Tensor volume) {
        var windows = windows(volume.to(ScalarType.Float)).contiguous(MemoryFormat.ChannelsLast3d);
        return step(step(windows, first, HALVED), second, HALVED_IN_PLANE);
    }

    private Tensor coarse(Tensor steps) {
        return withResidual(step(steps, third, HALVED), residual);
    }

    private Tensor withResidual(Tensor x, Linear kernel) {
        return x.add(step(x, kernel, SAME));
    }

    /** coarse map [b, c, X/8, Y/8, Z/4] → tokens [b, p, e], z fastest */
    public Tensor tokens(Tensor coarse) {
        var x = step(coarse, last, HALVED).to(ScalarType.Float); // [b, c, X/16, Y/16, Z/8]
        return norm.forward(toToken.forward(TO_TOKENS.apply(x)));
    }

    @Override
    public Tensor forward(Tensor volume) {
        return tokens(coarse(steps(volume)));
    }

    /**
     * volume [b, 1, X, Y, Z] in [-1, 1] → [b, 5, X, Y, Z]: all; -1000 … -700 HU, 0 outside; -700 … -400 HU; -150 … 150 HU,
     * each stretched to [-1, 1]; 1 outside, 0 inside.
     */
    static Tensor windows(Tensor volume) {
        var outside = outside(volume);
        var lung = stretched(volume, 3).mul(outside.neg().add(new Scalar(1)));
        return Tensors.cat(1, volume, lung, stretched(volume, 1), stretched(volume, -8.0 / 3), outside);
    }

    /** Whole blocks of 3 × 3 × 3 darkest voxels: noise keeps them from forming inside. */
    private static Tensor outside(Tensor volume) {
        var inside =
                volume.gt(new Scalar(DARKEST)).to(ScalarType.Byte); // a quarter of the memory of floats to go through
        return grown(grown(inside).bitwise_xor(new Scalar(1))).to(ScalarType.Float);
    }

    /** 1 wherever one of the 3 × 3 × 3 voxels around is 1; axis by axis, which is many times faster than pooling. */
    private static Tensor grown(Tensor marked) {
        var x = marked;
        for (long axis = 2; axis < 5; axis++) {
            var next = Tensors.cat(axis, x.narrow(axis, 1, x.size(axis) - 1), x.narrow(axis, x.size(axis) - 1, 1));
            var before = Tensors.cat(axis, x.narrow(axis, 0, 1), x.narrow(axis, 0, x.size(axis) - 1));
            x = torch.maximum(torch.maximum(x, next), before);
        }
        return x;
    }

    private static Tensor stretched(Tensor volume, double offset) {
        var one = new ScalarOptional(new Scalar(1));
        return volume.mul(new Scalar(4)).add(new Scalar(offset)).clamp(new ScalarOptional(new Scalar(-1)), one);
    }

    private Tensor step(Tensor x, Linear kernel, long[] stride) {
        var cast = kernel.in(format);
        var bias = new TensorOptional(cast.bias().orElseThrow());
        var y = torch.conv3d(x.to(format), cast.weight(), bias, stride, PADDING, DILATION, 1);
        return torch.leaky_relu(y, new Scalar(LEAK));
    }
}
