package org.reg2rg.tensor;

import java.util.Arrays;
import java.util.List;
import org.bytedeco.javacpp.FloatPointer;
import org.bytedeco.javacpp.LongPointer;
import org.bytedeco.pytorch.Device;
import org.bytedeco.pytorch.MemoryFormatOptional;
import org.bytedeco.pytorch.ScalarTypeOptional;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorOptions;
import org.bytedeco.pytorch.TensorVector;
import org.bytedeco.pytorch.global.torch;
import org.bytedeco.pytorch.global.torch.ScalarType;

/** Between Java arrays and tensors, and small things that the binding makes long. */
public final class Tensors {
    static {
        Torch.load();
    }

    private Tensors() {}

    /** A new float32 tensor with a copy of these values, row-major. */
    public static Tensor floats(float[] values, long... shape) {
        checkCount(values.length, shape);
        var tensor = empty(ScalarType.Float, shape);
        try (var data = new FloatPointer(tensor.data_ptr())) {
            data.put(values, 0, values.length);
        }
        return tensor;
    }

    /** A new int64 tensor with a copy of these values, row-major. */
    public static Tensor longs(long[] values, long... shape) {
        checkCount(values.length, shape);
        var tensor = empty(ScalarType.Long, shape);
        try (var data = new LongPointer(tensor.data_ptr())) {
            data.put(values, 0, values.length);
        }
        return tensor;
    }

    /** A new int64 vector. */
    public static Tensor longs(int... values) {
        return longs(Arrays.stream(values).asLongStream().toArray(), values.length);
    }

    /** Uninitialised memory on the CPU. */
    public static Tensor empty(ScalarType type, long... shape) {
        return torch.empty(shape, new TensorOptions(type), new MemoryFormatOptional());
    }

    /** Zeros of the given type, where {@code like} lives. */
    public static Tensor zerosLike(Tensor like, ScalarType type, long... shape) {
        return torch.zeros(shape, new TensorOptions(type)).to(like.device(), type);
    }

    /**
     * A volume in NIfTI order (axis 0 fastest) as a tensor [x, y, z].
     *
     * @param voxels values, length {@code x·y·z}; copied
     */
    public static Tensor volume(float[] voxels, long x, long y, long z) {
        return floats(voxels, z, y, x).permute(2, 1, 0).contiguous();
    }

    /** The values as float32, row-major; from any type and device. */
    public static float[] toFloats(Tensor tensor) {
        var plain = plain(tensor, ScalarType.Float);
        var values = new float[Math.toIntExact(plain.numel())];
        try (var data = new FloatPointer(plain.data_ptr())) {
            data.get(values, 0, values.length);
        }
        return values;
    }

    /** The values as int64, row-major. */
    public static long[] toLongs(Tensor tensor) {
        var plain = plain(tensor, ScalarType.Long);
        var values = new long[Math.toIntExact(plain.numel())];
        try (var data = new LongPointer(plain.data_ptr())) {
            data.get(values, 0, values.length);
        }
        return values;
    }

    private static Tensor plain(Tensor tensor, ScalarType type) {
        return tensor.detach().to(new Device("cpu"), type).contiguous();
    }

    /** Joins along an existing axis. */
    public static Tensor cat(long axis, Tensor... parts) {
        return torch.cat(new TensorVector(parts), axis);
    }

    /** Joins along an existing axis. */
    public static Tensor cat(long axis, List<Tensor> parts) {
        return cat(axis, parts.toArray(Tensor[]::new));
    }

    /** Joins along a new axis. */
    public static Tensor stack(long axis, List<Tensor> parts) {
        return torch.stack(new TensorVector(parts.toArray(Tensor[]::new)), axis);
    }

    /** Mean over one axis. */
    public static Tensor mean(Tensor x, long axis, boolean keepAxis) {
        return x.mean(new long[] {axis}, keepAxis, new ScalarTypeOptional());
    }

    private static void checkCount(int count, long... shape) {
        if (Arrays.stream(shape).reduce(1, Math::multiplyExact) != count) {
            throw new IllegalArgumentException(count + " values do not fill " + Arrays.toString(shape));
        }
    }
}
