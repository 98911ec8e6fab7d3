package org.reg2rg.tensor.weights;

import static java.nio.ByteOrder.LITTLE_ENDIAN;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;

/** Conversions between the little-endian bytes of a {@link WeightType} and Java numbers; rounding is to nearest even. */
public final class WeightValues {
    static final ValueLayout.OfShort SHORT = ValueLayout.JAVA_SHORT_UNALIGNED.withOrder(LITTLE_ENDIAN);
    static final ValueLayout.OfInt INT = ValueLayout.JAVA_INT_UNALIGNED.withOrder(LITTLE_ENDIAN);
    static final ValueLayout.OfLong LONG = ValueLayout.JAVA_LONG_UNALIGNED.withOrder(LITTLE_ENDIAN);
    static final ValueLayout.OfFloat FLOAT = ValueLayout.JAVA_FLOAT_UNALIGNED.withOrder(LITTLE_ENDIAN);
    static final ValueLayout.OfDouble DOUBLE = ValueLayout.JAVA_DOUBLE_UNALIGNED.withOrder(LITTLE_ENDIAN);
    private static final int BFLOAT16_QUIET_NAN = 0x7FC0;

    private WeightValues() {}

    /** Element {@code index} of {@code data} as a float. */
    public static float floatAt(MemorySegment data, WeightType type, long index) {
        return switch (type) {
            case FLOAT32 -> data.get(FLOAT, 4 * index);
            case FLOAT64 -> (float) data.get(DOUBLE, 8 * index);
            case FLOAT16 -> Float.float16ToFloat(data.get(SHORT, 2 * index));
            case BFLOAT16 -> Float.intBitsToFloat(data.get(SHORT, 2 * index) << 16);
            case INT64 -> data.get(LONG, 8 * index);
            case INT32 -> data.get(INT, 4 * index);
            case INT16 -> data.get(SHORT, 2 * index);
            case INT8 -> data.get(ValueLayout.JAVA_BYTE, index);
            case UINT8, BOOL -> data.get(ValueLayout.JAVA_BYTE, index) & 0xFF;
        };
    }

    /** Element {@code index} of {@code data} as a double, exact for every type but int64 beyond 2^53. */
    public static double doubleAt(MemorySegment data, WeightType type, long index) {
        return switch (type) {
            case FLOAT64 -> data.get(DOUBLE, 8 * index);
            case INT64 -> data.get(LONG, 8 * index);
            case INT32 -> data.get(INT, 4 * index);
            case FLOAT32, FLOAT16, BFLOAT16, INT16, INT8, UINT8, BOOL -> floatAt(data, type, index);
        };
    }

    /** All of {@code data} as floats. */
    public static float[] floats(MemorySegment data, WeightType type) {
        if (type == WeightType.FLOAT32) {
            return data.toArray(FLOAT);
        }
        float[] values = new float[Math.toIntExact(data.byteSize() / type.bytes())];
        for (int i = 0; i < values.length; i++) {
            values[i] = floatAt(data, type, i);
        }
        return values;
    }

    /** Writes {@code value} as element {@code index} of a floating-point {@code type}. */
    public static void putFloat(MemorySegment data, WeightType type, long index, float value) {
        switch (type) {
            case FLOAT32 -> data.set(FLOAT, 4 * index, value);
            case FLOAT64 -> data.set(DOUBLE, 8 * index, value);
            case FLOAT16 -> data.set(SHORT, 2 * index, Float.floatToFloat16(value));
            case BFLOAT16 -> data.set(SHORT, 2 * index, bfloat16(value));
            case INT64, INT32, INT16, INT8, UINT8, BOOL ->
                throw new IllegalArgumentException(type.label() + " is not a floating-point type");
        }
    }

    /** The bfloat16 nearest to {@code value}, ties to even; NaN stays NaN. */
    public static short bfloat16(float value) {
        if (Float.isNaN(value)) {
            return (short) BFLOAT16_QUIET_NAN;
        }
        int bits = Float.floatToRawIntBits(value);
        int tieToEven = 0x7FFF + (bits >>> 16 & 1);
        return (short) (bits + tieToEven >>> 16);
    }
}
