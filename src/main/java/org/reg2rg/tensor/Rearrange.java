package org.reg2rg.tensor;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.bytedeco.pytorch.Tensor;

/**
 * Reshape and permute in the notation of einops, which the published code uses too, so that the lines can be compared by
 * eye: {@code new Rearrange("b n (h k) -> b h n k").with("h", 8)}. Checked when it is made.
 */
public final class Rearrange {
    private final String pattern;
    private final List<List<String>> left;
    private final List<List<String>> right;
    private final long[] order;
    private final Map<String, Long> given;

    /** @throws IllegalArgumentException unless both sides name the same axes, each once */
    public Rearrange(String pattern) {
        this(pattern, Map.of());
    }

    private Rearrange(String pattern, Map<String, Long> given) {
        String[] sides = pattern.split("->");
        if (sides.length != 2) {
            throw new IllegalArgumentException("'" + pattern + "' needs one arrow ->");
        }
        this.pattern = pattern;
        this.left = parse(sides[0]);
        this.right = parse(sides[1]);
        this.given = new TreeMap<>(given);
        List<String> from = left.stream().flatMap(List::stream).toList();
        List<String> to = right.stream().flatMap(List::stream).toList();
        var names = new HashSet<>(from);
        if (names.size() != from.size() || to.size() != from.size() || !names.equals(new HashSet<>(to))) {
            throw new IllegalArgumentException("'" + pattern + "' must name the same axes on both sides, each once");
        }
        this.order = to.stream().mapToLong(from::indexOf).toArray();
    }

    /** The same pattern with the size of one axis fixed. */
    public Rearrange with(String axis, long size) {
        var sizes = new HashMap<>(given);
        sizes.put(axis, size);
        return new Rearrange(pattern, sizes);
    }

    /** @throws IllegalArgumentException naming the axis whose size does not fit the pattern */
    public Tensor apply(Tensor x) {
        long[] shape = x.shape();
        if (shape.length != left.size()) {
            throw new IllegalArgumentException(
                    "'" + pattern + "' takes " + left.size() + " axes, got " + Arrays.toString(shape));
        }
        Map<String, Long> sizes = new HashMap<>(given);
        List<Long> atoms = new ArrayList<>();
        for (int axis = 0; axis < shape.length; axis++) {
            split(axis, shape[axis], sizes);
            left.get(axis).forEach(name -> atoms.add(sizes.get(name)));
        }
        long[] joined = right.stream()
                .mapToLong(group -> group.stream().mapToLong(sizes::get).reduce(1, Math::multiplyExact))
                .toArray();
        return x.reshape(atoms.stream().mapToLong(Long::longValue).toArray())
                .permute(order)
                .reshape(joined);
    }

    /** Finds the one unknown size within an axis, if there is one, and checks the product. */
    private void split(int axis, long size, Map<String, Long> sizes) {
        long known = 1;
        String unknown = "";
        for (String name : left.get(axis)) {
            Long value = sizes.get(name);
            if (value != null) {
                known *= value;
            } else if (unknown.isEmpty()) {
                unknown = name;
            } else {
                throw new IllegalArgumentException("'" + pattern + "': give the size of " + unknown + " or " + name);
            }
        }
        if (unknown.isEmpty() ? known != size : size % known != 0) {
            throw new IllegalArgumentException("axis " + axis + " is " + size + ", not made of " + left.get(axis)
                    + " with " + new TreeMap<>(sizes));
        }
        if (!unknown.isEmpty()) {
            sizes.put(unknown, size / known);
        }
    }

    private static List<List<String>> parse(String side) {
        List<List<String>> axes = new ArrayList<>();
        List<String> group = null;
        for (String token : side.replace("(", " ( ").replace(")", " ) ").strip().split("\\s+")) {
            switch (token) {
                case "(" -> group = new ArrayList<>();
                case ")" -> {
                    if (group == null) {
                        throw new IllegalArgumentException("'" + side + "' closes a bracket that is not open");
                    }
                    axes.add(List.copyOf(group));
                    group = null;
                }
                default -> {
                    if (group == null) {
                        axes.add(List.of(token));
                    } else {
                        group.add(token);
                    }
                }
            }
        }
        if (group != null) {
            throw new IllegalArgumentException("'" + side + "' leaves a bracket open");
        }
        return List.copyOf(axes);
    }
}
