package org.reg2rg.tensor.weights;

import java.lang.foreign.MemorySegment;
import java.util.List;
import java.util.stream.LongStream;
import org.bytedeco.javacpp.Pointer;
import org.bytedeco.pytorch.Device;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorOptions;
import org.bytedeco.pytorch.global.torch;
import org.bytedeco.pytorch.global.torch.ScalarType;
import org.reg2rg.core.InputException;
import org.reg2rg.tensor.Tensors;

/** Between weight files and libtorch: tensors from a source's bytes, and tensors to be written. */
public final class WeightTensors {
    private WeightTensors() {}

    /**
     * A new tensor on the CPU with the values of {@code name}, rounded to {@code type} where the file has another one.
     * Its memory is its own: the source may be closed.
     */
    public static Tensor tensor(WeightSource source, String name, ScalarType type) {
        WeightEntry entry = source.entry(name);
        long[] shape = entry.shape().stream().mapToLong(Long::longValue).toArray();
        var stored = Tensors.empty(scalarType(entry.type()), shape);
        MemorySegment bytes = source.bytes(name);
        memory(stored).copyFrom(bytes);
        WeightSource.release(bytes);
        if (stored.scalar_type().intern() == type) {
            return stored;
        }
        var converted = stored.to(type);
        stored.close();
        return converted;
    }

    /**
     * A tensor on the CPU that is the source's own memory, not a copy: what makes a file of many gigabytes usable at once.
     * The source must stay open for as long as the tensor is used, and nothing may write to it.
     */
    public static Tensor view(WeightSource source, String name) {
        WeightEntry entry = source.entry(name);
        long[] shape = entry.shape().stream().mapToLong(Long::longValue).toArray();
        MemorySegment bytes = source.bytes(name);
        try (var memory = new AddressPointer(bytes.address())) {
            return torch.from_blob(memory, shape, new TensorOptions(scalarType(entry.type())));
        }
    }

    /** A pointer to memory that belongs to someone else. */
    private static final class AddressPointer extends Pointer {
        AddressPointer(long address) {
            this.address = address;
        }
    }

    /** A tensor of any device to be written in its own number format; it must stay open until then. */
    public static WeightOutput output(String name, Tensor tensor) {
        WeightType type = weightType(name, tensor.scalar_type());
        List<Long> shape = LongStream.of(tensor.sizes().vec().get()).boxed().toList();
        return new WeightOutput(name, type, shape, out -> {
            try (var plain =
                    tensor.detach().to(new Device("cpu"), tensor.scalar_type()).contiguous()) {
                WeightOutput.of(name, type, shape, memory(plain)).data().writeTo(out);
            }
        });
    }

    /** The torch type that holds a stored type as it is. */
    public static ScalarType scalarType(WeightType type) {
        return switch (type) {
            case FLOAT64 -> ScalarType.Double;
            case FLOAT32 -> ScalarType.Float;
            case FLOAT16 -> ScalarType.Half;
            case BFLOAT16 -> ScalarType.BFloat16;
            case INT64 -> ScalarType.Long;
            case INT32 -> ScalarType.Int;
            case INT16 -> ScalarType.Short;
            case INT8 -> ScalarType.Char;
            case UINT8 -> ScalarType.Byte;
            case BOOL -> ScalarType.Bool;
        };
    }

    private static WeightType weightType(String name, ScalarType type) {
        for (WeightType candidate : WeightType.values()) {
            if (scalarType(candidate) == type.intern()) {
                return candidate;
            }
        }
        throw new InputException(name, "its number format " + type + " cannot be stored", "convert it to float32");
    }

    /** The bytes of a contiguous tensor on the CPU. */
    private static MemorySegment memory(Tensor tensor) {
        long bytes = tensor.numel() * tensor.element_size();
        return bytes == 0
                ? MemorySegment.NULL
                : MemorySegment.ofAddress(tensor.data_ptr().address()).reinterpret(bytes);
    }
}
