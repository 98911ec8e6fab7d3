package org.reg2rg.nn;

import java.util.Collections;
import java.util.Map;
import java.util.Optional;
import org.bytedeco.pytorch.Tensor;

/** Named weight tensors, seen from below a prefix: {@code weights.at("layers.0").get("norm.weight")}. */
public final class Weights {
    private final Map<String, Tensor> all;
    private final String prefix;

    private Weights(Map<String, Tensor> all, String prefix) {
        this.all = all;
        this.prefix = prefix;
    }

    public static Weights of(Map<String, Tensor> all) {
        return new Weights(Collections.unmodifiableMap(all), "");
    }

    /** The weights whose names go on with {@code part} and a dot. */
    public Weights at(String part) {
        return new Weights(all, prefix + part + ".");
    }

    /** The weights of the i-th of several equal parts. */
    public Weights at(int part) {
        return at(Integer.toString(part));
    }

    /** @throws IllegalArgumentException if there is none of that name */
    public Tensor get(String name) {
        return find(name).orElseThrow(() -> new IllegalArgumentException("no weight '" + prefix + name + "'"));
    }

    public Optional<Tensor> find(String name) {
        return Optional.ofNullable(all.get(prefix + name));
    }
}
