package org.reg2rg.tensor;

import java.util.Arrays;
import java.util.List;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch.ScalarType;
import org.reg2rg.core.InputException;
import org.reg2rg.core.Names;

/**
 * The number formats a model may be computed in. fp16 is not among them: its products are hopelessly slow on a CPU, so
 * fp16 files are computed in one of these.
 */
public enum Precision {
    FLOAT32("float32", ScalarType.Float, 4),
    BFLOAT16("bfloat16", ScalarType.BFloat16, 2);

    private final String title;
    private final ScalarType scalarType;
    private final int bytes;

    Precision(String title, ScalarType scalarType, int bytes) {
        this.title = title;
        this.scalarType = scalarType;
        this.bytes = bytes;
    }

    /** The name in configs and options. */
    public String title() {
        return title;
    }

    public ScalarType scalarType() {
        return scalarType;
    }

    /** Bytes of one number. */
    public int bytes() {
        return bytes;
    }

    /** Whether {@code x} is in this format. The binding makes a new object for every type that it returns. */
    public boolean isOf(Tensor x) {
        return x.scalar_type().intern() == scalarType;
    }

    /** {@code x} in this format; {@code x} itself if it has it already. */
    public Tensor cast(Tensor x) {
        return x.to(scalarType);
    }

    public static List<String> titles() {
        return Arrays.stream(values()).map(Precision::title).toList();
    }

    /**
     * The precision of this name.
     *
     * @param subject where the name stands, for the error
     * @throws InputException with the nearest name, if there is no such precision
     */
    public static Precision parse(String subject, String name) {
        return Arrays.stream(values())
                .filter(p -> p.title.equals(name))
                .findFirst()
                .orElseThrow(() -> new InputException(
                        subject,
                        "unknown number format '" + name + "'",
                        name.equals("float16")
                                ? "float16 is not computed on a CPU, use bfloat16 or float32"
                                : Names.hint(name, titles())));
    }
}
