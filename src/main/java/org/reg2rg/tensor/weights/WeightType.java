package org.reg2rg.tensor.weights;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** The number types that weight files hold. */
public enum WeightType {
    FLOAT64("F64", "DoubleStorage", 8),
    FLOAT32("F32", "FloatStorage", 4),
    FLOAT16("F16", "HalfStorage", 2),
    BFLOAT16("BF16", "BFloat16Storage", 2),
    INT64("I64", "LongStorage", 8),
    INT32("I32", "IntStorage", 4),
    INT16("I16", "ShortStorage", 2),
    INT8("I8", "CharStorage", 1),
    UINT8("U8", "ByteStorage", 1),
    BOOL("BOOL", "BoolStorage", 1);

    private final String safetensorsName;
    private final String torchStorage;
    private final int bytes;

    WeightType(String safetensorsName, String torchStorage, int bytes) {
        this.safetensorsName = safetensorsName;
        this.torchStorage = torchStorage;
        this.bytes = bytes;
    }

    /** Size of one element. */
    public int bytes() {
        return bytes;
    }

    /** The name inside a safetensors header ("BF16"). */
    public String safetensorsName() {
        return safetensorsName;
    }

    /** The class name that a torch pickle gives the storage ("BFloat16Storage"). */
    public String torchStorage() {
        return torchStorage;
    }

    /** The name as PyTorch's users know it ("bfloat16"). */
    public String label() {
        return name().toLowerCase(Locale.ROOT);
    }

    public boolean isFloatingPoint() {
        return this == FLOAT64 || this == FLOAT32 || this == FLOAT16 || this == BFLOAT16;
    }

    static Optional<WeightType> ofSafetensors(String name) {
        return Arrays.stream(values())
                .filter(type -> type.safetensorsName.equals(name))
                .findFirst();
    }

    static Optional<WeightType> ofTorchStorage(String name) {
        return Arrays.stream(values())
                .filter(type -> type.torchStorage.equals(name))
                .findFirst();
    }
}
