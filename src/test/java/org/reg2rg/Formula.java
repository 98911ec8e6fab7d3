package org.reg2rg;

import java.nio.charset.StandardCharsets;

/**
 * The weights and inputs of the golden numbers, which are not stored but computed from their name and position by a hash
 * (see "Formula values" in the README of the golden numbers).
 */
public final class Formula {
    private static final long GOLDEN_GAMMA = 0x9E3779B97F4A7C15L;
    private static final long STEP = 0xD1B54A32D192ED03L;

    private Formula() {}

    /** Values of the tensor of this name, row-major. */
    public static float[] values(String name, long seed, long... shape) {
        int count = 1;
        for (long length : shape) {
            count = Math.toIntExact(count * length);
        }
        long start = hash(name) + seed * GOLDEN_GAMMA;
        var values = new float[count];
        boolean share = name.startsWith("input.") && name.contains(".mask");
        double offset = offset(name, shape);
        double scale = scale(name, shape);
        for (int i = 0; i < count; i++) {
            double u = uniform(start + (i + 1) * STEP);
            values[i] = (float) (share ? u : offset + scale * (2 * u - 1));
        }
        return values;
    }

    private static double offset(String name, long... shape) {
        return !name.startsWith("input.") && shape.length == 1 && !name.endsWith(".bias") ? 1 : 0;
    }

    private static double scale(String name, long... shape) {
        if (name.startsWith("input.")) {
            return 1;
        }
        if (shape.length == 1) {
            return 0.1;
        }
        if (name.endsWith("lora_B.default.weight")) {
            return 0.05;
        }
        return name.matches(
                        ".*(embed_tokens\\.weight|image_token_weight|region_token_weight|(row|col|dep)_embed\\.weight"
                                + "|latents)")
                ? 0.5
                : Math.sqrt(3.0 / shape[1]);
    }

    private static double uniform(long x) {
        long z = (x ^ (x >>> 30)) * 0xBF58476D1CE4E5B9L;
        z = (z ^ (z >>> 27)) * 0x94D049BB133111EBL;
        z ^= z >>> 31;
        return (z >>> 40) * 0x1p-24;
    }

    private static long hash(String name) {
        long h = 0xcbf29ce484222325L;
        for (byte b : name.getBytes(StandardCharsets.UTF_8)) {
            h = (h ^ (b & 0xff)) * 0x100000001b3L;
        }
        return h;
    }
}
