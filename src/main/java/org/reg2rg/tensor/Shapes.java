package org.reg2rg.tensor;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import org.bytedeco.pytorch.Tensor;

/**
 * Checks shapes at public boundaries and says which argument is wrong:
 *
 * <pre>Shapes.of("e g", 768, 255).and("latents", "b q e", latents).and("mask", "b p g", mask);
 * // mask must be [b p g] with {e=768, g=255, b=2, q=32}, got [3, 256, 255]</pre>
 *
 * A letter means the same size wherever it stands; a number stands for itself.
 */
public final class Shapes {
    private final Map<String, Long> sizes = new LinkedHashMap<>();

    private Shapes() {}

    /** Starts with known sizes: the letters in {@code names}, separated by spaces, and their values in order. */
    public static Shapes of(String names, long... values) {
        var shapes = new Shapes();
        String[] letters = names.isBlank() ? new String[0] : names.split(" ");
        if (letters.length != values.length) {
            throw new IllegalArgumentException(
                    "'" + names + "' names " + letters.length + " sizes, got " + Arrays.toString(values));
        }
        for (int i = 0; i < letters.length; i++) {
            shapes.sizes.put(letters[i], values[i]);
        }
        return shapes;
    }

    /** Starts with nothing known. */
    public static Shapes of() {
        return of("");
    }

    /**
     * Checks one tensor, and learns the letters that are new.
     *
     * @throws IllegalArgumentException naming the argument, its pattern, what is known, and what came
     */
    public Shapes and(String argument, String pattern, Tensor tensor) {
        long[] shape = tensor.shape();
        String[] axes = pattern.split(" ");
        boolean fits = axes.length == shape.length;
        for (int i = 0; fits && i < axes.length; i++) {
            long expected = Character.isDigit(axes[i].charAt(0))
                    ? Long.parseLong(axes[i])
                    : sizes.getOrDefault(axes[i], shape[i]);
            fits = expected == shape[i];
        }
        if (!fits) {
            throw new IllegalArgumentException(
                    argument + " must be [" + pattern + "] with " + sizes + ", got " + Arrays.toString(shape));
        }
        for (int i = 0; i < axes.length; i++) {
            sizes.putIfAbsent(axes[i], shape[i]);
        }
        return this;
    }

    /** The size that a letter was found to have. */
    public long size(String letter) {
        Long size = sizes.get(letter);
        if (size == null) {
            throw new IllegalArgumentException("no size is known for " + letter);
        }
        return size;
    }
}
